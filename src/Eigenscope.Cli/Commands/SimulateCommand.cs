using System.CommandLine;
using Eigenscope.Cli.Terminal;
using Eigenscope.Dynamics;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Commands;

/// <summary><c>simulate</c>: eigenvalues of a matrix that noise and a drift move.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var command = new Command("simulate", "Simulate how noise and a drift move the eigenvalues of a matrix: many paths, their means, spreads and exact checks.");
        var options = new SimulationOptionSet(command);
        var figure = new Option<string?>("--figure") { Description = "draw the largest eigenvalues over time into an SVG file too", HelpName = "FILE" };
        command.Options.Add(figure);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            output.Check(parsed);
            OutputFile.RequireWritable(parsed.GetValue(figure), "--figure");
            var simulation = options.Read(parsed);
            var ensemble = Run(simulation, cancellation);
            var fit = options.Fit(parsed, ensemble, cancellation);
            output.Write(parsed, screen => SimulationTable.Print(screen, ensemble, fit), () => SimulationJson.Of(ensemble, fit), () => SimulationCsv.Of(ensemble));
            if (parsed.GetValue(figure) is { } path)
            {
                OutputFile.Write(path, SimulationFigure.Of(ensemble));
            }

            return Task.FromResult(ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope simulate --rows 9 --cols 4 --drift decay --beta 0.6 --noise 0.7 --until 0.8 --start values=9,3,1.5,0.5");
        return command;
    }

    /// <summary>What does not go together is known to the library.</summary>
    private static PathEnsemble Run(SimulationOptions simulation, CancellationToken cancellation)
    {
        try
        {
            return Simulation.Run(simulation, progress: null, cancellation);
        }
        catch (ArgumentException e) when (e.ParamName == nameof(SimulationOptions))
        {
            throw new UsageException(e.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
