using Eigenscope.Cli.Commands;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>The text of <c>merge --plan</c>: the models, what would be made, what that takes, and what stands in the way.</summary>
internal static class MergePlanTable
{
    public static void Print(TextScreen screen, MergePlanSummary plan)
    {
        screen.Line($"{plan.Method}, a plan: headers were read, nothing was written");
        screen.Line();
        TableColumns.Print(screen, "model", [.. plan.Models.Index()], model => $"{Letter(model.Index)}  {model.Item.Path}", Columns(plan));
        screen.Line();
        screen.Line($"makes {Counted(plan.Merged + plan.Copied, "tensor")}, {plan.Merged} merged and {plan.Copied} copied byte by byte: {ByteSize.Text(plan.Bytes)} in {Counted(plan.Shards, "file")}");
        screen.Line($"takes {ByteSize.Text(plan.PeakMemory)} of memory{(plan.MemoryTensor is { } tensor ? $" (for {tensor})" : "")} and {ByteSize.Text(plan.Bytes)} of disk{(plan.FreeDisk is { } free ? $", where {ByteSize.Text(free)} are free" : "")}");
        foreach (var warning in plan.Warnings)
        {
            screen.Marked($"[yellow]! {Markup.Escape(warning)}[/]");
        }

        PrintProblems(screen, plan.Problems);
    }

    private static IReadOnlyList<TableColumn<(int Index, PlannedModel Item)>> Columns(MergePlanSummary plan)
    {
        TableColumn<(int Index, PlannedModel Item)>[] all =
        [
            new("", model => model.Item.IsBase ? "base" : "", 0, LeftAligned: true),
            new("parameters", model => Shortened(model.Item.Parameters), 1),
            new("format", model => model.Item.Format, 3, LeftAligned: true),
            new("given", model => model.Item.Settings, 2, LeftAligned: true),
        ];
        return [.. all.Where(column => plan.Models.Index().Any(model => column.Cell(model).Length > 0))];
    }

    private static void PrintProblems(TextScreen screen, IReadOnlyList<string> problems)
    {
        if (problems.Count == 0)
        {
            screen.Marked("[green]nothing stands in the way[/]");
            return;
        }

        screen.Line();
        screen.Marked($"[red]{Counted(problems.Count, "problem")}[/]: the merge cannot be done as it is");
        foreach (var problem in problems)
        {
            screen.Marked($"[red]-[/] {Markup.Escape(problem)}");
        }
    }

    private static string Letter(int model) => model < 26 ? ((char)('A' + model)).ToString() : $"M{model}";

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Shortened(long parameters) => parameters.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
