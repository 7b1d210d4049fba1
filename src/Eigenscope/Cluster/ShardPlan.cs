namespace Eigenscope.Cluster;

/// <summary>Work dealt out to shards of about the same size: a pure function of its parts and the number of shards, so that no shard needs to know of another.</summary>
/// <remarks>
/// The longest processing time first (Graham 1969): the dearest part goes to the shard with the least work, ties by name and number. At most 4/3 - 1/(3n) times the best plan; with many parts beside
/// shards, nearly equal ones. Shards are numbered by falling work, as engines start them in order.
/// </remarks>
public sealed class ShardPlan
{
    private ShardPlan(IReadOnlyList<Shard> shards) => Shards = shards;

    /// <summary>More shards than these are a mistake, or a file that somebody spoiled.</summary>
    internal static int MostShards => 100_000;

    /// <summary>The shards, as many as were asked for; some are empty where there are fewer parts.</summary>
    public IReadOnlyList<Shard> Shards { get; }

    /// <summary>All work, in the units of <see cref="ShardPart.Work"/>.</summary>
    public double Work => Shards.Sum(shard => shard.Work);

    /// <summary>The work of the largest shard over the mean, from 1; 0 where there is none.</summary>
    public double Balance => Work > 0 ? Shards[0].Work * Shards.Count / Work : 0;

    /// <summary>The working memory, in bytes, with which a shard on so many threads has a part for each of them, and with which every part is done as on a machine that has much: so no number depends on it.</summary>
    /// <param name="threads">Threads of a shard, at least 1.</param>
    public long WorkingMemory(int threads) => Shards.Max(shard => Math.Max(
        shard.Parts.Select(part => part.Memory).OrderDescending().Take(threads).Sum(),
        shard.Parts.Select(part => part.MostMemory).DefaultIfEmpty(0).Max()));

    /// <summary>Deals out parts.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="count">How many shards, at least 1.</param>
    public static ShardPlan Of(IReadOnlyList<ShardPart> parts, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var bins = Enumerable.Range(0, count).Select(_ => new List<ShardPart>()).ToArray();
        var loads = new double[count];
        var least = new PriorityQueue<int, (double, int)>(Enumerable.Range(0, count).Select(bin => (bin, (0.0, bin))));
        foreach (var part in parts.OrderByDescending(part => part.Work).ThenBy(part => part.Name, StringComparer.Ordinal).ThenBy(part => part.Id))
        {
            var bin = least.Dequeue();
            bins[bin].Add(part);
            loads[bin] += part.Work;
            least.Enqueue(bin, (loads[bin], bin));
        }

        return new([.. bins.Index().OrderByDescending(bin => loads[bin.Index]).ThenBy(bin => bin.Index).Select(bin => new Shard(bin.Item, loads[bin.Index]))]);
    }
}

/// <summary>The parts that one process does.</summary>
/// <param name="Parts">The parts, the dearest first.</param>
/// <param name="Work">What they cost, in the units of <see cref="ShardPart.Work"/>.</param>
public sealed record Shard(IReadOnlyList<ShardPart> Parts, double Work);
