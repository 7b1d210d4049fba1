using System.Globalization;
using Eigenscope.Cli.Commands;
using Eigenscope.Models;
using Eigenscope.Transforms;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>The text of <c>merge --plan</c>: the models, what would be made, what that takes, and what stands in the way.</summary>
internal static class MergePlanTable
{
    public static void Print(TextScreen screen, MergeOverview plan)
    {
        screen.Line($"{plan.Method ?? "no method"}, a plan: headers were read, nothing was written");
        screen.Line();
        if (plan.Models.Count > 0)
        {
            TableColumns.Print(screen, "model", [.. plan.Models.Index()], model => $"{ModelLetter.Of(model.Index)}  {model.Item.Path}", Columns(plan));
            screen.Line();
        }

        if (plan.Problems.Count == 0)
        {
            screen.Line($"makes {Plural.Of(plan.Tensors, "tensor")}, {plan.Tensors - plan.Copied} merged and {plan.Copied} copied: {ByteSize.Text(plan.Bytes)} in {Plural.Of(plan.Shards, "file")}");
            screen.Line($"takes {ByteSize.Text(plan.Memory)} of memory{(plan.MemoryTensor is { } tensor ? $" (for {tensor})" : "")}");
        }

        foreach (var warning in plan.Warnings)
        {
            screen.Marked($"[yellow]! {Markup.Escape(warning)}[/]");
        }

        PrintProblems(screen, plan.Problems);
    }

    private static IReadOnlyList<TableColumn<(int Index, Model Item)>> Columns(MergeOverview plan) =>
    [
        new("", model => model.Index == plan.Base ? "base" : "", 0, LeftAligned: true),
        new("parameters", model => model.Item.Parameters.ToString("N0", CultureInfo.InvariantCulture), 1),
        new("size", model => ByteSize.Text(model.Item.Bytes), 2),
        new("format", model => model.Item.Format, 3, LeftAligned: true),
    ];

    private static void PrintProblems(TextScreen screen, IReadOnlyList<string> problems)
    {
        if (problems.Count == 0)
        {
            screen.Marked("[green]nothing stands in the way[/]");
            return;
        }

        screen.Marked($"[red]{Plural.Of(problems.Count, "problem")}[/]: the merge cannot be done as it is");
        foreach (var problem in problems)
        {
            screen.Marked($"[red]-[/] {Markup.Escape(problem)}");
        }
    }
}
