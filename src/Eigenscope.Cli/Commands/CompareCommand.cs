using System.CommandLine;
using Eigenscope.Cli.Terminal;
using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>compare A B...</c>: models side by side, and what is between them.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var models = ModelArgument.Compared();
        var command = new Command("compare", "Compare models layer by layer: spectra, weights, singular subspaces, and what became of one on the way to the other.") { models };
        var comparison = new ComparisonOptionSet(command);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            var (paths, options) = comparison.Read(parsed, parsed.GetValue(models)!);
            var result = Compare(paths, options, output.Progress(parsed), cancellation);
            output.Write(parsed, screen => ComparisonTable.Print(screen, result), () => ComparisonJson.Of(result), () => ComparisonCsv.Of(result));
            page.Write(parsed, () => HtmlReport.Of(ComparisonDocument.Of(result)), cancellation);
            return Task.FromResult(result.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope compare samples/tiny-gpt samples/tiny-gpt-step0");
        return command;
    }

    private static ModelComparison Compare(IReadOnlyList<string> paths, ComparisonOptions options, ProgressWish wish, CancellationToken cancellation)
    {
        var models = new List<Model>();
        try
        {
            foreach (var path in paths)
            {
                models.Add(Model.Open(path));
            }

            LayerChoice.RequireAny(models, options.Analysis);
            return ProgressDisplay.Run(wish, progress => ModelComparison.Of(models, options, progress, cancellation));
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }
}
