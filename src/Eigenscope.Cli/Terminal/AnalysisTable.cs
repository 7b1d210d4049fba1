using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>The table of <c>analyze</c>: a line for each layer, the summary, and the layers to look at first.</summary>
internal static class AnalysisTable
{
    private const int WorstShown = 3;

    /// <summary>The level at which a model is said not to be random.</summary>
    private const double Level = 0.05;

    private static readonly TableColumn<LayerAnalysis>[] Columns =
    [
        new("role", row => row.Layer.Role.Text(), 9, LeftAligned: true),
        new("shape", Shape, 2),
        new("alpha", row => Numbers.Fixed(row["alpha"], 2), 0, AlphaColor),
        new("±", row => Numbers.Fixed(row["sigma"], 2), 6),
        new("D", row => Numbers.Fixed(row["D"], 3), 7),
        new("tail", row => Numbers.Text(row["num_pl_spikes"]), 8),
        new("stable rank", row => Numbers.Fixed(row["stable_rank"], 1), 3),
        new("eff. rank", row => Numbers.Fixed(row["effective_rank"], 1), 5),
        new("σ max", row => Numbers.Text(row["sv_max"]), 4),
        new("rank-10", row => Numbers.Percent(row["rank10_share"]), 10),
        new("log‖W‖²", row => Numbers.Fixed(row["log_norm"], 2), 11),
        new("verdict", row => row.Verdict?.Text ?? "", 1, VerdictColor, LeftAligned: true),
        new("", Note, 4, row => row.Status == LayerStatus.Failed ? "red" : "yellow", LeftAligned: true),
    ];

    /// <summary>Shown before the last column with <c>--randomize</c>.</summary>
    private static readonly TableColumn<LayerAnalysis>[] Controls =
    [
        new("rand dist", row => Numbers.Fixed(row["rand_distance"], 3), 2),
        new("traps", row => Numbers.Text(row["correlation_traps"]), 2, row => row["correlation_traps"] > 0 ? "yellow" : null),
    ];

    public static void Print(TextScreen screen, IReadOnlyList<ModelAnalysis> analyses)
    {
        for (var i = 0; i < analyses.Count; i++)
        {
            if (i > 0)
            {
                screen.Line();
            }

            Print(screen, analyses[i]);
        }
    }

    private static void Print(TextScreen screen, ModelAnalysis analysis)
    {
        var shown = analysis.Layers.Where(layer => layer.Status != LayerStatus.Skipped).ToList();
        var prefix = CommonPrefix.ToLeaveOut([.. shown.Select(row => row.Layer.Name)], screen.Width);
        TableColumns.Print(screen, prefix.Length == 0 ? "layer" : $"{prefix}…", shown, row => NameAfter(prefix, row), analysis.Options.Shuffles == 0 ? Columns : [.. Columns[..^2], .. Controls, .. Columns[^2..]]);
        ModelHeading.Print(screen, analysis.Model);
        PrintCounts(screen, analysis);
        PrintMeans(screen, analysis.Summary);
        PrintVerdicts(screen, analysis.Summary);
        PrintFailed(screen, analysis);
        PrintWorst(screen, analysis);
    }

    private static string NameAfter(string prefix, LayerAnalysis row) => row.Layer.PartOf is null && Name(row).Length > prefix.Length ? Name(row)[prefix.Length..] : Name(row);

    private static string Name(LayerAnalysis row) => row.Layer.PartOf is not { } whole
        ? row.Layer.Name.EndsWith(".weight", StringComparison.Ordinal) ? row.Layer.Name[..^".weight".Length] : row.Layer.Name
        : $"  {row.Layer.Name[(whole.Length + 1)..]}";

    private static string Shape(LayerAnalysis row) =>
        row.Layer.Slices.Count > 1 ? $"{row.Layer.Slices.Count}·{row.Layer.Rows}x{row.Layer.Columns}" : $"{row.Layer.Rows}x{row.Layer.Columns}";

    private static string? AlphaColor(LayerAnalysis row) => row["alpha"] switch
    {
        null => "grey",
        < 2 => "red",
        > 6 => "yellow",
        _ => "green",
    };

