namespace Eigenscope.Analysis;

/// <summary>A layer that deserves a look, and why.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Severity">Larger is worse; only the order means anything.</param>
/// <param name="Reason">One clause with the number that it rests on.</param>
public sealed record Suspicion(LayerAnalysis Layer, double Severity, string Reason)
{
    private delegate (double Severity, string Reason)? Rule(LayerAnalysis layer);

    private static readonly Rule[] Rules = [Zero, RankCollapse, BelowTwo, AboveSix, OneDirection, LooksRandom];

    /// <summary>The most suspicious of the layers that were analysed, worst first; a fused matrix stands for its parts.</summary>
    public static IReadOnlyList<Suspicion> Worst(ModelAnalysis analysis, int count) =>
        [.. analysis.Layers
            .Where(layer => layer.Layer.PartOf is null && layer.Status == LayerStatus.Analyzed && !LayerWarnings.IsFixedTransform(layer))
            .Select(Of)
            .OfType<Suspicion>()
            .OrderByDescending(suspicion => suspicion.Severity)
            .ThenBy(suspicion => suspicion.Layer.Layer.Id)
            .Take(count)];

    private static Suspicion? Of(LayerAnalysis layer)
    {
        var findings = Rules.Select(rule => rule(layer)).Where(finding => finding is not null).Select(finding => finding!.Value).ToList();
        return findings.Count == 0 ? null : new Suspicion(layer, findings.Max(finding => finding.Severity), findings.MaxBy(finding => finding.Severity).Reason);
    }

    private static (double, string)? Zero(LayerAnalysis layer) =>
        layer["norm"] == 0 ? (90, "every weight is zero") : null;

    private static (double, string)? RankCollapse(LayerAnalysis layer) =>
        layer["hard_rank"] is { } rank && layer["num_evals"] is { } count && rank < 0.9 * count && layer["norm"] > 0
            ? (80 + (10 * (1 - (rank / count))), $"rank collapse: {rank:0} of {count:0} directions are numerically there")
            : null;

    private static (double, string)? BelowTwo(LayerAnalysis layer) =>
        IsLarge(layer) && layer["alpha"] is < 2 and { } alpha
            ? (70 + (2 - alpha), $"alpha {alpha:0.00} is below 2: over-trained, or dominated by a few directions")
            : null;

    private static (double, string)? AboveSix(LayerAnalysis layer) =>
        IsLarge(layer) && layer["alpha"] is > 6 and { } alpha
            ? (40 + Math.Min(9, alpha / 10), $"alpha {alpha:0.0} is above 6: no heavy tail, under-trained or random")
            : null;

    private static (double, string)? OneDirection(LayerAnalysis layer) =>
        IsLarge(layer) && layer["stable_rank"] is < 2 and { } rank
            ? (50 + (2 - rank), $"stable rank {rank:0.00}: one direction carries more than half of the weight")
            : null;

    private static (double, string)? LooksRandom(LayerAnalysis layer) =>
        IsLarge(layer) && layer["lambda_max"] is { } largest && layer["mp_lambda_plus"] is { } edge && largest > 0 && largest <= 1.02 * edge
            ? (60, $"looks random: lambda_max {largest:G3} does not pass the Marchenko-Pastur edge {edge:G3}")
            : null;

    private static bool IsLarge(LayerAnalysis layer) => layer["num_evals"] > LayerWarnings.FewEigenvalues;
}
