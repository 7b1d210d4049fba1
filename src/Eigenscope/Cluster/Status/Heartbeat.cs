namespace Eigenscope.Cluster;

/// <summary>What the process of a shard says of itself now and then. It is for people to look at: nothing is decided by it, and no result holds any of it.</summary>
/// <param name="Schema">The version of the format.</param>
/// <param name="Shard">The number of the shard, from 0.</param>
/// <param name="Of">How many shards there are.</param>
/// <param name="Host">The name of the machine.</param>
/// <param name="ProcessId">The process there.</param>
/// <param name="Started">When it began, by that machine's clock, in UTC.</param>
/// <param name="State">How it is.</param>
/// <param name="InWork">The layers that it works on, those begun first in front.</param>
/// <param name="LayersDone">How many of its layers are there.</param>
/// <param name="Layers">How many it has.</param>
public sealed record Heartbeat(string Schema, int Shard, int Of, string Host, int ProcessId, DateTime Started, HeartbeatState State, IReadOnlyList<string> InWork, int LayersDone, int Layers)
{
    /// <summary>The format that is written and read.</summary>
    public const string CurrentSchema = "eigenscope/heartbeat/1";
}
