using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>Whether neighbouring eigenvalues repel each other.</summary>
internal static class Levels
{
    private const string Source = "Oganesyan and Huse (2007); Atas, Bogomolny, Giraud and Roux (2013)";

    public static readonly Metric Ratio = new(
        "level_ratio", "mean ratio of neighbouring spacings", "mean of min(s_i, s_(i+1)) / max(s_i, s_(i+1)), s the spacings of lambda", "0 to 1; 0.531 for random matrices, 0.386 for independent levels", Source,
        "Uncertain by level_ratio_se. Trained layers keep the value of random matrices nearly always: it tells blocks and copies, not learning.",
        layer => Of(layer)?.Mean)
    { Scope = MetricScope.Default };

    public static readonly Metric Error = new(
        "level_ratio_se", "standard error of level_ratio", "0.26 / sqrt(k), k ratios", "positive", Source, "Neighbouring ratios are taken for independent.",
        layer => Of(layer)?.Error)
    { Scope = MetricScope.Default };

    private static (double Mean, double Error)? Of(LayerSpectrum layer) =>
        layer.IsApproximate || layer.Slices.Count > 1 || layer.Norm == 0 ? null : LevelStatistics.MeanRatio([.. layer.Eigenvalues.Where(lambda => lambda > layer.Spectrum.Floor * layer.Spectrum.Floor)]);
}