    /// <summary>The codes of the warnings; the text of each is in the result and in <c>layer</c>. WeightWatcher's labels stand there too, and here only where there is no verdict.</summary>
    private static string Note(LayerAnalysis row) => row.Status == LayerStatus.Failed
        ? "failed"
        : string.Join(", ", row.Warnings.Select(warning => warning.Split(':')[0]).Where(code => row.Verdict is null || code is not (LayerWarnings.OverTrained or LayerWarnings.UnderTrained)));

    private static string? VerdictColor(LayerAnalysis row) => row.Verdict?.Judgement switch
    {
        null or Judgement.CannotTell => "grey",
        Judgement.WellTrained => "green",
        Judgement.OverTrained or Judgement.Trap or Judgement.RankCollapsed => "red",
        _ => "yellow",
    };

    private static void PrintCounts(TextScreen screen, ModelAnalysis analysis)
    {
        var skipped = analysis.Layers.Where(layer => layer.Status == LayerStatus.Skipped)
            .GroupBy(layer => layer.Reason).Select(group => $"{group.Key} ({group.Count()})").ToList();
        var failed = analysis.Summary.Failed == 0 ? "" : $", {analysis.Summary.Failed} failed";
        screen.Line($"{Plural.Of(analysis.Summary.Analyzed, "layer")} analysed{failed}{(skipped.Count == 0 ? "" : $"; skipped: {string.Join(", ", skipped)}")}");
    }

    private static void PrintMeans(TextScreen screen, ModelSummary summary)
    {
        var alpha = summary.Metrics.FirstOrDefault(metric => metric.Metric == "alpha");
        if (alpha.Mean is { } mean)
        {
            screen.Line($"mean alpha {Numbers.Fixed(mean, 2)} over {Plural.Of(alpha.Layers, "layer")}: {summary.OverTrained} below 2, {summary.UnderTrained} above 6 (2 to 6 is the usual band of trained layers){Noise(summary)}");
        }

        var others = summary.Metrics.Where(metric => metric.Metric is "stable_rank" or "effective_rank" or "log_norm" or "alpha_weighted").ToList();
        if (others.Count > 0)
        {
            screen.Line("means: " + string.Join(", ", others.Select(metric => $"{metric.Metric} {Numbers.Text(metric.Mean)}")));
        }
    }

    private static void PrintVerdicts(TextScreen screen, ModelSummary summary)
    {
        if (summary.Verdicts.Count > 0)
        {
            screen.Line("verdicts: " + string.Join(", ", summary.Verdicts.Select(item => $"{item.Layers} {item.Verdict.Text}")));
        }

        if (summary.Control is { } control)
        {
            screen.Line($"beside {control.Shuffles} shuffles of all weights: lambda_max is {Numbers.Fixed(control.Ratio, 2)} times that of the shuffled layers, over {Plural.Of(control.Layers, "layer")} (p = {Numbers.Text(control.PValue)}: {(control.PValue <= Level ? "not random" : "as random")})");
        }

        if (summary.Depth is { } depth)
        {
            screen.Line($"alpha over depth: {Numbers.Fixed(depth.Early, 2)} early, {Numbers.Fixed(depth.Middle, 2)} middle, {Numbers.Fixed(depth.Late, 2)} late (rank correlation {Numbers.Fixed(depth.Rho, 2)})");
        }
    }

    private static string Noise(ModelSummary summary) => summary.Small == 0 ? "" : $"; of these, {summary.Small} with too few eigenvalues for alpha to mean much";

    private static void PrintFailed(TextScreen screen, ModelAnalysis analysis)
    {
        foreach (var layer in analysis.Layers.Where(layer => layer.Status == LayerStatus.Failed))
        {
            screen.Marked($"[red]failed[/] [bold]{Markup.Escape(layer.Layer.Name)}[/]: {Markup.Escape(layer.Reason!)}");
        }
    }

    private static void PrintWorst(TextScreen screen, ModelAnalysis analysis)
    {
        var worst = Suspicion.Worst(analysis, WorstShown);
        if (worst.Count == 0)
        {
            screen.Line(analysis.Summary.Small == 0 ? "no layer stands out" : $"no layer stands out ({analysis.Summary.Small} are too small to judge)");
            return;
        }

        screen.Line("look first at:");
        foreach (var suspicion in worst)
        {
            screen.Marked($"  [bold]{Markup.Escape(Name(suspicion.Layer))}[/]: {Markup.Escape(suspicion.Reason)}");
        }
    }
}
