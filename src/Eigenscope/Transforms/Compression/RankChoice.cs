using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Transforms;

/// <summary>The rank of one matrix by a rule that looks at this matrix alone.</summary>
internal static class RankChoice
{
    /// <summary>Chooses it.</summary>
    /// <param name="spectra">The singular values of one matrix, not all zero.</param>
    /// <param name="rule">Any rule but <see cref="RankCriterion.Ratio"/>.</param>
    /// <returns>The rank, at least 1; or null with the reason.</returns>
    public static (int? Rank, string? Reason) Of(LayerSpectra spectra, RankRule rule) => rule.Criterion switch
    {
        RankCriterion.Given => ((int)Math.Min(rule.Value, spectra.M), null),
        RankCriterion.Energy => (Math.Max(1, Truncation.RankFor(spectra.Eigenvalues, rule.Value)), null),
        RankCriterion.RandomPart => BeyondRandomPart(spectra),
        RankCriterion.UnitDeterminant => UnitDeterminantTail.Of(spectra.Eigenvalues).Count is > 0 and var count ? (count, null) : (null, "all of its singular values are equal"),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    /// <summary>The singular values beyond the edge of the random part, no more than are above rounding errors; all that are, where there is no random part to fit.</summary>
    public static int Signals(Spectrum spectrum, int n)
    {
        var known = spectrum.NumericalRank();
        return BulkFit.Of([.. spectrum.Eigenvalues], n).Fit is { } fit ? Math.Min(fit.Spikes, known) : known;
    }

    private static (int? Rank, string? Reason) BeyondRandomPart(LayerSpectra spectra) => Signals(spectra.Pooled, spectra.N) is > 0 and var rank ? (rank, null) : (null, "none of its singular values lies beyond the random part");
}
