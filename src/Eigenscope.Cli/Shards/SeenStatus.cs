using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards;

/// <summary>How it stood with a folder of shards when it was looked at.</summary>
/// <param name="Title">The models as they were named.</param>
/// <param name="Status">How far it was.</param>
/// <param name="Engine">What the engine said; null for nothing.</param>
/// <param name="Time">When, in UTC.</param>
internal sealed record SeenStatus(string Title, ShardStatus Status, EngineAnswer? Engine, DateTime Time);
