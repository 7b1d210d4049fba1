using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>Other measures of the heaviness of the tail, each beside what pure noise scores.</summary>
internal static class Estimators
{
    public static readonly Metric Hill = new(
        "hill_median", "Hill exponent of the upper half", "1 + k / sum ln(lambda_j / lambda_k) over the k largest, k = half of the eigenvalues", "above 1", "Hill (1975); Zhou et al. (2023), TempBalance, as PL_Alpha_Hill",
        "Pure noise scores hill_median_null, which depends on the aspect ratio: 2.12 for a square matrix.",
        layer => layer.IsApproximate ? null : HillEstimator.UpperHalf(layer.TailCandidates).Alpha)
    { Scope = MetricScope.Default };

    public static readonly Metric HillNull = new(
        "hill_median_null", "what pure noise scores as hill_median", "the same of the Marchenko-Pastur law of this shape", "above 1", "Marchenko and Pastur (1967)",
        "For many eigenvalues; one random matrix scatters about it.",
        layer => layer.Slices.Count > 1 ? null : new NoiseBaseline((double)layer.N / layer.M).HillMedianAlpha)
    { Scope = MetricScope.Default };

    public static readonly Metric Moment = new(
        "alpha_moment", "moment estimator of the exponent", "1 + 1 / gamma, gamma the moment estimator over the tail from xmin on", "above 1", "Dekkers, Einmahl and de Haan (1989)",
        "Undefined where gamma is not positive: the tail is then lighter than any power law.",
        layer => layer.Tail.Fit is { TailCount: > 2 } fit ? MomentEstimator.Alpha(layer.TailCandidates, fit.TailCount - 1).Alpha : null)
    { Scope = MetricScope.Default };

    public static readonly Metric Mu = new(
        "mu", "tail exponent of the entries that alpha stands for", "2 (alpha - 1) below alpha 1.8; an interval up to 2.5; not identifiable above", "0 to 1.6", "Martin and Mahoney (2021), table 1; calibration in docs/statistics.md",
        "Undefined from alpha 1.8 on: finite matrices of other entries have the same alpha.",
        layer => layer.Tail.Fit is { } fit ? UniversalityClass.Of(fit.Alpha).Mu : null)
    { Scope = MetricScope.Default };

    public static readonly Metric StableRankNull = new(
        "stable_rank_null", "what pure noise scores as stable_rank", "M / (1 + 1/sqrt(Q))^2", "from 0.25 M", "Marchenko and Pastur (1967)",
        "For many eigenvalues.",
        layer => layer.Slices.Count > 1 ? null : layer.M * new NoiseBaseline((double)layer.N / layer.M).StableRankShare)
    { Scope = MetricScope.Default };
}
