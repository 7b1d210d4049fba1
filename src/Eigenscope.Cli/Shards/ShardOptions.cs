using System.CommandLine;
using Eigenscope.Cli.Commands;
using Eigenscope.Cli.Terminal;
using Eigenscope.Cluster;

namespace Eigenscope.Cli.Shards;

/// <summary>The options that make a process do a shard of the work, and the run that follows.</summary>
internal sealed class ShardOptions
{
    /// <summary>What shards do with what they find, where a folder holds it until it is collected.</summary>
    public const string OutIsFolder = "--out is then a folder that all shards share, and collect makes the result of it";

    private readonly Option<string?> shard;
    private readonly Option<int?> of = NumberOption.Whole("--of", "how many shards there are, for --shard auto", 1, 100_000);

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="effect">What its shards do with what they find.</param>
    public ShardOptions(Command command, string effect)
    {
        shard = new("--shard") { Description = $"do only shard i of n (from 0), or the one that the engine says that started this (auto, with --of); {effect}", HelpName = "i/n|auto" };
        command.Options.Add(shard);
        command.Options.Add(of);
    }

    /// <summary>True where a shard was asked for.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(shard) is not null || (parsed.GetValue(of) is not null ? throw new UsageException("--of goes with --shard auto") : false);

    /// <summary>Which shard was asked for.</summary>
    public ShardNumber Number(ParseResult parsed) => ShardNumber.Read(parsed.GetValue(shard)!, parsed.GetValue(of), Environment.GetEnvironmentVariable);

    /// <summary>Throws where an option was given that is for a whole result.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The options.</param>
    /// <param name="instead">What makes the whole result.</param>
    public static void RequireNone(ParseResult parsed, string[] names, string instead)
    {
        if (parsed.CommandResult.Command.Options.FirstOrDefault(option => names.Contains(option.Name) && parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} and --shard exclude each other; {instead}");
        }
    }

    /// <summary>Does the shard.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="work">What it names.</param>
    /// <param name="folder">Where results go.</param>
    /// <param name="wish">What is wanted of progress.</param>
    /// <param name="cancellation">Stops it; what is done is kept.</param>
    public int Run(ParseResult parsed, ShardedWork work, string? folder, ProgressWish wish, CancellationToken cancellation)
    {
        var number = Number(parsed);
        var into = folder ?? throw new UsageException("--shard needs --out DIR, a folder that all shards share");
        ShardFolder.RequireFolder(into);
        KeepWhenStopped();
        using var run = work.Open();
        ShardFolder.Of(parsed, work).Claim(into);
        var mine = ShardPlan.Of(run.Work.Parts, number.Count).Shards[number.Index];
        using var pulse = new ShardPulse(new HeartbeatFolder(into), number.Index, number.Count, mine.Parts.Count);
        using var stopping = cancellation.Register(() => pulse.End(HeartbeatState.Stopped));
        var outcome = ProgressDisplay.Run(wish, progress => ShardRun.Run(run.Work, mine, new ShardStore(into, run.Work), progress, pulse, cancellation));
        pulse.End(outcome.Unfinished.Count > 0 ? HeartbeatState.Failed : HeartbeatState.Done);
        return Report(number, mine, outcome, wish);
    }

    /// <summary>A shard that is stopped says so by its exit code, and is to be run again.</summary>
    public static void KeepWhenStopped() => Interruption.Keep(ExitCode.RunAgain, "stopped; what is done is kept, and the same command goes on from it");

    private static int Report(ShardNumber number, Shard shard, ShardOutcome outcome, ProgressWish wish)
    {
        foreach (var (part, reason) in outcome.Unfinished)
        {
            CommandLine.Fail(ExitCode.RunFailed, $"{part.Name}: {reason}");
        }

        if (!wish.IsQuiet)
        {
            Console.Error.WriteLine($"eigenscope: shard {number.Index} of {number.Count}: {Plural.Of(shard.Parts.Count, "layer")}, {outcome.Made} analysed, {outcome.Found} were there{(outcome.Unfinished.Count > 0 ? $", {outcome.Unfinished.Count} left undone" : "")}");
        }

        return outcome.Unfinished.Count > 0 ? ExitCode.RunFailed : ExitCode.Done;
    }
}
