using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Terminal;
using Eigenscope.Reports;
using Eigenscope.Training;
using Eigenscope.Training.Files;

namespace Eigenscope.Cli.Commands;

/// <summary><c>train NETWORK --out RUN</c>: a small training, whose checkpoints are models to analyse.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var command = new Command("train", "Train a small network, with checkpoints whose spectra can be followed.");
        var training = new TrainingOptionSet(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, training, cancellation)));
        HelpExample.AddTo(command, "eigenscope train mlp --out runs/digits --steps 1000 --save-every 100");
        return command;
    }

    private static int Run(ParseResult parsed, TrainingOptionSet training, CancellationToken cancellation)
    {
        var run = training.Folder(parsed);
        try
        {
            var options = training.Read(parsed);
            var log = ProgressDisplay.Run(training.Progress(parsed), progress => TrainingFolder.Train(run, options, training.Resumes(parsed), progress is null ? null : new Steps(progress), cancellation));
            training.Write(parsed, screen => TrainingTable.Print(screen, run, log), () => TrainingReport.Json(run, log), () => TrainingReport.Csv(log));
            return ExitCode.Done;
        }
        catch (TrainingException e)
        {
            return CommandLine.Fail(e.IsDivergence ? ExitCode.RunFailed : ExitCode.BadUsageOrInput, e.Message);
        }
        catch (OperationCanceledException)
        {
            var left = TrainingFolder.Newest(run) is { } newest ? $"{newest} is complete, and --resume goes on from it" : "no checkpoint was complete";
            return CommandLine.Fail(ExitCode.Interrupted, $"interrupted; {left}");
        }
    }

    /// <summary>Steps as the bar counts them.</summary>
    private sealed class Steps(IProgress<AnalysisProgress> bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => bar.Report(new AnalysisProgress(value.Step, value.Steps, (double)value.Step / value.Steps, $"loss {Numbers.Text(value.Loss)}"));
    }
}
