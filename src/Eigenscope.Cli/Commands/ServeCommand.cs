using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.Cli.Serving;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>serve [MODEL_OR_RESULT...]</c>: the explorer in the browser.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 7317;
    private const int LargestPort = 65535;

    public static Command Create()
    {
        var paths = ModelArgument.OrResults();
        var command = new Command("serve", "Explore results and models in the browser; the layers of a model are analysed as they are looked at. Without a model: the lessons alone.") { paths };
        var analysis = new AnalysisOptionSet(command, choosesLayers: true);
        var port = new Option<int>("--port") { Description = "the port to listen on, or the next one that is free; 0 for any", HelpName = "N", DefaultValueFactory = _ => DefaultPort, CustomParser = ParsePort };
        var listen = new Option<string?>("--listen") { Description = "listen on this IP address, or localhost, instead of on 127.0.0.1 alone; who knows the token in the address that is printed may look", HelpName = "ADDRESS" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "no notes on standard error" };
        command.Options.Add(port);
        command.Options.Add(listen);
        command.Options.Add(quiet);
        command.SetAction((parsed, cancellation) =>
        {
            PageBundle.Require();
            return Serve(parsed.GetValue(paths)!, analysis.Read(parsed), parsed.GetValue(listen), parsed.GetValue(port), parsed.GetValue(quiet), cancellation);
        });
        HelpExample.AddTo(command, "eigenscope serve samples/tiny-gpt");
        return command;
    }

    private static async Task<int> Serve(string[] paths, AnalysisOptions options, string? listen, int port, bool quiet, CancellationToken cancellation)
    {
        var elsewhere = listen is null ? null : ListenAddress.Parse(listen);
        using var explorer = Explorer.Open(paths, options);
        await ExplorerSession.Run(explorer, elsewhere, port, note => Note(note, quiet), cancellation);
        return ExitCode.Done;
    }

    private static void Note(string note, bool quiet)
    {
        if (!quiet)
        {
            Console.Error.WriteLine($"eigenscope: {note}");
        }
    }

    private static int ParsePort(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= LargestPort)
        {
            return port;
        }

        argument.AddError($"--port '{argument.Tokens[0].Value}' is not a number from 0 to {LargestPort}");
        return 0;
    }
}
