using System.CommandLine;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Terminal;

namespace Eigenscope.Cli.Commands;

/// <summary><c>status DIR</c>: how far the shards of a model are.</summary>
internal static class StatusCommand
{
    private const string Table = "table";
    private const string Json = "json";

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "the folder that analyze --shard or compare --shard writes into" };
        var command = new Command("status", "Say how far shards are: the share of the work that is there, the time left, what runs, what failed and why.") { folder };
        var watch = new Option<bool>("--watch") { Description = "go on looking, every 2 seconds, until all is there or Ctrl-C" };
        var format = ChoiceOption.Create("--format", "table for people, json for programs", hasDefault: true, Table, Json);
        var noColor = new Option<bool>("--no-color") { Description = "no colours (NO_COLOR does the same)" };
        command.Options.Add(watch);
        command.Options.Add(format);
        command.Options.Add(noColor);
        command.SetAction((parsed, cancellation) =>
        {
            using var view = new StatusView(parsed.GetValue(folder)!);
            var show = new StatusDisplay(isJson: parsed.GetValue(format) == Json, parsed.GetValue(noColor));
            var isComplete = parsed.GetValue(watch) ? Watch(view, show, cancellation) : Once(view, show, cancellation);
            return Task.FromResult(isComplete ? ExitCode.Done : ExitCode.SomeLayersFailed);
        });
        HelpExample.AddTo(command, "eigenscope status shards --watch");
        return command;
    }

    private static bool Once(StatusView view, StatusDisplay show, CancellationToken cancellation)
    {
        var seen = view.Look(cancellation);
        show.Once(seen);
        return seen.Status.IsComplete;
    }

    /// <summary>Looks until all is there; an interruption is an end like any other.</summary>
    private static bool Watch(StatusView view, StatusDisplay show, CancellationToken cancellation)
    {
        Interruption.IsNormalEnd = true;
        try
        {
            while (true)
            {
                var seen = view.Look(cancellation);
                show.Next(seen);
                if (seen.Status.IsComplete)
                {
                    return true;
                }

                cancellation.WaitHandle.WaitOne(StatusDisplay.Interval);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
