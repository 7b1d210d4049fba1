using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.Transforms;

/// <summary>
/// The changes of one model whose importance stands out. The importance of an element is |D| times KL(p | q) of its row, where p and q are the softmax of the model's row and of the base's, with 1e-8 added to
/// each share; a change is kept from median + 1.5 (Q3 - Q1) of all importances on.
/// </summary>
/// <remarks>
/// Quantiles are exact, with linear interpolation between neighbours; mergekit draws a million elements where a tensor has more, so that its threshold is a random one there. A divergence that rounding makes negative
/// counts as zero. A tensor with one axis is one row.
/// </remarks>
internal sealed class ArceeFusionMethod : MergeMethod
{
    private const double Floor = 1e-8;
    private const double Spreads = 1.5;

    /// <inheritdoc/>
    public override string Name => "arcee_fusion";

    /// <inheritdoc/>
    public override string Meaning => "the changes of one model whose importance stands out";

    /// <inheritdoc/>
    public override int MostModels => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } = [CommonParameters.Lambda];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) =>
        (6 * MagnitudeSearch.Bytes(Environment.ProcessorCount)) + TaskVectorFacts.Bytes(shape, 1) + (sizeof(double) * shape.SkipLast(1).Aggregate(1L, (product, size) => product * size));

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var other = task.OtherThanBase();
        var divergences = Divergences(task, other);
        var quartiles = Quantiles(task, (_, block, to) => Importances(task, block, other, divergences, to), 0.25, 0.5, 0.75);
        var important = new ImportantElements(task, other, divergences, quartiles[1] + (Spreads * (quartiles[2] - quartiles[0])));
        return new TaskVectorMerge(task, [new TaskVector(other, 1, important)], null, 1, "important_changes");
    }

    /// <summary>KL(p | q) of every row.</summary>
    private static double[] Divergences(MergeTask task, int other)
    {
        var divergences = new double[task.Rows];
        task.ForEachBlock(block =>
        {
            using var scratch = new MergeScratch(2 * task.RowLength);
            Span<double> p = scratch.Part(0, task.RowLength), q = scratch.Part(1, task.RowLength);
            for (var at = 0; at < block.Count; at += task.RowLength)
            {
                block.Model(other).Slice(at, task.RowLength).CopyTo(p);
                block.Base.Slice(at, task.RowLength).CopyTo(q);
                divergences[(block.First + at) / task.RowLength] = Divergence(p, q);
            }
        });
        return divergences;
    }

    private static double Divergence(Span<double> x, Span<double> y)
    {
        Softmax(x);
        Softmax(y);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * Math.Log(x[i] / y[i]);
        }

        return sum > 0 ? sum : 0;
    }

    private static void Softmax(Span<double> x)
    {
        Exponential.OfDifference(x, x[SpanSums.Largest(x)]);
        SpanSums.Affine(1 / SpanSums.Sum(x), x, Floor, x);
    }

    private static void Importances(MergeTask task, MergeBlock block, int other, double[] divergences, Span<double> to)
    {
        BlockOperations.Subtract(block.Model(other), block.Base, to);
        Weight(task, block, divergences, to);
    }

    /// <summary>Makes changes importances.</summary>
    private static void Weight(MergeTask task, MergeBlock block, double[] divergences, Span<double> change)
    {
        for (var at = 0; at < block.Count; at += task.RowLength)
        {
            BlockOperations.Scale(divergences[(block.First + at) / task.RowLength], change.Slice(at, task.RowLength));
        }
    }

    /// <summary>The numbers below which some shares of all magnitudes lie, with linear interpolation; zeros where there are none.</summary>
    private static double[] Quantiles(MergeTask task, MagnitudeSource source, params double[] shares)
    {
        if (task.Count == 0)
        {
            return new double[shares.Length];
        }

        var places = Array.ConvertAll(shares, share => share * (task.Count - 1));
        var searches = places.Select(place => (Below: Search(task, Math.Floor(place)), Above: Search(task, Math.Ceiling(place)))).ToArray();
        MagnitudePasses.Run(task, [new RankedNumbers(source, [.. searches.SelectMany(pair => new[] { pair.Below, pair.Above })])]);
        return [.. searches.Select((pair, i) => pair.Below.Magnitude + ((places[i] - Math.Floor(places[i])) * (pair.Above.Magnitude - pair.Below.Magnitude)))];
    }

    /// <summary>A search for the number that so many are less than.</summary>
    private static MagnitudeSearch Search(MergeTask task, double less) => new(task.Count - (long)less);

    /// <summary>Those of at least some importance.</summary>
    private sealed class ImportantElements(MergeTask task, int other, double[] divergences, double least) : IElementSelection
    {
        public void Apply(MergeBlock block, Span<double> change)
        {
            using var scratch = new MergeScratch(block.Count);
            var importances = scratch.Values;
            Importances(task, block, other, divergences, importances);
            for (var i = 0; i < change.Length; i++)
            {
                change[i] = Math.Abs(importances[i]) >= least ? change[i] : 0;
            }
        }
    }
}
