using System.CommandLine;
using Eigenscope.Cli.Recipes;
using Eigenscope.Cli.Terminal;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Commands;

/// <summary><c>merge RECIPE OUT</c>: a model made of others as a recipe says, with a report of what became of every tensor.</summary>
internal static class MergeCommand
{
    private const string ReportName = "report.json";

    public static Command Create()
    {
        var recipe = new Argument<string>("RECIPE") { Description = "a YAML file in the language of mergekit's recipes; see samples/recipes" };
        var folder = new Argument<string?>("OUT") { Description = "the folder that is made; not needed with --plan", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("merge", "Make a model of several as a recipe says, tensor by tensor, with a report of what became of each.") { recipe, folder };
        var merge = new MergeOptionSet(command);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            if (!merge.OnlyPlans(parsed) && parsed.GetValue(folder) is null)
            {
                throw new UsageException("OUT is missing: the folder that is to be made (--plan does without)");
            }

            using var planned = Plan(parsed.GetValue(recipe)!, parsed.GetValue(folder), merge.Read(parsed));
            if (merge.OnlyPlans(parsed))
            {
                output.Write(parsed, screen => MergePlanTable.Print(screen, planned.Overview), () => MergePlanJson.Of(planned.Overview), () => MergePlanJson.Csv(planned.Overview));
                return Task.FromResult(planned.Overview.Problems.Count == 0 ? ExitCode.Done : ExitCode.BadUsageOrInput);
            }

            if (planned.Overview.Problems.Count > 0)
            {
                return Task.FromResult(Refuse(planned.Overview.Problems));
            }

            var made = parsed.GetValue(folder)!;
            var result = Run(planned, made, merge, output, parsed, cancellation);
            output.Write(parsed, screen => MergeTable.Print(screen, result, made), () => MergeJson.Of(result), () => MergeCsv.Of(result));
            page.Write(parsed, () => HtmlReport.Of(MergeDocument.Of(result)), cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope merge samples/recipes/task-arithmetic.yml merged");
        return command;
    }

    private static ModelMerge Plan(string recipe, string? folder, MergeOptions options)
    {
        var text = YamlRecipe.Text(recipe);
        return ModelMerge.Plan(YamlRecipe.Parse(recipe, text), recipe, text, folder, options);
    }

    private static MergeResult Run(ModelMerge planned, string folder, MergeOptionSet merge, OutputOptions output, ParseResult parsed, CancellationToken cancellation)
    {
        Interruption.Message = $"interrupted; what is done lies in {ModelMerge.Unfinished(folder)}, and --resume goes on from it";
        return ProgressDisplay.Run(output.Progress(parsed), progress => planned.Run(merge.Spectra(parsed), result => [KeyValuePair.Create(ReportName, MergeJson.Of(result))], progress, cancellation));
    }

    /// <summary>Every problem on a line of its own.</summary>
    private static int Refuse(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            CommandLine.Fail(ExitCode.BadUsageOrInput, problem);
        }

        return ExitCode.BadUsageOrInput;
    }
}
