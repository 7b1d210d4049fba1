namespace Eigenscope.Cluster.Engines;

/// <summary>What an engine says of its tasks. It explains what results do not tell, and decides nothing.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Job">What it calls the shards.</param>
/// <param name="Text">All of it in a line.</param>
/// <param name="States">What it says of single shards, by number.</param>
public sealed record EngineAnswer(string Engine, string Job, string Text, IReadOnlyDictionary<int, string> States);
