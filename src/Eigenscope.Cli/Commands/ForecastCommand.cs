using System.CommandLine;
using Eigenscope.Cli.Terminal;
using Eigenscope.Forecasting;
using Eigenscope.Reports;
using Eigenscope.Tracking;

namespace Eigenscope.Cli.Commands;

/// <summary><c>forecast CHECKPOINT...</c>: where the singular values of a training are going.</summary>
internal static class ForecastCommand
{
    public static Command Create()
    {
        var paths = ModelArgument.Checkpoints();
        var command = new Command("forecast", "Forecast the leading singular values of every layer from early checkpoints, with intervals, how far to trust it, and how right it was where later checkpoints are known.") { paths };
        var options = new ForecastOptionSet(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            var wanted = options.Read(parsed);
            var checkpoints = CheckpointSeries.Find(parsed.GetValue(paths)!);
            var forecast = ProgressDisplay.Run(output.Progress(parsed), progress => ModelForecast.Of(checkpoints, wanted, progress, cancellation));
            if (forecast.Layers.Count == 0)
            {
                throw new UsageException($"{checkpoints[^1].Path}: no layer is chosen by --layers, --exclude and --role; inspect lists their names");
            }

            output.Write(parsed, screen => ForecastTable.Print(screen, forecast), () => ForecastJson.Of(forecast), () => ForecastCsv.Of(forecast));
            return Task.FromResult(forecast.HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope forecast runs/my-model --origin 1000 --horizon 500 --horizon 2000");
        return command;
    }
}
