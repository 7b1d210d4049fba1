using System.Globalization;
using Eigenscope.Comparison;
using Eigenscope.Models.Layers;

namespace Eigenscope.Reports;

/// <summary>A comparison as CSV: one row for each layer and compared model; metrics of the model, of the reference and of the change side by side.</summary>
public static class ComparisonCsv
{
    private static readonly string[] Leading =
    [
        "model", "reference", "name", "reference_name", "role", "block", "rows", "cols", "matched_by", "element_order", "verdict", "reason",
        "cosine", "correlation", "relative_norm", "scale", "relative_residual", "sign_agreement", "changed", "new_zeros", "lost_zeros",
        "energy_rank_90", "energy_rank_99", "edge_rank", "suggested_rank", "adapter_rank",
        "k", "left_overlap", "left_chance_overlap", "left_best_match", "left_chance_best_match", "left_intruders", "left_share_of_change",
        "right_overlap", "right_chance_overlap", "right_best_match", "right_chance_best_match", "right_intruders", "right_share_of_change", "cka",
        "log_distance", "wasserstein", "jensen_shannon", "kolmogorov_smirnov", "moved_largest", "moved_middle", "moved_smallest", "spectral_confidence",
    ];

    /// <summary>The rows under a header; UTF-8.</summary>
    public static byte[] Of(ModelComparison comparison)
    {
        var metrics = comparison.Options.Analysis.Metrics.Select(metric => metric.Name).ToList();
        var header = Leading.Concat(metrics).Concat(metrics.Select(name => $"reference_{name}")).Concat(metrics.Select(name => $"change_{name}"));
        return CsvReport.Table(comparison.Layers.SelectMany(layer => layer.Pairs.Select(pair => Row(comparison, layer, pair, metrics))).Prepend(header));
    }

    private static IEnumerable<string?> Row(ModelComparison comparison, LayerComparison layer, PairComparison pair, List<string> metrics)
    {
        var (a, b) = (layer.Models[pair.Model]!, layer.Models[comparison.Reference]!);
        string?[] texts =
        [
            comparison.Models[pair.Model].Path, comparison.Models[comparison.Reference].Path, a.Layer.Name, b.Layer.Name, a.Layer.Role.Text(), Text(a.Layer.Description.Block),
            Text(a.Layer.Rows), Text(a.Layer.Columns), pair.MatchedBy.ToString().ToLowerInvariant(), pair.Order, pair.Verdict.Kind.Text(), pair.Verdict.Reason,
        ];
        double?[] numbers =
        [
            pair.Weights?.Cosine, pair.Weights?.Correlation, pair.Weights?.RelativeNorm, pair.Weights?.Scale, pair.Weights?.RelativeResidual, pair.Weights?.SignAgreement, pair.Weights?.Changed, pair.Weights?.NewZeros, pair.Weights?.LostZeros,
            pair.Rank?.Energy90, pair.Rank?.Energy99, pair.Rank?.EdgeRank, pair.Rank?.Suggested, pair.Rank?.Given,
            pair.Subspaces?.Count, .. Side(pair.Subspaces?.Left), .. Side(pair.Subspaces?.Right), pair.Subspaces?.KernelAlignment,
            pair.Distances?.Logarithmic, pair.Distances?.Wasserstein, pair.Distances?.JensenShannon, pair.Distances?.KolmogorovSmirnov, pair.Motion?.Largest, pair.Motion?.Middle, pair.Motion?.Smallest, pair.SpectralConfidence,
            .. metrics.Select(name => a[name]), .. metrics.Select(name => b[name]), .. metrics.Select(name => pair.Change?[name]),
        ];
        return texts.Concat(numbers.Select(Text));
    }

    private static double?[] Side(SideAgreement? side) => [side?.Spaces.Overlap, side?.Spaces.ChanceOverlap, side?.BestMatch, side?.ChanceBestMatch, side?.Intruders, side?.ShareOfChange];

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
