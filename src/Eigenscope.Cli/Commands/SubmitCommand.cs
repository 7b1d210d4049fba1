using System.CommandLine;
using System.CommandLine.Parsing;
using Eigenscope.Analysis;
using Eigenscope.Cli.Shards;
using Eigenscope.Cli.Shards.Engines;
using Eigenscope.Cli.Terminal;
using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Commands;

/// <summary><c>submit MODEL</c> and <c>submit compare A B...</c>: a cluster does what <c>analyze --shard</c> and <c>compare --shard</c> do, on its machines.</summary>
internal sealed class SubmitCommand
{
    /// <summary>How long a file may be hidden on this machine that others have seen.</summary>
    private static readonly TimeSpan PatienceForResults = TimeSpan.FromSeconds(90);

    private readonly Option<string?> folder = new("--out", "-o") { Description = "the folder that all machines share, for scripts, results and logs; submitting into it again goes on from what is there", HelpName = "DIR", Required = true };
    private readonly Option<int?> shards = NumberOption.Whole("--shards", "how many tasks; a few for every node of the cluster where not given", 1, 100_000);
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "write and submit nothing: print the plan and what would be submitted" };
    private readonly Option<bool> wait = new("--wait") { Description = "stay until all has ended, and end as collect does" };
    private readonly Option<bool> force = new("--force") { Description = "submit also where what was submitted into the folder before may still run" };
    private readonly Func<ParseResult, ShardedWork> read;
    private readonly EngineOptions engines;

    /// <summary>Makes a command submit.</summary>
    /// <param name="command">The command, with what says what is to be done.</param>
    /// <param name="read">Reads that.</param>
    private SubmitCommand(Command command, Func<ParseResult, ShardedWork> read)
    {
        this.read = read;
        engines = new(command);
        shards.Aliases.Add("-n");
        foreach (var option in (Option[])[folder, shards, dryRun, wait, force])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public static Command Create()
    {
        var model = ModelArgument.One();
        var command = new Command("submit", "Have a cluster compute the spectra and all metrics of every layer: the same bytes as analyze on one machine.") { model };
        var analysis = new AnalysisOptionSet(command, choosesLayers: true);
        _ = new SubmitCommand(command, parsed => ShardedWork.Of([parsed.GetValue(model)!], analysis.Read(parsed)));
        HelpExample.AddTo(command, "eigenscope submit samples/tiny-gpt --out shards --engine slurm --dry-run");
        command.Subcommands.Add(Comparison());
        return command;
    }

    private static Command Comparison()
    {
        var models = ModelArgument.Compared();
        var command = new Command("compare", "Have a cluster compare models layer by layer: the same bytes as compare on one machine. A model of this name is ./compare.") { models };
        var comparison = new ComparisonOptionSet(command);
        command.Validators.Add(RequireNothingBefore);
        _ = new SubmitCommand(command, parsed => ShardedWork.Of(parsed.GetValue(models)!, comparison.Read(parsed, parsed.GetValue(models)!)));
        HelpExample.AddTo(command, "eigenscope submit compare samples/tiny-gpt samples/tiny-gpt-step0 --out shards --engine slurm --dry-run");
        return command;
    }

    /// <summary>What stands before <c>compare</c> belongs to the analysis of one model, and would be left out without a word.</summary>
    private static void RequireNothingBefore(CommandResult compare)
    {
        if (compare.Parent is CommandResult before && before.Children.Where(child => child is not CommandResult).SelectMany(child => child.Tokens.Count > 0 ? child.Tokens.Select(token => token.Value) : child is OptionResult { Implicit: false } option ? [option.Option.Name] : []).FirstOrDefault() is { } word)
        {
            compare.AddError($"'{word}' stands before compare; models and options stand behind it");
        }
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var work = read(parsed);
        if (engines.Printed(parsed) is { } printed)
        {
            return Print(parsed, printed, work);
        }

        var (engine, into) = (engines.Read(parsed), ShardFolder.FullPath(parsed.GetValue(folder)!));
        using var opened = work.Open();
        var known = ShardFolder.Of(parsed, work);
        known.RequireSame(into);
        var size = engine.Size();
        var plan = ShardPlan.Of(opened.Work.Parts, Count(parsed, size, opened.Work.Parts.Count));
        var run = RunOf(parsed, size, plan, work.Analysis, known, into);
        WarnOfLocalFiles(size, run, work.Paths);
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
        return parsed.GetValue(wait) ? Wait(engine, opened, run, cancellation) : ExitCode.Done;
    }

    /// <summary>Prints what Kubernetes is to be given; paths stay as they are named, since they are those that the pods see.</summary>
    private int Print(ParseResult parsed, KubernetesOptions printed, ShardedWork work)
    {
        if (((Option[])[wait, force]).FirstOrDefault(option => IsGiven(parsed, option.Name)) is { } given)
        {
            throw new UsageException($"{given.Name} is for what this tool submits itself; for Kubernetes it prints a manifest");
        }

        using var opened = work.Open();
        var size = new EngineSize(null, null, int.MaxValue, OtherHosts: true);
        var plan = ShardPlan.Of(opened.Work.Parts, Count(parsed, size, opened.Work.Parts.Count));
        var run = RunOf(parsed, size, plan, work.Analysis, ShardFolder.Of(parsed, work), parsed.GetValue(folder)!);
        printed.Print(parsed, work.Paths, new KubernetesRun(run.Command, run.Models, run.Folder, run.Arguments, run.Shards, run.Threads, run.WorkingMebibytes, run.TaskMebibytes));
        return ExitCode.Done;
    }

    private int Count(ParseResult parsed, EngineSize size, int layers) => parsed.GetValue(shards) switch
    {
        null => ShardCount.Usual(size.Nodes, size.MostShards, layers),
        { } n when n > size.MostShards => throw new UsageException($"-n {n}: this cluster takes arrays of at most {size.MostShards} tasks (MaxArraySize)"),
        { } n => n,
    };

    private static EngineRun RunOf(ParseResult parsed, EngineSize size, ShardPlan plan, AnalysisOptions options, ShardFolder known, string into)
    {
        var threads = IsGiven(parsed, "--threads") ? options.Threads : ShardCount.ThreadsOf(size.Processors);
        var memory = IsGiven(parsed, "--max-memory") ? options.MaxMemory : plan.WorkingMemory(threads);
        return new(ToolWords.Current, known.Command, known.Models, known.From, into, known.Arguments, plan.Shards.Count, threads, memory);
    }

    private static bool IsGiven(ParseResult parsed, string name) => parsed.GetResult(name) is OptionResult { Implicit: false };

    private static string Describe(ShardPlan plan, EngineRun run) =>
        $"# {Plural.Of(run.Shards, "shard")} of {Plural.Of(plan.Shards.Sum(shard => shard.Parts.Count), "layer")}; the longest is {plan.Balance:0.###} times the mean; each asks for {Plural.Of(run.Threads, "CPU")} and {run.TaskMebibytes} MiB of memory";

    private static void WarnOfLocalFiles(EngineSize size, EngineRun run, IReadOnlyList<string> models)
    {
        if (!size.OtherHosts || !File.Exists("/proc/mounts"))
        {
            return;
        }

        var mounts = File.ReadAllText("/proc/mounts");
        IEnumerable<string> paths = [run.Folder, run.Tool[^1], .. models.Where(model => !ModelArgument.IsAddress(model)).Select(model => Path.GetFullPath(model, run.From))];
        foreach (var path in paths)
        {
            if (LocalFiles.Reason(path, mounts) is { } reason)
            {
                Console.Error.WriteLine($"eigenscope: {path} may not be there on the other machines of the cluster: {reason}");
            }
        }
    }

    /// <summary>Waits, and looks at the results itself: that all has ended does not say that all is there.</summary>
    private static int Wait(IEngine engine, ShardedRun opened, EngineRun run, CancellationToken cancellation)
    {
        engine.Wait(run.Folder, cancellation);
        var patience = File.Exists(run.Result) ? PatienceForResults : TimeSpan.Zero;
        return CollectCommand.Run(opened, run.Folder, patience, result => OutputFile.Write(run.Result, result.Json()), cancellation);
    }
}
