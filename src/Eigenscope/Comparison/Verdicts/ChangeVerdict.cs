using System.Globalization;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>What became of B on the way to A, and the numbers that say so. docs/compare.md has the rules and how often they are right.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">Why, in a sentence with numbers.</param>
public sealed record ChangeVerdict(ChangeKind Kind, string Reason)
{
    /// <summary>So many of the elements that pruning leaves may differ.</summary>
    private const double StrayShare = 0.01;
    private const double LeastPruned = 0.005;

    /// <summary>Weights that were so small together may have been rounded to zero.</summary>
    private const double LeastZeroed = 1e-5;

    /// <summary>The pruned one of two may have been trained on, where it has so many zeros more.</summary>
    private const double ClearlyPruned = 0.15;

    /// <summary>Rounding moves weights by no more than this share of their norm; two bits by a third.</summary>
    private const double MostRounding = 0.5;

    /// <summary>Bits behind the point that the finer of two has more.</summary>
    private const int MoreBits = 3;

    /// <summary>A change of low rank needs no more than this share of its directions, and moves weights by no more than that share of their norm.</summary>
    private const double LowRankShare = 0.15;
    private const double MostAdapter = 1;

    /// <summary>A matrix with a shorter side than this has no low rank to speak of.</summary>
    private const int LeastSide = 8;

    /// <summary>What the spectrum of a change leaves over beside its norm by rounding of its own.</summary>
    private const double LeastRounding = 1e-6;

    /// <summary>Rounding errors are this share of the spacing of values, in the root mean square over a binade, with room to spare.</summary>
    private const double RoundingRms = 0.3;

    /// <summary>A correlation is chance within so many of its standard deviations, n^(-1/2), or below a floor, since weights are not independent.</summary>
    private const double ChanceDeviations = 5;
    private const double LeastCorrelation = 0.03;

    /// <summary>A change is light up to this share of the norm, after the best rescaling.</summary>
    private const double LightResidual = 0.15;

    /// <summary>Rescaling is worth a word where it explains so much.</summary>
    private const double MostlyScale = 1.5;

    /// <summary>The first that applies.</summary>
    internal static ChangeVerdict Of(ChangeEvidence evidence) =>
        Identical(evidence) ?? Unrelated(evidence) ?? Rescaled(evidence) ?? Pruned(evidence) ?? Quantised(evidence) ?? PrunedAndMoved(evidence) ?? AdapterLike(evidence) ?? Moved(evidence);

    /// <summary>Of two whose elements cannot be compared.</summary>
    internal static ChangeVerdict NotComparable(string reason) => new(ChangeKind.NotComparable, reason);

    private static ChangeVerdict? Identical(ChangeEvidence evidence) => evidence.Weights.Changed == 0 ? new(ChangeKind.Identical, "every element is the same") : null;

    private static ChangeVerdict? Unrelated(ChangeEvidence evidence)
    {
        var chance = Math.Max(ChanceDeviations / Math.Sqrt(evidence.Weights.Elements), LeastCorrelation);
        return evidence.Weights.Correlation is { } correlation && Math.Abs(correlation) >= chance ? null
            : new(ChangeKind.Unrelated, $"the elements correlate by {Text(evidence.Weights.Correlation ?? 0)}, and by chance up to {Text(chance)}");
    }

    private static ChangeVerdict? Rescaled(ChangeEvidence evidence)
    {
        var rounding = RoundingRms * evidence.Epsilon;
        return evidence.Weights is { Scale: { } scale, RelativeResidual: { } residual } && residual <= Math.Max(rounding, 1e-7) && Math.Abs(scale - 1) > 4 * Math.Max(residual, rounding)
            ? new(ChangeKind.Rescaled, $"A is {Text(scale)} B, but for {Percent(residual)}")
            : null;
    }

    private static ChangeVerdict? Pruned(ChangeEvidence evidence)
    {
        var (change, zeros) = (evidence.Weights, ZerosOfOne(evidence.Weights));
        return zeros < LeastPruned || change.NormOfZeroed is not > LeastZeroed || change.Changed - zeros > StrayShare * (1 - zeros) ? null : new(ChangeKind.Pruned, $"{HowPruned(change)}, and the others are the same");
    }

