using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Commands;
using Eigenscope.Cli.Terminal;
using Eigenscope.Cluster;
using Eigenscope.Models;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Shards;

/// <summary>The options that make a process do a shard of the work, and the run of <c>analyze</c> that follows.</summary>
internal sealed class ShardOptions
{
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
    /// <param name="models">The models that it names.</param>
    /// <param name="folder">Where results go.</param>
    /// <param name="options">How layers are analysed.</param>
    /// <param name="wish">What is wanted of progress.</param>
    /// <param name="cancellation">Stops it; what is done is kept.</param>
    public int Run(ParseResult parsed, string[] models, string? folder, AnalysisOptions options, ProgressWish wish, CancellationToken cancellation)
    {
        var number = Number(parsed);
        if (models is not [var path])
        {
            throw new UsageException($"--shard is for one model, and {models.Length} are named");
        }

        var into = folder ?? throw new UsageException("--shard needs --out DIR, a folder that all shards share");
        using var model = Model.Open(path);
        LayerChoice.RequireAny([model], options);
        ShardFolder.Of(parsed, path).Claim(into);
        KeepWhenStopped();
        var begun = ModelAnalysis.Begin(model, options);
        var plan = ShardPlan.Of(begun, number.Count);
        var mine = plan.Shards[number.Index];
        using var pulse = new ShardPulse(new HeartbeatFolder(into), number.Index, number.Count, mine.Layers.Count);
        using var stopping = cancellation.Register(() => pulse.End(HeartbeatState.Stopped));
        var outcome = ProgressDisplay.Run(wish, progress => ShardRun.Run(begun, mine, new ShardStore(into, begun), progress, pulse, cancellation));
        pulse.End(outcome.Unfinished.Count > 0 ? HeartbeatState.Failed : HeartbeatState.Done);
        return Report(number, mine, outcome, wish);
    }

    /// <summary>A shard that is stopped says so by its exit code, and is to be run again.</summary>
    public static void KeepWhenStopped() => Interruption.Keep(ExitCode.RunAgain, "stopped; what is done is kept, and the same command goes on from it");

    private static int Report(ShardNumber number, Shard shard, ShardOutcome outcome, ProgressWish wish)
    {
        foreach (var layer in outcome.Unfinished)
        {
            CommandLine.Fail(ExitCode.RunFailed, $"{layer.Layer.Name}: {layer.Reason}");
        }

        if (!wish.IsQuiet)
        {
            Console.Error.WriteLine($"eigenscope: shard {number.Index} of {number.Count}: {shard.Layers.Count} layers, {outcome.Analyzed} analysed, {outcome.Found} were there{(outcome.Unfinished.Count > 0 ? $", {outcome.Unfinished.Count} left undone" : "")}");
        }

        return outcome.Unfinished.Count > 0 ? ExitCode.RunFailed : ExitCode.Done;
    }
}
