namespace Eigenscope.Cluster;

/// <summary>How it stands with a shard, and how that is known.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Of">How many shards there are; another number than that of the others for one that is left of an earlier plan and still runs.</param>
/// <param name="Condition">How it stands.</param>
/// <param name="LayersDone">How many of its layers are there.</param>
/// <param name="Layers">How many it has.</param>
/// <param name="Last">What was heard of it last; null for nothing.</param>
/// <param name="LogLines">The last lines of its log, where it has failed or looks dead.</param>
public sealed record ShardStanding(int Index, int Of, ShardCondition Condition, int LayersDone, int Layers, SeenHeartbeat? Last, IReadOnlyList<string> LogLines)
{
    /// <summary>True where somebody may want to do something about it.</summary>
    public bool IsTrouble => Condition is ShardCondition.Dead or ShardCondition.Failed or ShardCondition.Stopped or ShardCondition.Incomplete;
}
