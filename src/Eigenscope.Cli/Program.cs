using System.CommandLine;
using System.Runtime.InteropServices;
using Eigenscope.Cli;
using Eigenscope.Cli.Commands;

EarlyCompilation.Begin(args);
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var root = new RootCommand("Reads a neural network's weight files and tells what their spectra say. No Python, no GPU, no data; nothing in a model file is run.")
{
    InspectCommand.Create(),
    AnalyzeCommand.Create(),
    SubmitCommand.Create(),
    StatusCommand.Create(),
    CollectCommand.Create(),
    LayerCommand.Create(),
    CompareCommand.Create(),
    TrackCommand.Create(),
    ForecastCommand.Create(),
    CompressCommand.Create(),
    ExtractLoraCommand.Create(),
    SmoothCommand.Create(),
    DetrapCommand.Create(),
    SimulateCommand.Create(),
    TrainCommand.Create(),
    MergeCommand.Create(),
    LearnCommand.Create(),
    ReportCommand.Create(),
    ServeCommand.Create(),
};
HelpExample.AddTo(root, "eigenscope analyze samples/tiny-gpt");
return await CommandLine.Run(root, args, stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
    Interruption.ForceAfterGrace();
}
