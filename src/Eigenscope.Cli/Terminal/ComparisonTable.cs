using Eigenscope.Comparison;
using Eigenscope.Models.Layers;
using Eigenscope.Statistics;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>The table of <c>compare</c>: a line for each layer and compared model, then what that comes to.</summary>
internal static class ComparisonTable
{
    private const int UnmatchedShown = 8;
    private const int LeastName = 36;

    /// <summary>A line of the table.</summary>
    private sealed record Row(ModelComparison Comparison, LayerComparison Layer, PairComparison Pair)
    {
        public double? A(string metric) => Layer.Models[Pair.Model]?[metric];

        public double? B(string metric) => Layer.Models[Comparison.Reference]?[metric];
    }

    public static void Print(TextScreen screen, ModelComparison comparison)
    {
        var letters = Letters(comparison);
        PrintHeading(screen, comparison, letters);
        var rows = comparison.Layers.SelectMany(layer => layer.Pairs.Select(pair => new Row(comparison, layer, pair))).ToList();
        if (rows.Count > 0)
        {
            var prefix = CommonPrefix.ToLeaveOut([.. rows.Select(row => row.Layer.Name)], screen.Width);
            TableColumns.Print(screen, prefix.Length == 0 ? "layer" : $"{prefix}…", rows, row => NameAfter(prefix, row, letters), Columns(letters[comparison.Reference], comparison.Models.Count == 2 ? letters[comparison.Summaries[0].Model] : "model"), Math.Min(LeastName, screen.Width / 3));
            screen.Line();
        }

        comparison.Summaries.ToList().ForEach(summary => PrintSummary(screen, comparison, summary, letters));
        PrintGroups(screen, comparison, letters);
        PrintMerge(screen, comparison);
        PrintUnmatched(screen, comparison, letters);
        if (comparison.Skipped.Any(count => count > 0))
        {
            screen.Line();
            screen.Line($"not compared: {string.Join(", ", comparison.Skipped.Select((count, model) => $"{count} tensors of {letters[model]}"))} that are no weight matrices (biases, norms, ...) or were not chosen; inspect lists them");
        }
    }

    private static IReadOnlyList<TableColumn<Row>> Columns(string reference, string model) =>
    [
        new("role", row => row.Layer.Layer.Role.Text(), 12, LeftAligned: true),
        new("verdict", row => row.Pair.Verdict.Kind.Text(), 0, VerdictColor, LeftAligned: true),
        new("cosine", row => Numbers.Fixed(row.Pair.Weights?.Cosine, 4), 1),
        new("change", row => Numbers.Percent(row.Pair.Weights?.RelativeNorm), 2),
        new("rank 99%", row => Numbers.Text(row.Pair.Rank?.Energy99), 4),
        new("suggested", row => Numbers.Text(row.Pair.Rank?.Suggested), 7),
        new($"alpha {model}", row => Numbers.Fixed(row.A("alpha"), 2), 3),
        new($"alpha {reference}", row => Numbers.Fixed(row.B("alpha"), 2), 3),
        new($"eff. rank {model}", row => Numbers.Fixed(row.A("effective_rank"), 1), 8),
        new($"eff. rank {reference}", row => Numbers.Fixed(row.B("effective_rank"), 1), 8),
        new("overlap", row => Numbers.Fixed(row.Pair.Subspaces?.Left.Spaces.Overlap, 3), 5),
        new("chance", row => Numbers.Fixed(row.Pair.Subspaces?.Left.Spaces.ChanceOverlap, 3), 9),
        new("intruders", row => Numbers.Text(row.Pair.Subspaces?.Left.Intruders), 6),
        new("signs", row => Numbers.Percent(row.Pair.Weights?.SignAgreement), 10),
        new("spectra", row => Numbers.Fixed(row.Pair.Distances?.Logarithmic, 3), 11),
    ];

    private static string VerdictColor(Row row) => row.Pair.Verdict.Kind switch
    {
        ChangeKind.Identical => "green",
        ChangeKind.Unrelated => "red",
        ChangeKind.NotComparable => "grey",
        _ => "yellow",
    };

    private static string NameAfter(string prefix, Row row, List<string> letters)
    {
        var name = row.Layer.Name.Length > prefix.Length && row.Layer.Name.StartsWith(prefix, StringComparison.Ordinal) ? row.Layer.Name[prefix.Length..] : row.Layer.Name;
        name = row.Layer.Layer.PartOf is { } whole ? $"  {row.Layer.Name[(whole.Length + 1)..]}" : name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
        return letters.Count > 2 ? $"{letters[row.Pair.Model]} {name}" : name;
    }

    /// <summary>A, B, C, ... in the order of the models.</summary>
    private static List<string> Letters(ModelComparison comparison) => [.. Enumerable.Range(0, comparison.Models.Count).Select(i => i < 26 ? ((char)('A' + i)).ToString() : $"M{i}")];

