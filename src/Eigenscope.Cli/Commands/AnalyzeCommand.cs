using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Terminal;

namespace Eigenscope.Cli.Commands;

/// <summary><c>analyze MODEL...</c>: spectra and all metrics of every layer.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var models = ModelArgument.Several();
        var command = new Command("analyze", "Compute the spectra and all metrics of every layer.") { models };
        var analysis = new AnalysisOptionSet(command, choosesLayers: true);
        var shards = new ShardOptions(command, ShardOptions.OutIsFolder);
        var failOn = new ThresholdOption(command);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (shards.AreGiven(parsed))
            {
                ShardOptions.RequireNone(parsed, ["--report", "--figures", "--fail-on", "--format"], "collect makes the result of all shards");
                return Task.FromResult(shards.Run(parsed, ShardedWork.Of(parsed.GetValue(models)!, analysis.Read(parsed)), output.File(parsed), output.Progress(parsed), cancellation));
            }

            output.Check(parsed);
            page.Check(parsed);
            var options = analysis.Read(parsed);
            var thresholds = failOn.Read(parsed, options);
            var results = Analyze(parsed.GetValue(models)!, options, output.Progress(parsed), cancellation);
            var forms = ResultForms.Of(results);
            forms.Write(parsed, output, page, cancellation);
            return Task.FromResult(ThresholdOption.Report(thresholds, results) ? ExitCode.ThresholdCrossed : forms.Code);
        });
        HelpExample.AddTo(command, "eigenscope analyze samples/tiny-gpt --format json -o result.json");
        return command;
    }

    private static List<ModelAnalysis> Analyze(string[] paths, AnalysisOptions options, ProgressWish wish, CancellationToken cancellation)
    {
        using var models = new OpenedModels(paths);
        return
        [
            .. models.All.Select(model =>
            {
                LayerChoice.RequireAny([model], options);
                return ProgressDisplay.Run(wish, progress => ModelAnalysis.Of(model, options, progress, cancellation));
            }),
        ];
    }
}
