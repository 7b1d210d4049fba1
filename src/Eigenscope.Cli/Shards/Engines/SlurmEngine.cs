using System.Text;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards.Engines;

/// <summary>Slurm, by its own programs on PATH: an array of tasks, and a job after it that collects.</summary>
/// <param name="given">The user's own options of sbatch.</param>
internal sealed class SlurmEngine(IReadOnlyList<string> given) : IEngine
{
    private const string Name = "slurm";
    private const string Sbatch = "sbatch";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public EngineSize Size()
    {
        string[] partition = SbatchOptions.ValueOf(given, "-p", "--partition") is { Length: > 0 } named ? ["-p", named] : [];
        var nodes = SlurmAnswers.Nodes(Output(ClientProgram.Run("sinfo", ["-h", "-N", .. partition, "-o", SlurmAnswers.NodeColumns])));
        var limit = SlurmAnswers.ArrayLimit(Output(ClientProgram.Run("scontrol", "show", "config"))) ?? SlurmAnswers.UsualArrayLimit;
        return new(nodes.Count > 0 ? nodes.Count : null, nodes.Count > 0 ? nodes.Min(node => node.Processors) : null, limit, nodes.Any(node => Short(node.Host) != Short(Environment.MachineName)));
    }

    public void RequireReady(string folder, bool force)
    {
        if (!ClientProgram.IsThere(Sbatch))
        {
            throw new UsageException("no sbatch on PATH: --engine slurm is for a machine that submits to a Slurm cluster; --dry-run shows what would be submitted");
        }

        if (folder.Any(char.IsControl))
        {
            throw new UsageException("--out: sbatch cannot read a path with control characters from a script");
        }

        if (!force && EngineFile.Read(folder) is { Engine: Name } last)
        {
            RequireEnded(folder, last);
        }
    }

    public string Text(EngineRun run) =>
        $"# {Path.Combine(run.Folder, SlurmScripts.ArrayFile)}\n{SlurmScripts.Array(run, given)}\n# {Path.Combine(run.Folder, SlurmScripts.CollectFile)}\n{SlurmScripts.Collect(run, given)}";

    public string Submit(EngineRun run)
    {
        Directory.CreateDirectory(run.Logs);
        var array = Write(run.Folder, SlurmScripts.ArrayFile, SlurmScripts.Array(run, given));
        var collect = Write(run.Folder, SlurmScripts.CollectFile, SlurmScripts.Collect(run, given));
        var file = new EngineFile(EngineFile.CurrentSchema, Name, Send([.. given, array], "nothing was submitted"), null, run.Shards);
        file.Write(run.Folder);
        file = file with { Collect = Send([.. SbatchOptions.ForCollect(given), "-d", $"afterany:{file.Array}", collect], $"job {file.Array} analyses all the same; afterwards: eigenscope collect {ShellWords.Quote(run.Folder)}") };
        file.Write(run.Folder);
        return $"job {file.Array}: {run.Shards} shards; job {file.Collect} then writes {run.Result}, or says in {Path.Combine(run.Logs, "collect.out")} what is missing";
    }

    public void Wait(string folder, CancellationToken cancellation)
    {
        var file = EngineFile.Read(folder)!;
        string[] jobs = file.Collect is null ? [file.Array] : [file.Array, file.Collect];
        while (!Array.TrueForAll(jobs, job => State(job).State is QueueState.Ended or QueueState.Forgotten))
        {
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Throws where the tasks of the last submission are in the queue, or may be. Only they matter: to collect twice does no harm.</summary>
    private static void RequireEnded(string folder, EngineFile last)
    {
        var (state, words) = State(last.Array);
        if (state == QueueState.Queued)
        {
            throw new UsageException($"{folder}: job {last.Array}, submitted before, is still in the queue; scancel {last.Array} ends it, --force submits beside it");
        }

        if (state == QueueState.Unknown)
        {
            throw new UsageException($"{folder}: job {last.Array}, submitted before, may still run, as the queue cannot be asked: {words} (--force submits all the same)");
        }

        if (state == QueueState.Forgotten)
        {
            Console.Error.WriteLine($"eigenscope: the queue does not know job {last.Array}, submitted before, any more; it is taken as ended");
        }
    }

    private static (QueueState State, string Words) State(string job)
    {
        var answer = ClientProgram.Run("squeue", "-h", "-o", "%i", "-j", job);
        return (SlurmAnswers.State(answer.ExitCode, answer.Output, answer.Error), answer.Words);
    }

    /// <summary>Submits a script, and returns the number of the job.</summary>
    private static string Send(IEnumerable<string> arguments, string otherwise)
    {
        var answer = ClientProgram.Run(Sbatch, ["--parsable", .. arguments]);
        return answer.ExitCode == 0 && SlurmAnswers.JobId(answer.Output) is { } id ? id : throw new UsageException($"{answer.Words} ({otherwise})");
    }

    private static string Write(string folder, string name, string script)
    {
        OutputFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(script));
        return Path.Combine(folder, name);
    }

    private static string Output(ProgramAnswer answer) => answer.ExitCode == 0 ? answer.Output : "";

    private static string Short(string host) => host.Split('.')[0];
}
