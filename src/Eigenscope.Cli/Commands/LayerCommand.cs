using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.Cli.Terminal;
using Eigenscope.Dynamics;
using Eigenscope.Forecasting;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>layer MODEL NAME</c>: one layer in depth.</summary>
internal static class LayerCommand
{
    private const int MostReplicates = 100_000;

    public static Command Create()
    {
        var path = ModelArgument.One();
        var name = new Argument<string>("NAME") { Description = "the layer's full name as inspect lists it, or a pattern with * and ? that only it matches" };
        var command = new Command("layer", "Show one layer in depth: its spectrum, the fit of its tail and every metric.") { path, name };
        var analysis = new AnalysisOptionSet(command, choosesLayers: false);
        var stationary = new Option<int?>("--stationary")
        {
            Description = "fit laws of late singular values to the spectrum (gamma, inverse gamma, lognormal, beta-prime), each with a p-value by B samples, beside Marchenko-Pastur and the exponent that gradients predict",
            HelpName = "B",
            CustomParser = ParseReplicates,
        };
        command.Options.Add(stationary);
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
            var laws = parsed.GetValue(stationary) is { } replicates ? Laws(single, new StationaryFitOptions(replicates, options.Seed, options.Threads), cancellation) : null;
            output.Write(parsed, screen => LayerText.Print(screen, single, laws), () => JsonReport.Of(single, laws), () => CsvReport.Of([single]));
            page.Write(parsed, () => HtmlReport.Of(ResultDocument.Of([single])), cancellation);
            return Task.FromResult(ThresholdOption.Report(thresholds, [single]) ? ExitCode.ThresholdCrossed : single.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope layer samples/tiny-gpt transformer.h.0.attn.c_attn.weight");
        return command;
    }

    /// <summary>The laws that fit the layer; a spectrum to which none can be fitted is a slip.</summary>
    private static StationaryReading? Laws(ModelAnalysis single, StationaryFitOptions options, CancellationToken cancellation)
    {
        if (single.Layers is not [{ Spectrum: { } spectrum } layer])
        {
            return null;
        }

        var (reading, reason) = StationaryReading.Of(layer.Layer, spectrum, single.Model.Path, options, cancellation);
        return reading ?? throw new UsageException($"--stationary: {layer.Layer.Name}: {reason}");
    }

    private static int? ParseReplicates(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var replicates) && replicates <= MostReplicates)
        {
            return replicates;
        }

        argument.AddError($"--stationary '{argument.Tokens[0].Value}' is not a number from 0 to {MostReplicates}");
        return null;
    }
}
