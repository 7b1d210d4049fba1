using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>
/// Iso-CTS (Marczak, Magistri, Cygert, Twardowski, Bagdanov and van de Weijer 2025): the leading directions of the sum of the changes, and of each change those that lie outside of them on the left;
/// all made orthonormal, with the mean of their singular values.
/// </summary>
internal sealed class IsotropicCommonTaskMethod : SpectralMethod
{
    private const string Fraction = "common_space_fraction";

    /// <inheritdoc/>
    public override string Name => "iso_cts";

    /// <inheritdoc/>
    public override string Meaning => "as iso_c, with directions of each change beside those that all have in common";

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterDefinition> Own => [new(Fraction, ParameterKind.Number, 0.8, "the share of the directions that are those of the sum") { Least = 0, Most = 1 }];

    /// <inheritdoc/>
    protected override ITensorMerge Merged(TaskChanges changes)
    {
        var (common, perTask) = Sizes(Math.Min(changes.Rows, changes.Columns), changes.Count, changes.Task.Parameters.Number(Fraction));
        var sum = SingularVectors.Of(changes.Sum([.. Enumerable.Repeat(1.0, changes.Count)]), changes.Execution);
        var least = changes.ShareOfSum(sum) * sum.Values[0];
        SingularVectors[] decomposed = [.. Enumerable.Range(0, changes.Count).Select(i => Outside(sum, common, changes.Dense(i), perTask, changes.Execution)), sum];
        int[] wanted = [.. Enumerable.Repeat(perTask, changes.Count), common];
        int[] ranks = [.. decomposed.Zip(wanted, (vectors, count) => changes.IsPaper ? count : vectors.Values.Take(count).TakeWhile(value => value > least).Count())];
        var stack = TripletStack.Of(decomposed, ranks);
        if (stack.Count == 0)
        {
            return changes.Merged(new RowMajor(changes.Rows, changes.Columns), new MergeFacts("isotropic", "no change has a direction"));
        }

        var mean = stack.Values.Sum() / stack.Count;
        var (product, rank) = stack.Orthonormalized([.. Enumerable.Repeat(mean, stack.Count)], !changes.IsPaper, changes.Execution);
        return changes.Merged(product, new MergeFacts("isotropic")
        {
            Values = [new("common_rank", ranks[^1]), new("directions", rank), new("mean_singular_value", mean)],
            PerModel = [new("kept_rank", changes.PerInput([.. ranks.SkipLast(1).Select(kept => (double)kept)]))],
        });
    }

    /// <inheritdoc/>
    protected override long Doubles(long rows, long columns, int models) =>
        ((models + 5) * rows * columns) + ((models + 2) * Math.Min(rows, columns) * (rows + columns)) + (2 * SingularVectors.Doubles(rows, columns));

    /// <summary>The directions of the sum, and those of each change: a whole number that fills up to r as well as it can.</summary>
    private static (int Common, int PerTask) Sizes(int smaller, int tasks, double fraction)
    {
        var common = (int)(fraction * smaller);
        common = Math.Max(0, smaller - ((int)Math.Round((smaller - common) / (double)tasks, MidpointRounding.ToEven) * tasks));
        return (common, (smaller - common) / tasks);
    }

    /// <summary>The leading triplets of D - U U^T D, U being the leading left vectors of the sum.</summary>
    private static SingularVectors Outside(SingularVectors sum, int common, RowMajor change, int count, Execution execution)
    {
        var outside = new RowMajor(change.Rows, change.Columns);
        change.Elements.CopyTo(outside.Elements);
        if (common > 0)
        {
            var (u, along) = (sum.Left.View.Part(0, 0, common, change.Rows), new RowMajor(common, change.Columns));
            RowProduct.Of(u, change.View, along.View, TileKernel.Update.Set, execution);
            foreach (ref var value in along.Elements)
            {
                value = -value;
            }

            RowProduct.Of(u.Transposed, along.View, outside.View, TileKernel.Update.Add, execution);
        }

        return SingularVectors.Of(outside, Math.Max(1, count), execution);
    }
}