    private static ChangeVerdict? PrunedAndMoved(ChangeEvidence evidence) =>
        ZerosOfOne(evidence.Weights) < ClearlyPruned || evidence.Weights.NormOfZeroed is not > LeastZeroed ? null : new(ChangeKind.Pruned, $"{HowPruned(evidence.Weights)}, and the others have moved; the cosine is {Cosine(evidence.Weights)}");

    /// <summary>The share of zeros that one of two has more than the other.</summary>
    private static double ZerosOfOne(WeightChange change) => Math.Abs(change.NewZeros - change.LostZeros);

    private static string HowPruned(WeightChange change) => $"{Percent(Math.Max(change.NewZeros, change.LostZeros))} of the elements are zero in {(change.NewZeros > change.LostZeros ? "A" : "B")} alone";

    private static ChangeVerdict? Quantised(ChangeEvidence evidence)
    {
        if (evidence.Weights.RelativeNorm is not { } norm || (HowRounded("A", evidence.A, evidence.B, norm) ?? HowRounded("B", evidence.B, evidence.A, norm)) is not { } how)
        {
            return null;
        }

        var smallest = evidence.Motion is { } motion && motion.Smallest > 3 * motion.Largest ? $"; what moved are the smallest singular values (by {Percent(motion.Smallest)}, the largest by {Percent(motion.Largest)})" : "";
        return new(ChangeKind.Quantised, $"{how}, and the difference is {Percent(norm)} of the norm{smallest}");
    }

    /// <summary>How one of two was rounded from the other: by its type, to few levels, or to a shorter mantissa, which explains changes of its own size alone; null where nothing tells.</summary>
    private static string? HowRounded(string name, Spacing rounded, Spacing other, double norm) =>
        rounded.IsQuantised && !other.IsQuantised && norm <= MostRounding ? $"{name} is stored by a quantisation"
        : rounded.Grid.IsRoundedFrom(other.Grid)
            ? $"{name} has {Percent(rounded.Grid.DistinctShare)} distinct values in {rounded.Grid.Line}, the nearest to those of the other in {Percent(rounded.Grid.RoundedShare)}"
        : rounded.MantissaBits <= other.MantissaBits - MoreBits && norm <= Math.Pow(2, -rounded.MantissaBits) * RoundingRms ? $"{name} needs {rounded.MantissaBits} bits behind the point, the other {other.MantissaBits}"
        : null;

    /// <summary>Of low rank up to rounding errors, not merely with most of its energy in few directions, as many a training has.</summary>
    private static ChangeVerdict? AdapterLike(ChangeEvidence evidence)
    {
        if (evidence.Change is not { M: >= LeastSide } spectrum || evidence.Weights.RelativeNorm is not ({ } relative and <= MostAdapter))
        {
            return null;
        }

        var rounding = Math.Max(RoundingRms * evidence.Epsilon / relative, LeastRounding);
        var rank = rounding >= 1 ? spectrum.M : Truncation.RankFor(spectrum.Eigenvalues, 1 - (rounding * rounding));
        return rank > Math.Max(1, (int)(LowRankShare * spectrum.M)) ? null
            : new(ChangeKind.AdapterLike, $"{rank} of {spectrum.M} directions hold the whole change but for rounding; it is {Percent(relative)} of the norm");
    }

    /// <summary>Light or far, by what no rescaling explains.</summary>
    private static ChangeVerdict Moved(ChangeEvidence evidence)
    {
        var (norm, residual) = (evidence.Weights.RelativeNorm ?? double.PositiveInfinity, evidence.Weights.RelativeResidual ?? 1);
        var directions = evidence.Change is { } change ? $" in many directions (effective rank {Text(EffectiveRank(change))} of {change.M})" : "";
        var scale = norm > MostlyScale * residual ? $"; a factor of {Text(evidence.Weights.Scale ?? 1)} explains all of it but {Percent(residual)}" : "";
        return new(residual <= LightResidual ? ChangeKind.LightFineTune : ChangeKind.ContinuedTraining, $"related: the cosine is {Cosine(evidence.Weights)}, the change {Percent(norm)} of the norm{directions}{scale}");
    }

    private static double EffectiveRank(Metrics.LayerSpectrum spectrum) => Metrics.Ranks.EffectiveRank.Of(spectrum) ?? 0;

    private static string Cosine(WeightChange change) => (change.Cosine ?? 0).ToString("F4", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("G3", CultureInfo.InvariantCulture) + " %";
}
