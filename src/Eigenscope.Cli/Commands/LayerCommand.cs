using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Terminal;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>layer MODEL NAME</c>: one layer in depth.</summary>
internal static class LayerCommand
{
    public static Command Create()
    {
        var path = ModelArgument.One();
        var name = new Argument<string>("NAME") { Description = "the layer's full name as inspect lists it, or a pattern with * and ? that only it matches" };
        var command = new Command("layer", "Show one layer in depth: its spectrum, the fit of its tail and every metric.") { path, name };
        var analysis = new AnalysisOptionSet(command, choosesLayers: false);
        var failOn = new ThresholdOption(command);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            using var model = Model.Open(parsed.GetValue(path)!);
            var asked = analysis.Read(parsed);
            var thresholds = failOn.Read(parsed, asked);
            var chosen = LayerChoice.Of(model, parsed.GetValue(name)!, asked.Table);
            var options = asked with { Filter = new LayerFilter([], [], []) { Only = chosen } };
            var result = ProgressDisplay.Run(output.Progress(parsed), progress => ModelAnalysis.Of(model, options, progress, cancellation));
            var single = result with { Layers = [.. result.Layers.Where(layer => layer.Layer.Name == chosen)] };
            output.Write(parsed, screen => LayerText.Print(screen, single), () => JsonReport.Of([single]), () => CsvReport.Of([single]));
            page.Write(parsed, () => HtmlReport.Of(ResultDocument.Of([single])), cancellation);
            return Task.FromResult(ThresholdOption.Report(thresholds, [single]) ? ExitCode.ThresholdCrossed : single.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope layer samples/tiny-gpt transformer.h.0.attn.c_attn.weight");
        return command;
    }
}
