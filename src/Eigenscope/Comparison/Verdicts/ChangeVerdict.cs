using System.Globalization;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>What became of B on the way to A, and the numbers that say so. docs/compare.md has the rules and how often they are right.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">Why, in a sentence with numbers.</param>
public sealed record ChangeVerdict(ChangeKind Kind, string Reason)
{
    /// <summary>Elements outside of the zeros that pruning makes may differ by so many of them.</summary>
    private const double StrayShare = 0.01;
    private const double LeastPruned = 0.005;

    /// <summary>Weights that were so small together may have been rounded to zero.</summary>
    private const double LeastZeroed = 1e-5;

    /// <summary>The pruned one of two may have been trained on, where it has so many zeros more.</summary>
    private const double ClearlyPruned = 0.15;

    /// <summary>Rounding moves weights by no more than this share of their norm; two bits by a third.</summary>
    private const double MostRounding = 0.5;

    /// <summary>One of two has been rounded where a row of it has so many fewer distinct values.</summary>
    private const double FewerValues = 0.7;

    /// <summary>Bits behind the point that the finer of two has more.</summary>
    private const int MoreBits = 3;

    /// <summary>A share of rounded elements that leaves room for ties and for weights that were cut off.</summary>
    private const double MostlyRounded = 0.95;

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

    /// <summary>Up to this relative norm a change is light.</summary>
    private const double LightNorm = 0.15;

    /// <summary>The first that applies.</summary>
    internal static ChangeVerdict Of(ChangeEvidence evidence) =>
        Identical(evidence) ?? Unrelated(evidence) ?? Rescaled(evidence) ?? Pruned(evidence) ?? Quantised(evidence) ?? AdapterLike(evidence) ?? Moved(evidence);

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
        var (change, more) = (evidence.Weights, evidence.Weights.NewZeros - evidence.Weights.LostZeros);
        var zeros = Math.Max(change.NewZeros, change.LostZeros);
        var isKept = change.Changed - zeros <= StrayShare * zeros;
        var isTrainedOn = Math.Abs(more) >= ClearlyPruned && change.RelativeNorm is { } norm && HowRounded("A", evidence.A, evidence.B, norm) is null && HowRounded("B", evidence.B, evidence.A, norm) is null;
        return Math.Abs(more) < LeastPruned || change.NormOfZeroed is not > LeastZeroed || (!isKept && !isTrainedOn) ? null
            : new(ChangeKind.Pruned, $"{Percent(zeros)} of the elements are zero in {(more > 0 ? "A" : "B")} alone, and {(isKept ? "the others are the same" : $"the others have moved; the cosine is {Cosine(change)}")}");
    }

    private static ChangeVerdict? Quantised(ChangeEvidence evidence)
    {
        if (evidence.Weights.RelativeNorm is not ({ } norm and <= MostRounding) || (HowRounded("A", evidence.A, evidence.B, norm) ?? HowRounded("B", evidence.B, evidence.A, norm)) is not { } how)
        {
            return null;
        }

        var smallest = evidence.Motion is { } motion && motion.Smallest > 3 * motion.Largest ? $"; what moved are the smallest singular values (by {Percent(motion.Smallest)}, the largest by {Percent(motion.Largest)})" : "";
        return new(ChangeKind.Quantised, $"{how}, and the difference is {Percent(norm)} of the norm{smallest}");
    }

    /// <summary>How one of two was rounded from the other: by its type, to few levels, or to a shorter mantissa, which explains changes of its own size alone; null where nothing tells.</summary>
    private static string? HowRounded(string name, Spacing rounded, Spacing other, double norm) =>
        rounded.IsQuantised && !other.IsQuantised ? $"{name} is stored by a quantisation"
        : rounded.Grid.DistinctShare < FewerValues * other.Grid.DistinctShare && rounded.Grid.RoundedShare >= MostlyRounded
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

    private static ChangeVerdict Moved(ChangeEvidence evidence)
    {
        var norm = evidence.Weights.RelativeNorm ?? double.PositiveInfinity;
        return new(
            norm <= LightNorm ? ChangeKind.LightFineTune : ChangeKind.ContinuedTraining,
            $"related: the cosine is {Cosine(evidence.Weights)}, the change {Percent(norm)} of the norm{(evidence.Change is { } change ? $" in many directions (effective rank {Text(EffectiveRank(change))} of {change.M})" : "")}");
    }

    private static double EffectiveRank(Metrics.LayerSpectrum spectrum) => Metrics.Ranks.EffectiveRank.Of(spectrum) ?? 0;

    private static string Cosine(WeightChange change) => (change.Cosine ?? 0).ToString("F4", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("G3", CultureInfo.InvariantCulture) + " %";
}
