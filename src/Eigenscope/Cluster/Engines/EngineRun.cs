namespace Eigenscope.Cluster.Engines;

/// <summary>What an engine is to run: the same command for every shard, with its number.</summary>
/// <param name="Tool">The words that start the tool.</param>
/// <param name="Command">The command of the tool.</param>
/// <param name="Models">Its models as they were named.</param>
/// <param name="From">The folder from which they were named.</param>
/// <param name="Folder">The folder that all shards share, its full path.</param>
/// <param name="Arguments">The options that change a number.</param>
/// <param name="Shards">How many shards.</param>
/// <param name="Threads">Threads of a task.</param>
/// <param name="WorkingMemory">Bytes that the layers in work of a task may take.</param>
public sealed record EngineRun(IReadOnlyList<string> Tool, string Command, IReadOnlyList<string> Models, string From, string Folder, IReadOnlyList<string> Arguments, int Shards, int Threads, long WorkingMemory)
{
    /// <summary>What the runtime and the headers of a model take beside the layers, in MiB.</summary>
    private const long Base = 512;
    private const long Step = 64;

    /// <summary>Working memory in MiB, rounded up.</summary>
    public long WorkingMebibytes => (WorkingMemory + (Step << 20) - 1) / (Step << 20) * Step;

    /// <summary>The memory to ask for, for a task, in MiB.</summary>
    public long TaskMebibytes => Base + WorkingMebibytes;

    /// <summary>Where tasks write what they say.</summary>
    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>Where the result of all shards goes.</summary>
    public string Result => Path.Combine(Folder, "result.json");
}
