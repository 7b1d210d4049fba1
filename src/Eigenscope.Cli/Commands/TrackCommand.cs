using System.CommandLine;
using Eigenscope.Cli.Shards;

namespace Eigenscope.Cli.Commands;

/// <summary><c>track CHECKPOINT...</c>: a training through its checkpoints.</summary>
internal static class TrackCommand
{
    public static Command Create()
    {
        var paths = ModelArgument.Checkpoints();
        var command = new Command("track", "Follow a training through its checkpoints: metrics, phases, spectra and the rotation of singular subspaces of every layer over time.") { paths };
        var tracking = new TrackOptionSet(command);
        var rules = new StoppingRuleOption(command);
        var watching = new WatchOptions(command);
        var shards = new ShardOptions(command, "--cache is then a folder that all shards share, and the same track without --shard makes the result of it");
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (shards.AreGiven(parsed))
            {
                return Task.FromResult(RunShard(parsed, parsed.GetValue(paths)!, shards.Number(parsed), tracking, rules, output, page, cancellation));
            }

            output.Check(parsed);
            page.Check(parsed);
            var options = tracking.Read(parsed);
            var run = new TrackRun(parsed, options, tracking.Folder(parsed), rules, output, page, cancellation);
            var chosen = rules.Read(parsed, options.Analysis);
            return Task.FromResult(watching.Read(parsed) is { } plan ? run.Watch(parsed.GetValue(paths)!, plan, chosen) : run.Once(parsed.GetValue(paths)!, chosen));
        });
        HelpExample.AddTo(command, "eigenscope track runs/my-model --fail-on 'alpha<2' --report course.html");
        return command;
    }

    private static int RunShard(ParseResult parsed, string[] paths, ShardNumber number, TrackOptionSet tracking, StoppingRuleOption rules, OutputOptions output, PageOptions page, CancellationToken cancellation)
    {
        ShardOptions.RequireNone(parsed, ["--out", "--format", "--report", "--figures", "--fail-on", "--run", "--watch", "--no-cache"], "the same track without --shard makes the result of all shards");
        if (!tracking.HasFolder(parsed))
        {
            throw new UsageException("--shard needs --cache DIR, a folder that all shards share");
        }

        ShardOptions.KeepWhenStopped();
        return new TrackRun(parsed, tracking.Read(parsed), tracking.Folder(parsed), rules, output, page, cancellation).Shard(paths, number);
    }
}
