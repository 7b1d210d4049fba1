using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards.Engines;

/// <summary>What an engine says of itself.</summary>
/// <param name="Nodes">How many machines it has; null where nobody knows.</param>
/// <param name="Processors">Processors of the smallest; null where nobody knows.</param>
/// <param name="MostShards">The most tasks that it takes at once.</param>
/// <param name="OtherHosts">True where it has machines other than this one.</param>
internal sealed record EngineSize(int? Nodes, int? Processors, int MostShards, bool OtherHosts);

/// <summary>What runs a command for every shard, on machines that share a folder.</summary>
internal interface IEngine
{
    /// <summary>What it says of itself; nothing is changed by asking.</summary>
    EngineSize Size();

    /// <summary>Throws where nothing can be submitted into the folder now.</summary>
    /// <param name="folder">The folder that all shards share.</param>
    /// <param name="force">Also where what was submitted into it before may still run.</param>
    /// <exception cref="UsageException">It cannot.</exception>
    void RequireReady(string folder, bool force);

    /// <summary>What it would be given, for a reader.</summary>
    string Text(EngineRun run);

    /// <summary>Leaves its files in the folder, and has it run.</summary>
    /// <returns>What was submitted, as one line for the user.</returns>
    /// <exception cref="UsageException">It refuses.</exception>
    string Submit(EngineRun run);

    /// <summary>Waits until all that was submitted has ended, well or not.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Ends the waiting; what was submitted goes on.</param>
    void Wait(string folder, CancellationToken cancellation);
}
