using Eigenscope.Models.Layers;
using Eigenscope.Transforms;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>The table of <c>merge</c>: a line for each tensor that was merged, or for each kind of them, then what that comes to.</summary>
internal static class MergeTable
{
    private const int LeastName = 30;

    /// <summary>Methods whose result is a linear combination of the models, or none at all.</summary>
    private static readonly string[] Plain = ["linear", "task_arithmetic", "passthrough"];

    public static void Print(TextScreen screen, MergeResult result, string folder)
    {
        PrintHeading(screen, result);
        var roles = Roles(result);
        var merged = result.Tensors.Where(tensor => tensor.Method != "copy").ToList();
        var rows = MergedTensors.Rows(merged, result.Before, result.After);
        if (rows.Count > 0)
        {
            var prefix = CommonPrefix.ToLeaveOut([.. rows.Select(row => row.Name)], screen.Width);
            TableColumns.Print(screen, prefix.Length == 0 ? "tensor" : $"{prefix}…", rows, row => NameAfter(prefix, row), Columns(roles, rows), Math.Min(LeastName, screen.Width / 3));
            screen.Line();
        }

        PrintUnchanged(screen, result.Tensors, "copied", "copied byte by byte");
        PrintUnchanged(screen, result.Tensors, "converted", "stored in another type and else unchanged");
        PrintSummary(screen, result, [.. merged]);
        PrintWarnings(screen, result);
        PrintNext(screen, result, folder);
    }

    private static void PrintHeading(TextScreen screen, MergeResult result)
    {
        screen.Line($"{result.Settings.Method} of {(result.Models.Count == 1 ? "one model" : $"{result.Models.Count} models")}");
        for (var i = 0; i < result.Models.Count; i++)
        {
            var model = result.Models[i];
            screen.Line($"{ModelLetter.Of(i)}  {model.Path}: {model.Format}, {model.Parameters:N0} parameters{(i == result.Base ? "; the base" : "")}");
        }

        screen.Line();
    }

    /// <summary>The columns that have a value in one row at least.</summary>
    private static IReadOnlyList<TableColumn<MergedTensors>> Columns(Dictionary<string, string> roles, IReadOnlyList<MergedTensors> rows)
    {
        TableColumn<MergedTensors>[] all =
        [
            new("role", row => roles.GetValueOrDefault(row.Tensors[0].Name, "-"), 8, LeftAligned: true),
            new("route", row => row.Route.Replace('_', ' '), 1, row => row.HasWarnings ? "yellow" : null, LeftAligned: true),
            new("change", row => Numbers.Percent(row.Change), 0),
            new("conflicts", row => Numbers.Percent(row.Conflicts), 4),
            new("loss", row => Numbers.Percent(row.Loss), 2),
            new("alpha → after", row => BeforeAfter(row, "alpha", 2), 3),
            new("st. rank → after", row => BeforeAfter(row, "stable_rank", 1), 6),
        ];
        return [.. all.Where(column => rows.Any(row => column.Cell(row) != "-"))];
    }

    private static string BeforeAfter(MergedTensors row, string metric, int decimals) =>
        (row.Before(metric), row.After(metric)) is (null, null) ? "-" : $"{Numbers.Fixed(row.Before(metric), decimals)} → {Numbers.Fixed(row.After(metric), decimals)}";

    private static string NameAfter(string prefix, MergedTensors row)
    {
        var name = row.Name.Length > prefix.Length && row.Name.StartsWith(prefix, StringComparison.Ordinal) ? row.Name[prefix.Length..] : row.Name;
        name = name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
        return row.IsGroup ? $"{name} ({row.Tensors.Count})" : name;
    }

    private static void PrintUnchanged(TextScreen screen, IReadOnlyList<MergedTensor> tensors, string route, string what)
    {
        var unchanged = tensors.Where(tensor => tensor.Method == "copy" && tensor.Route == route).ToList();
        if (unchanged.Count > 0)
        {
            var others = unchanged.Count > 1 ? $" and {Plural.Of(unchanged.Count - 1, "more tensor")}" : "";
            screen.Line($"{(unchanged.Count == tensors.Count ? "all " : "")}{Plural.Of(unchanged.Count, "tensor")} {(unchanged.Count == 1 ? "was" : "were")} {what}: {unchanged[0].Name}{others}");
        }
    }

    private static void PrintSummary(TextScreen screen, MergeResult result, MergedTensor[] merged)
    {
        if (result.RelativeChange is { } change)
        {
            var loss = result.RoundingLoss is { } lost ? $"; rounding to the stored types loses {Numbers.Percent(lost)} of it" : "";
            screen.Marked($"the merged change is [bold]{Numbers.Percent(change)}[/] of the norm of the base{Average(merged)}{loss}");
        }

        var whole = new MergedTensors("", "", result.Tensors, MergedTensors.ByTensor(result.Before), MergedTensors.ByTensor(result.After));
        foreach (var (metric, decimals) in ((string, int)[])[("alpha", 2), ("stable_rank", 1)])
        {
            if (whole.BothSides(metric) is { } means)
            {
                screen.Line($"mean {metric} {Numbers.Fixed(means.Before, decimals)} before, {Numbers.Fixed(means.After, decimals)} after, over {Plural.Of(means.Tensors, "tensor")}");
            }
        }

        screen.Line($"routes: {string.Join(", ", result.Routes.Select(route => $"{route.Value} {route.Key.Replace('_', ' ')}"))}");
    }

    private static string Average(IReadOnlyList<MergedTensor> merged)
    {
        var (change, average) = (MergedTensors.Norm(merged, "change_norm"), MergedTensors.Norm(merged, "average_change_norm"));
        return average > 0 ? $", {Numbers.Fixed(change / average, 2)} times the plain average of the changes" : "";
    }

    private static void PrintWarnings(TextScreen screen, MergeResult result)
    {
        foreach (var warning in result.Warnings)
        {
            screen.Marked($"[yellow]! {Markup.Escape(warning)}[/]");
        }

        foreach (var warning in CountedWarning.Of(result.Tensors))
        {
            var others = warning.Tensors > 1 ? $" and {Plural.Of(warning.Tensors - 1, "more tensor")}" : "";
            screen.Marked($"[yellow]! {Markup.Escape($"{warning.Text} ({warning.First}{others})")}[/]");
        }
    }

    private static void PrintNext(TextScreen screen, MergeResult result, string folder)
    {
        screen.Line();
        screen.Line($"{Plural.Of(result.Tensors.Count, "tensor")} written to {folder}");
        screen.Line($"next: eigenscope compare {Quoted(folder)} {Quoted(result.Reference.Path)}");
        if (!Plain.Contains(result.Settings.Method, StringComparer.Ordinal))
        {
            screen.Line("no data was seen: in a published comparison only plain task arithmetic reliably improved on the base for large language models (arXiv 2511.21437), and spectral merging is shown mostly on CLIP-ViT and on LoRA of T5; evaluate before use");
        }
    }

    private static Dictionary<string, string> Roles(MergeResult result)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in WeightTable.Of(result.Reference, new WeightTableOptions { CompareValues = false }))
        {
            roles.TryAdd(layer.Tensor.Name, layer.Role.Text());
        }

        return roles;
    }

    private static string Quoted(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;
}