    private static void PrintHeading(TextScreen screen, ModelComparison comparison, List<string> letters)
    {
        for (var i = 0; i < comparison.Models.Count; i++)
        {
            var model = comparison.Models[i];
            var note = i == comparison.Reference ? "; the others are compared with it" : comparison.Adapters.Contains(i) ? $"; an adapter, taken on top of {letters[comparison.Reference]}" : "";
            screen.Line($"{letters[i]}  {model.Path}: {model.Format}, {model.Parameters:N0} parameters{note}");
        }

        screen.Line();
    }

    private static void PrintSummary(TextScreen screen, ModelComparison comparison, ComparisonSummary summary, List<string> letters)
    {
        var (a, b) = (letters[summary.Model], letters[comparison.Reference]);
        screen.Marked($"{a} beside {b}: [bold]{Markup.Escape(summary.Verdict.Kind.Text())}[/]: {Markup.Escape(summary.Verdict.Reason)}");
        if (comparison.ByDepth.Contains(summary.Model))
        {
            screen.Line(comparison.Options.Matching == MatchingMode.Depth
                ? "  blocks are paired by relative depth, and their weights are no counterparts"
                : "  the numbers of blocks differ and weights of equal names have nothing in common, so blocks are paired by relative depth; --match name pairs them by name");
        }

        foreach (var metric in summary.Metrics)
        {
            screen.Line($"  mean {metric.Metric} {Numbers.Text(metric.Mean)} in {a}, {Numbers.Text(metric.ReferenceMean)} in {b}, over {metric.Layers} layers: {Moved(metric.Test)}");
        }

        if (summary.SpectralConfidence is { } confidence)
        {
            screen.Line($"  spectral confidence {Numbers.Fixed(confidence, 3)} (the ratio of largest singular values; it sees scale alone), {summary.Intruders} intruder dimensions");
        }
    }

    private static string Moved(SignedRankTest? test) => test is null ? "moved in none" :
        $"{(test.PValue < 0.05 ? test.RankBiserial > 0 ? "higher" : "lower" : "no clear move")} (signed-rank p = {Numbers.Text(test.PValue)}, effect {Numbers.Fixed(test.RankBiserial, 2)})";

    private static void PrintGroups(TextScreen screen, ModelComparison comparison, List<string> letters)
    {
        if (comparison.Groups.Groups.Count == 0)
        {
            return;
        }

        screen.Line();
        screen.Line("groups, medians:");
        IReadOnlyList<TableColumn<LayerGroup>> columns = [.. GroupComparison.Metrics.SelectMany((metric, m) => letters.Select((letter, i) => new TableColumn<LayerGroup>(
            $"{metric.Replace("effective", "eff.", StringComparison.Ordinal).Replace('_', ' ')} {letter}", group => Numbers.Fixed(group.Metrics[m].Models[i]?.Median, metric == "alpha" ? 2 : 1), m)))];
        TableColumns.Print(screen, "group", comparison.Groups.Groups, group => $"{(group.By is "role" or "block" or "kind" ? $"{group.By} " : "")}{group.Name} ({string.Join(", ", group.Metrics[0].Models.Select(model => model?.Count ?? 0))} layers)", columns);
        foreach (var difference in comparison.Groups.Differences.Where(difference => difference is { By: "part", Metric: "alpha" } && difference.PValue < 0.05))
        {
            screen.Line($"alpha differs between {string.Join(", ", difference.Groups)} in {letters[difference.Model]} (p = {Numbers.Text(difference.PValue)}, effect {Numbers.Fixed(difference.Effect, 2)})");
        }
    }

    private static void PrintMerge(TextScreen screen, ModelComparison comparison)
    {
        if (comparison.Merge is not { } merge)
        {
            return;
        }

        screen.Line();
        screen.Line($"merging the changes ({merge.Layers} layers): {merge.Advice}");
        screen.Line($"  medians: overlap {Numbers.Fixed(merge.Overlap, 3)}, cosine {Numbers.Fixed(merge.Cosine, 3)}, interference {Numbers.Fixed(merge.Interference, 3)}, spread of effective ranks {Numbers.Fixed(merge.Dispersion, 3)}, signs in conflict {Numbers.Percent(merge.SignConflict)}");
    }

    private static void PrintUnmatched(TextScreen screen, ModelComparison comparison, List<string> letters)
    {
        if (comparison.Unmatched.Count == 0)
        {
            return;
        }

        screen.Line();
        screen.Line($"without counterpart: {comparison.Unmatched.Count}");
        foreach (var layer in comparison.Unmatched.Take(UnmatchedShown))
        {
            screen.Line($"  {letters[layer.Model]} {layer.Layer.Name}: {layer.Reason}");
        }

        if (comparison.Unmatched.Count > UnmatchedShown)
        {
            screen.Line($"  and {comparison.Unmatched.Count - UnmatchedShown} more (--format json lists all)");
        }
    }
}
