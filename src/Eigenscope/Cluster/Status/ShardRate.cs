namespace Eigenscope.Cluster;

/// <summary>How fast the shards that run now get on.</summary>
/// <param name="LayersPerMinute">Layers a minute.</param>
/// <param name="WorkPerSecond">Work a second, in the units of <see cref="ShardPart.Work"/>.</param>
/// <param name="Left">The time that what is missing takes at this rate: too short where the last shards run alone, too long where more are about to start.</param>
public sealed record ShardRate(double LayersPerMinute, double WorkPerSecond, TimeSpan Left)
{
    /// <summary>Fewer results than these tell no rate.</summary>
    private const int LeastResults = 3;

    private static readonly TimeSpan LongestLeft = TimeSpan.FromDays(3650);

    /// <summary>The rate of a run; null where nothing can be said: no shard runs, or too little is done yet.</summary>
    /// <param name="parts">All parts.</param>
    /// <param name="found">When the result of each part that is there was written.</param>
    /// <param name="beats">What was heard of shards.</param>
    /// <param name="now">The time, in UTC.</param>
    public static ShardRate? Of(IReadOnlyList<ShardPart> parts, IReadOnlyDictionary<int, DateTime> found, IReadOnlyList<SeenHeartbeat> beats, DateTime now)
    {
        if (Start(beats, now) is not { } start)
        {
            return null;
        }

        List<ShardPart> made = [.. parts.Where(part => found.TryGetValue(part.Id, out var written) && written >= start)];
        var (seconds, work) = ((now - start).TotalSeconds, made.Sum(part => part.Work));
        var left = parts.Where(part => !found.ContainsKey(part.Id)).Sum(part => part.Work);
        return made.Count >= LeastResults && seconds > 0 && left > 0
            ? new(made.Count / seconds * 60, work / seconds, TimeSpan.FromSeconds(Math.Min(LongestLeft.TotalSeconds, left / work * seconds)))
            : null;
    }

    /// <summary>When the run began that goes on now: shards that followed one another without a pause belong together. Null where none runs.</summary>
    private static DateTime? Start(IReadOnlyList<SeenHeartbeat> beats, DateTime now)
    {
        DateTime? start = null;
        foreach (var seen in beats.OrderByDescending(seen => seen.Written))
        {
            if (start is null ? !ShardStatus.IsAlive(seen, now) : seen.Written < start - ShardStatus.Patience)
            {
                continue;
            }

            start = start is null || seen.Beat.Started < start ? seen.Beat.Started : start;
        }

        return start;
    }
}
