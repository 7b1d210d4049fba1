using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>What shares the coefficients of a linear combination.</summary>
internal enum CombinationGroups
{
    /// <summary>The whole tensor.</summary>
    Whole,

    /// <summary>Each row: the elements along the last axis.</summary>
    Rows,

    /// <summary>Each column: the elements of one place on the last axis.</summary>
    Columns,
}

/// <summary>The dot products of vectors with each other, G_ij = x_i . x_j, one matrix for every group of elements.</summary>
internal sealed class GramMatrices
{
    /// <summary>The elements whose products are summed up in lanes, where groups are longer.</summary>
    private const int Piece = 1 << 12;

    /// <summary>Columns are summed up over so many parts of the blocks, each in the order of the blocks.</summary>
    private const int Stripes = 16;

    private readonly MergeVectors vectors;
    private readonly int pairs;
    private readonly double[] values;

    private GramMatrices(MergeVectors vectors, long groups)
    {
        (this.vectors, Groups, pairs) = (vectors, groups, vectors.Count * (vectors.Count + 1) / 2);
        values = new double[checked(groups * pairs)];
    }

    /// <summary>The number of groups.</summary>
    public long Groups { get; }

    /// <summary>The number of vectors.</summary>
    public int Count => vectors.Count;

    /// <summary>x_i . x_j in a group.</summary>
    public double this[long group, int i, int j] => values[(group * pairs) + Pair(Math.Max(i, j), Math.Min(i, j))];

    /// <summary>|x_i| in a group.</summary>
    public double Norm(long group, int i) => Math.Sqrt(this[group, i, i]);

    /// <summary>The cosine of the angle between two vectors in a group, from -1 to 1; null where one of them is zero.</summary>
    public double? Cosine(long group, int i, int j)
    {
        var norms = Norm(group, i) * Norm(group, j);
        return norms > 0 ? Math.Clamp(this[group, i, j] / norms, -1, 1) : null;
    }

    /// <summary>The bytes that it holds.</summary>
    public static long Bytes(IReadOnlyList<long> shape, int vectors, CombinationGroups groups)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var columns = shape.Count == 0 ? 1 : Math.Max(1, shape[^1]);
        var matrix = sizeof(double) * (long)vectors * (vectors + 1) / 2;
        return matrix * (groups switch
        {
            CombinationGroups.Rows => count / columns,
            CombinationGroups.Columns => (Stripes + 1) * columns,
            _ => (count >> 16) + 2,
        });
    }

    /// <summary>Reads the tensor once.</summary>
    public static GramMatrices Of(MergeTask task, MergeVectors vectors, CombinationGroups groups)
    {
        var gram = new GramMatrices(vectors, groups switch { CombinationGroups.Rows => task.Rows, CombinationGroups.Columns => task.RowLength, _ => 1 });
        switch (groups)
        {
            case CombinationGroups.Rows:
                task.ForEachBlock(block => gram.AddRows(block, task.RowLength));
                break;
            case CombinationGroups.Columns:
                gram.AddColumns(task);
                break;
            default:
                gram.AddWhole(task);
                break;
        }

        return gram;
    }

    private static int Pair(int i, int j) => (i * (i + 1) / 2) + j;

    private void AddRows(MergeBlock block, int rowLength) => EachPair(block, (pair, x, y) =>
    {
        for (var at = 0; at < block.Count; at += rowLength)
        {
            values[((block.First + at) / rowLength * pairs) + pair] = Lanes.Dot(x.Slice(at, rowLength), y.Slice(at, rowLength));
        }
    });

    private void AddWhole(MergeTask task)
    {
        var parts = new double[checked(task.Blocks * pairs)];
        task.ForEachBlock(block => EachPair(block, (pair, x, y) =>
        {
            for (var at = 0; at < block.Count; at += Piece)
            {
                var length = Math.Min(Piece, block.Count - at);
                parts[(block.Index * pairs) + pair] += Lanes.Dot(x.Slice(at, length), y.Slice(at, length));
            }
        }));
        for (var i = 0; i < parts.Length; i++)
        {
            values[i % pairs] += parts[i];
        }
    }

    private void AddColumns(MergeTask task)
    {
        var stripes = new double[Stripes][];
        task.Execution.ForEach(Stripes, stripe =>
        {
            var sums = new double[values.Length];
            for (var index = task.Blocks * stripe / Stripes; index < task.Blocks * (stripe + 1) / Stripes; index++)
            {
                using var block = task.Read(index);
                AddColumns(block, task.RowLength, sums);
            }

            stripes[stripe] = sums;
        });
        foreach (var sums in stripes)
        {
            SpanSums.Add(sums, values);
        }
    }

    private void AddColumns(MergeBlock block, int rowLength, double[] sums) => EachPair(block, (pair, x, y) =>
    {
        for (var at = 0; at < block.Count; at += rowLength)
        {
            for (var column = 0; column < rowLength; column++)
            {
                ref var sum = ref sums[(column * pairs) + pair];
                sum = Math.FusedMultiplyAdd(x[at + column], y[at + column], sum);
            }
        }
    });

    private delegate void PairWork(int pair, ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    private void EachPair(MergeBlock block, PairWork work)
    {
        using var scratch = new MergeScratch(vectors.Count * block.Count);
        for (var i = 0; i < vectors.Count; i++)
        {
            var x = vectors.Read(block, i, scratch.Part(i, block.Count));
            for (var j = 0; j < i; j++)
            {
                work(Pair(i, j), x, vectors.AreChanges ? scratch.Part(j, block.Count) : vectors.Read(block, j, []));
            }

            work(Pair(i, i), x, x);
        }
    }
}
