namespace Eigenscope.Analysis;

/// <summary>One number of a summary.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Mean">The mean over the layers in which it is defined; null where there is none.</param>
/// <param name="Layers">How many layers that are.</param>
public readonly record struct SummaryMetric(string Metric, double? Mean, int Layers);

/// <summary>A model in a few numbers. Parts of fused matrices do not count, only wholes; nor do failed fits and fixed transforms.</summary>
/// <param name="Analyzed">Wholes that were analysed.</param>
/// <param name="Skipped">Tensors that were skipped.</param>
/// <param name="Failed">Layers that failed, parts included.</param>
/// <param name="OverTrained">Wholes with alpha below 2.</param>
/// <param name="UnderTrained">Wholes with alpha above 6.</param>
/// <param name="Small">Wholes with so few eigenvalues that alpha is mostly noise.</param>
/// <param name="Metrics">Means over the wholes.</param>
public sealed record ModelSummary(int Analyzed, int Skipped, int Failed, int OverTrained, int UnderTrained, int Small, IReadOnlyList<SummaryMetric> Metrics)
{
    /// <summary>How many wholes have each judgement, in the order of <see cref="Judgement"/>; those with none are left out.</summary>
    public IReadOnlyList<(LayerVerdict Verdict, int Layers)> Verdicts { get; private init; } = [];

    /// <summary>How alpha changes with depth; null for fewer than three blocks.</summary>
    public DepthTrend? Depth { get; private init; }

    /// <summary>The model beside its shuffled self; null for fewer than two shuffles.</summary>
    public PooledControl? Control { get; private init; }

    private static readonly string[] Averaged =
        ["alpha", "alpha_weighted", "log_alpha_norm", "log_norm", "log_spectral_norm", "stable_rank", "D", "effective_rank", "spectral_entropy", "rank10_share", "tail_fraction"];

    internal static ModelSummary Of(IReadOnlyList<LayerAnalysis> layers)
    {
        var wholes = layers.Where(layer => layer.Status == LayerStatus.Analyzed && layer.Layer.PartOf is null && !LayerWarnings.IsFixedTransform(layer)).ToList();
        return new ModelSummary(
            wholes.Count,
            layers.Count(layer => layer.Status == LayerStatus.Skipped),
            layers.Count(layer => layer.Status == LayerStatus.Failed),
            wholes.Count(layer => layer.Warnings.Contains(LayerWarnings.OverTrained)),
            wholes.Count(layer => layer.Warnings.Contains(LayerWarnings.UnderTrained)),
            wholes.Count(layer => layer["num_evals"] <= LayerWarnings.FewEigenvalues),
            [.. Averaged.Where(metric => wholes.Exists(layer => Has(layer, metric))).Select(metric => Mean(metric, wholes))])
        {
            Verdicts = [.. wholes.Select(layer => layer.Verdict).OfType<LayerVerdict>().GroupBy(verdict => verdict.Judgement).OrderBy(group => group.Key).Select(group => (group.First(), group.Count()))],
            Depth = DepthTrend.Of(wholes),
            Control = PooledControl.Of(wholes),
        };
    }

    private static bool Has(LayerAnalysis layer, string metric) => layer.Metrics.Any(item => item.Key == metric);

    private static SummaryMetric Mean(string metric, List<LayerAnalysis> layers)
    {
        var values = layers.Select(layer => layer[metric]).OfType<double>().ToList();
        return new SummaryMetric(metric, values.Count == 0 ? null : values.Average(), values.Count);
    }
}
