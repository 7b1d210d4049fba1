using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>sum_i c_i x_i, added to the base where the vectors are changes from it; every group of elements has coefficients of its own.</summary>
/// <param name="task">The tensor.</param>
/// <param name="vectors">The vectors.</param>
/// <param name="groups">What shares coefficients.</param>
/// <param name="coefficients">The coefficients of the first group, of the second, ...; a vector whose coefficient is zero has no influence.</param>
/// <param name="facts">What was done.</param>
internal sealed class LinearCombination(MergeTask task, MergeVectors vectors, CombinationGroups groups, double[] coefficients, MergeFacts facts) : ITensorMerge
{
    private readonly int rowLength = task.RowLength;

    /// <inheritdoc/>
    public MergeFacts Facts => facts;

    /// <summary>The bytes of its coefficients.</summary>
    public static long Bytes(IReadOnlyList<long> shape, int vectors, CombinationGroups groups)
    {
        var columns = shape.Count == 0 ? 1 : Math.Max(1, shape[^1]);
        return sizeof(double) * vectors * (groups switch
        {
            CombinationGroups.Rows => shape.Aggregate(1L, (product, size) => product * size) / columns,
            CombinationGroups.Columns => columns,
            _ => 1,
        });
    }

    /// <inheritdoc/>
    public void Merge(MergeBlock block, Span<double> to)
    {
        if (vectors.AreChanges)
        {
            block.Base.CopyTo(to);
        }
        else
        {
            to.Clear();
        }

        using var scratch = new MergeScratch(block.Count);
        for (var vector = 0; vector < vectors.Count; vector++)
        {
            Add(vector, block.First / rowLength, vectors.Read(block, vector, scratch.Values), to);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Add(int vector, long row, ReadOnlySpan<double> x, Span<double> to)
    {
        switch (groups)
        {
            case CombinationGroups.Whole:
                AddScaled(coefficients[vector], x, to);
                break;
            case CombinationGroups.Rows:
                for (var at = 0; at < x.Length; at += rowLength, row++)
                {
                    AddScaled(coefficients[(row * vectors.Count) + vector], x.Slice(at, rowLength), to.Slice(at, rowLength));
                }

                break;
            default:
                for (var i = 0; i < x.Length; i++)
                {
                    to[i] = Math.FusedMultiplyAdd(coefficients[(i % rowLength * vectors.Count) + vector], x[i], to[i]);
                }

                break;
        }
    }

    private static void AddScaled(double coefficient, ReadOnlySpan<double> x, Span<double> to)
    {
        if (coefficient != 0)
        {
            SpanSums.AddScaled(coefficient, x, to);
        }
    }
}
