using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>Iso-C (Marczak, Magistri, Cygert, Twardowski, Bagdanov and van de Weijer 2025): the sum of the changes with all of its singular values replaced by their mean.</summary>
/// <remarks>As published the mean is over min(m, n) directions; those that the sum does not have are noise which that amplifies. Here it is over the directions that are there.</remarks>
internal sealed class IsotropicMethod : SpectralMethod
{
    /// <inheritdoc/>
    public override string Name => "iso_c";

    /// <inheritdoc/>
    public override string Meaning => "adds the changes and makes all singular values of the sum their mean";

    /// <inheritdoc/>
    protected override ITensorMerge Merged(TaskChanges changes)
    {
        var vectors = changes.DecomposedSum();
        var spectrum = new ChangeSpectrum(vectors, changes.ShareOfSum(vectors));
        var count = changes.IsPaper ? vectors.Count : spectrum.Rank;
        var mean = count == 0 ? 0 : spectrum.Nuclear / count;
        var noise = count - Math.Min(count, vectors.Rank(changes.RoundingShare(vectors, changes.Count)));
        return changes.Merged(vectors.Product([.. Enumerable.Repeat(mean, count)], changes.Execution), new MergeFacts("isotropic")
        {
            Values = [new("rank", spectrum.Rank), new("effective_rank", spectrum.EffectiveRank), new("mean_singular_value", mean)],
            Warnings = noise > 0 ? [$"{noise} of {count} directions are rounding alone, and get the weight of all others"] : [],
        });
    }

    /// <inheritdoc/>
    protected override long Doubles(long rows, long columns, int models) => ((models + 3) * rows * columns) + SingularVectors.Doubles(rows, columns);
}
