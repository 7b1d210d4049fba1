using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Shards.Engines;
using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;
using Eigenscope.Models;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Commands;

/// <summary><c>submit MODEL</c>: a cluster analyses every layer, as <c>analyze --shard</c> on its machines.</summary>
internal sealed class SubmitCommand
{
    private const string Scheme = "://";

    /// <summary>How long a file may be hidden on this machine that others have seen.</summary>
    private static readonly TimeSpan PatienceForResults = TimeSpan.FromSeconds(90);

    private readonly Argument<string> model = ModelArgument.One();
    private readonly Option<string?> folder = new("--out", "-o") { Description = "the folder that all machines share, for scripts, results and logs; submitting into it again goes on from what is there", HelpName = "DIR", Required = true };
    private readonly Option<int?> shards = NumberOption.Whole("--shards", "how many tasks; a few for every node of the cluster where not given", 1, 100_000);
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "write and submit nothing: print the plan and what would be submitted" };
    private readonly Option<bool> wait = new("--wait") { Description = "stay until all has ended, and end as collect does" };
    private readonly Option<bool> force = new("--force") { Description = "submit also where what was submitted into the folder before may still run" };
    private readonly AnalysisOptionSet analysis;
    private readonly EngineOptions engines;

    private SubmitCommand(Command command)
    {
        command.Arguments.Add(model);
        command.Options.Add(folder);
        analysis = new(command, choosesLayers: true);
        engines = new(command);
        shards.Aliases.Add("-n");
        foreach (var option in (Option[])[shards, dryRun, wait, force])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public static Command Create()
    {
        var command = new Command("submit", "Have a cluster compute the spectra and all metrics of every layer: the same bytes as analyze on one machine.");
        _ = new SubmitCommand(command);
        HelpExample.AddTo(command, "eigenscope submit samples/tiny-gpt --out shards --engine slurm --dry-run");
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (options, path) = (analysis.Read(parsed), parsed.GetValue(model)!);
        if (engines.Printed(parsed) is { } printed)
        {
            return Print(parsed, printed, options, path);
        }

        var (engine, into) = (engines.Read(parsed), Path.GetFullPath(parsed.GetValue(folder)!));
        using var opened = Model.Open(path);
        LayerChoice.RequireAny([opened], options);
        var begun = ModelAnalysis.Begin(opened, options);
        var known = ShardFolder.Of(parsed, path);
        known.RequireSame(into);
        var size = engine.Size();
        var plan = ShardPlan.Of(begun, Count(parsed, size, begun));
        var run = RunOf(parsed, size, plan, options, known, into);
        WarnOfLocalFiles(size, run);
        if (parsed.GetValue(dryRun))
        {
            Console.Out.Write($"{Describe(plan, run)}\n\n{engine.Text(run)}");
            return ExitCode.Done;
        }

        engine.RequireReady(into, parsed.GetValue(force));
        known.Claim(into);
        File.Delete(run.Result);
        Interruption.Keep(ExitCode.Interrupted, "interrupted; what was submitted goes on");
        Console.Error.WriteLine($"eigenscope: {engine.Submit(run)}");
        return parsed.GetValue(wait) ? Wait(engine, begun, run, cancellation) : ExitCode.Done;
    }

    /// <summary>Prints what Kubernetes is to be given; paths stay as they are named, since they are those that the pods see.</summary>
    private int Print(ParseResult parsed, KubernetesOptions printed, AnalysisOptions options, string path)
    {
        if (((Option[])[wait, force]).FirstOrDefault(option => IsGiven(parsed, option.Name)) is { } given)
        {
            throw new UsageException($"{given.Name} is for what this tool submits itself; for Kubernetes it prints a manifest");
        }

        using var opened = Model.Open(path);
        LayerChoice.RequireAny([opened], options);
        var begun = ModelAnalysis.Begin(opened, options);
        var plan = ShardPlan.Of(begun, Count(parsed, new EngineSize(null, null, int.MaxValue, OtherHosts: true), begun));
        var into = parsed.GetValue(folder)!;
        var run = RunOf(parsed, new EngineSize(null, null, int.MaxValue, OtherHosts: true), plan, options, ShardFolder.Of(parsed, path), into);
        printed.Print(parsed, new KubernetesRun(path, into, run.Arguments, run.Shards, run.Threads, run.WorkingMebibytes, run.TaskMebibytes));
        return ExitCode.Done;
    }

    private int Count(ParseResult parsed, EngineSize size, ModelAnalysis begun)
    {
        var layers = begun.Layers.Count(layer => layer.Status == LayerStatus.Pending);
        return parsed.GetValue(shards) switch
        {
            null => ShardCount.Usual(size.Nodes, size.MostShards, layers),
            { } n when n > size.MostShards => throw new UsageException($"-n {n}: this cluster takes arrays of at most {size.MostShards} tasks (MaxArraySize)"),
            { } n => n,
        };
    }

    private static EngineRun RunOf(ParseResult parsed, EngineSize size, ShardPlan plan, AnalysisOptions options, ShardFolder known, string into)
    {
        var threads = IsGiven(parsed, "--threads") ? options.Threads : ShardCount.ThreadsOf(size.Processors);
        var memory = IsGiven(parsed, "--max-memory") ? options.MaxMemory : plan.WorkingMemory(threads);
        return new(ToolWords.Current, known.Model, known.From, into, known.Arguments, plan.Shards.Count, threads, memory);
    }

    private static bool IsGiven(ParseResult parsed, string name) => parsed.GetResult(name) is System.CommandLine.Parsing.OptionResult { Implicit: false };

    private static string Describe(ShardPlan plan, EngineRun run) =>
        $"# {run.Shards} shards of {plan.Shards.Sum(shard => shard.Layers.Count)} layers; the longest is {plan.Balance:0.###} times the mean; each asks for {run.Threads} CPU{(run.Threads == 1 ? "" : "s")} and {run.TaskMebibytes} MiB of memory";

    private static void WarnOfLocalFiles(EngineSize size, EngineRun run)
    {
        if (!size.OtherHosts || !File.Exists("/proc/mounts"))
        {
            return;
        }

        var mounts = File.ReadAllText("/proc/mounts");
        IEnumerable<string> paths = [run.Folder, run.Tool[^1], .. run.Model.Contains(Scheme, StringComparison.Ordinal) ? (string[])[] : [Path.GetFullPath(run.Model, run.From)]];
        foreach (var path in paths)
        {
            if (LocalFiles.Reason(path, mounts) is { } reason)
            {
                Console.Error.WriteLine($"eigenscope: {path} may not be there on the other machines of the cluster: {reason}");
            }
        }
    }

    /// <summary>Waits, and looks at the results itself: that all has ended does not say that all is there.</summary>
    private static int Wait(IEngine engine, ModelAnalysis begun, EngineRun run, CancellationToken cancellation)
    {
        engine.Wait(run.Folder, cancellation);
        var patience = File.Exists(run.Result) ? PatienceForResults : TimeSpan.Zero;
        return CollectCommand.Run(begun, run.Folder, patience, whole => OutputFile.Write(run.Result, JsonReport.Of([whole])), cancellation);
    }
}
