using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Terminal;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>analyze MODEL...</c>: spectra and all metrics of every layer.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var models = ModelArgument.Several();
        var command = new Command("analyze", "Compute the spectra and all metrics of every layer.") { models };
        var analysis = new AnalysisOptionSet(command, choosesLayers: true);
        var shards = new ShardOptions(command, "--out is then a folder that all shards share, and collect makes the result of it");
        var failOn = new ThresholdOption(command);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (shards.AreGiven(parsed))
            {
                ShardOptions.RequireNone(parsed, ["--report", "--figures", "--fail-on", "--format"], "collect makes the result of all shards");
                return Task.FromResult(shards.Run(parsed, parsed.GetValue(models)!, output.File(parsed), analysis.Read(parsed), output.Progress(parsed), cancellation));
            }

            output.Check(parsed);
            page.Check(parsed);
            var options = analysis.Read(parsed);
            var thresholds = failOn.Read(parsed, options);
            var results = Analyze(parsed.GetValue(models)!, options, output.Progress(parsed), cancellation);
            output.Write(parsed, screen => AnalysisTable.Print(screen, results), () => JsonReport.Of(results), () => CsvReport.Of(results));
            page.Write(parsed, () => HtmlReport.Of(ResultDocument.Of(results)), cancellation);
            return Task.FromResult(ThresholdOption.Report(thresholds, results) ? ExitCode.ThresholdCrossed : results.Exists(result => result.HasFailures) ? ExitCode.SomeLayersFailed : ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope analyze samples/tiny-gpt --format json -o result.json");
        return command;
    }

    /// <summary>Opens all models before the first is analysed, so that a bad path costs no time.</summary>
    private static List<ModelAnalysis> Analyze(string[] paths, AnalysisOptions options, ProgressWish wish, CancellationToken cancellation)
    {
        var models = new List<Model>();
        try
        {
            foreach (var path in paths)
            {
                models.Add(Model.Open(path));
            }

            return models.ConvertAll(model =>
            {
                LayerChoice.RequireAny([model], options);
                return ProgressDisplay.Run(wish, progress => ModelAnalysis.Of(model, options, progress, cancellation));
            });
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }
}
