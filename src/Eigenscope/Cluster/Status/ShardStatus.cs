using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cluster;

/// <summary>How far the shards of a model are: what is done by the results that are there, and beside it what shards say of themselves.</summary>
/// <param name="Layers">How many layers are to be done.</param>
/// <param name="LayersDone">How many results are there.</param>
/// <param name="Work">What all of it costs, in the units of <see cref="ShardPart.Work"/>.</param>
/// <param name="WorkDone">What is done of it.</param>
/// <param name="Missing">The layers whose results are not there, in the order of the model.</param>
/// <param name="Rate">How fast it goes; null where nothing can be said.</param>
/// <param name="Count">How many shards there are; null where nothing says so.</param>
/// <param name="Shards">Every shard, by number, and those of an earlier plan that still run.</param>
public sealed record ShardStatus(int Layers, int LayersDone, double Work, double WorkDone, IReadOnlyList<string> Missing, ShardRate? Rate, int? Count, IReadOnlyList<ShardStanding> Shards)
{
    /// <summary>Who has given no sign of life for so long looks dead: several beats.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int LogLines = 5;

    /// <summary>True where no result is missing.</summary>
    public bool IsComplete => LayersDone == Layers;

    /// <summary>The share of the work that is done, 0 to 1.</summary>
    public double Share => IsComplete ? 1 : Work > 0 ? WorkDone / Work : 0;

    /// <summary>True for a shard that says that it runs, and has said so within the last minute.</summary>
    public static bool IsAlive(SeenHeartbeat seen, DateTime now) => seen.Beat.State == HeartbeatState.Running && now - seen.Written <= Patience;

    /// <summary>Puts together what is known.</summary>
    /// <param name="parts">All that is to be done.</param>
    /// <param name="found">When the result of each part that is there was written, by the part's number.</param>
    /// <param name="beats">What was heard of shards.</param>
    /// <param name="engine">What is known of the engine; null for nothing.</param>
    /// <param name="logs">What shards have printed.</param>
    /// <param name="now">The time, in UTC.</param>
    public static ShardStatus Of(IReadOnlyList<ShardPart> parts, IReadOnlyDictionary<int, DateTime> found, IReadOnlyList<SeenHeartbeat> beats, EngineNote? engine, ShardLogs logs, DateTime now)
    {
        List<ShardPart> missing = [.. parts.Where(part => !found.ContainsKey(part.Id))];
        var count = CountOf(beats, engine);
        var (work, left) = (parts.Sum(part => part.Work), missing.Sum(part => part.Work));
        return new(
            parts.Count, parts.Count - missing.Count, work, work - left, [.. missing.Select(part => part.Name)], ShardRate.Of(parts, found, beats, now), count,
            [.. count is { } n ? ShardPlan.Of(parts, n).Shards.Select((shard, index) => Standing(index, n, shard, found, beats, logs, now)) : [], .. Others(beats, count, now)]);
    }

    /// <summary>How many shards there are: who spoke last is right, since a model may be taken up again with another number.</summary>
    private static int? CountOf(IReadOnlyList<SeenHeartbeat> beats, EngineNote? engine)
    {
        var last = beats.MaxBy(seen => seen.Written);
        return engine is { Shards: { } shards } && (last is null || engine.Written > last.Written) ? shards : last?.Beat.Of;
    }

    private static ShardStanding Standing(int index, int count, Shard shard, IReadOnlyDictionary<int, DateTime> found, IReadOnlyList<SeenHeartbeat> beats, ShardLogs logs, DateTime now)
    {
        var done = shard.Parts.Count(part => found.ContainsKey(part.Id));
        var last = beats.FirstOrDefault(seen => seen.Beat.Shard == index && seen.Beat.Of == count);
        var condition = ConditionOf(last, isDone: done == shard.Parts.Count, logs.Written(index), now);
        return new(index, count, condition, done, shard.Parts.Count, last, condition is ShardCondition.Dead or ShardCondition.Failed ? logs.Tail(index, LogLines) : []);
    }

    private static ShardCondition ConditionOf(SeenHeartbeat? last, bool isDone, DateTime? logged, DateTime now) => last switch
    {
        { } alive when IsAlive(alive, now) => ShardCondition.Running,
        _ when isDone => ShardCondition.Done,
        { Beat.State: HeartbeatState.Failed } => ShardCondition.Failed,
        { Beat.State: HeartbeatState.Stopped } => ShardCondition.Stopped,
        { Beat.State: HeartbeatState.Done } => ShardCondition.Incomplete,
        { } => ShardCondition.Dead,
        // It printed something and never came so far as to give a sign.
        null when logged is { } at && now - at > Patience => ShardCondition.Dead,
        null => ShardCondition.NotStarted,
    };

    private static IEnumerable<ShardStanding> Others(IReadOnlyList<SeenHeartbeat> beats, int? count, DateTime now) =>
        beats.Where(seen => seen.Beat.Of != count && IsAlive(seen, now)).Select(seen => new ShardStanding(seen.Beat.Shard, seen.Beat.Of, ShardCondition.Running, seen.Beat.LayersDone, seen.Beat.Layers, seen, []));
}
