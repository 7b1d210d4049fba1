using Eigenscope.Analysis;
using Eigenscope.Spectra;

namespace Eigenscope.Cluster;

/// <summary>The layers of a model dealt out to shards of about the same work: a pure function of the headers, the options and the number of shards, so that no shard needs to know of another.</summary>
/// <remarks>
/// The longest processing time first (Graham 1969): the dearest layer goes to the shard with the least work, ties by name and number. At most 4/3 - 1/(3n) times the best plan; with many layers beside
/// shards, nearly equal ones. Shards are numbered by falling work, as engines start them in order.
/// </remarks>
public sealed class ShardPlan
{
    private readonly ModelAnalysis begun;

    private ShardPlan(ModelAnalysis begun, IReadOnlyList<Shard> shards) => (this.begun, Shards) = (begun, shards);

    /// <summary>More shards than these are a mistake, or a file that somebody spoiled.</summary>
    internal static int MostShards => 100_000;

    /// <summary>The shards, as many as were asked for; some are empty where there are fewer layers.</summary>
    public IReadOnlyList<Shard> Shards { get; }

    /// <summary>All work, in the units of <see cref="Shard.Work"/>.</summary>
    public double Work => Shards.Sum(shard => shard.Work);

    /// <summary>The work of the largest shard over the mean, from 1; 0 where there is none.</summary>
    public double Balance => Work > 0 ? Shards[0].Work * Shards.Count / Work : 0;

    /// <summary>
    /// The working memory, in bytes, with which a shard on so many threads has a layer for each of them, and with which every layer whose singular values want it is analysed again by the accurate
    /// route, as on a machine with much memory: so no number depends on it.
    /// </summary>
    /// <param name="threads">Threads of a shard, at least 1.</param>
    public long WorkingMemory(int threads) => Shards.Max(shard => Math.Max(
        shard.Layers.Select(layer => Estimate(begun, layer).Memory).OrderDescending().Take(threads).Sum(),
        shard.Layers.Select(AccurateMemory).DefaultIfEmpty(0).Max()));

    /// <summary>Deals out what is pending in an analysis that was begun.</summary>
    /// <param name="begun">The analysis before its first layer.</param>
    /// <param name="count">How many shards, at least 1.</param>
    public static ShardPlan Of(ModelAnalysis begun, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var bins = Enumerable.Range(0, count).Select(_ => new List<LayerAnalysis>()).ToArray();
        var loads = new double[count];
        var least = new PriorityQueue<int, (double, int)>(Enumerable.Range(0, count).Select(bin => (bin, (0.0, bin))));
        foreach (var (layer, work) in Costs(begun).OrderByDescending(item => item.Work).ThenBy(item => item.Layer.Layer.Name, StringComparer.Ordinal).ThenBy(item => item.Layer.Layer.Id))
        {
            var bin = least.Dequeue();
            bins[bin].Add(layer);
            loads[bin] += work;
            least.Enqueue(bin, (loads[bin], bin));
        }

        return new(begun, [.. bins.Index().OrderByDescending(bin => loads[bin.Index]).ThenBy(bin => bin.Index).Select(bin => Of(begun, bin.Item, loads[bin.Index]))]);
    }

    /// <summary>What a layer costs, in the units of <see cref="Shard.Work"/>.</summary>
    internal static double WorkOf(ModelAnalysis begun, LayerAnalysis layer) => Estimate(begun, layer).Work;

    private static IEnumerable<(LayerAnalysis Layer, double Work)> Costs(ModelAnalysis begun) =>
        begun.Layers.Where(layer => layer.Status == LayerStatus.Pending).Select(layer => (layer, WorkOf(begun, layer)));

    private static Shard Of(ModelAnalysis begun, IReadOnlyList<LayerAnalysis> layers, double work) =>
        new(layers, work, layers.Select(layer => Estimate(begun, layer).Memory).DefaultIfEmpty(0).Max());

    private long AccurateMemory(LayerAnalysis layer) =>
        begun.Options.MayTurnAccurate && !(begun.Options.Approximate && Math.Min(layer.Layer.Rows, layer.Layer.Columns) > LanczosSpectrum.LargestExact) ? WorkEstimate.Of(layer.Layer, SpectrumRoute.Accurate, begun.Options).Memory : 0;

    private static WorkEstimate Estimate(ModelAnalysis begun, LayerAnalysis layer) => WorkEstimate.Of(layer.Layer, begun.Options.FirstRoute, begun.Options);
}

/// <summary>The layers that one process analyses.</summary>
/// <param name="Layers">Pending layers, the dearest first.</param>
/// <param name="Work">What they cost: floating-point operations, roughly.</param>
/// <param name="Memory">The working memory of the largest of them, in bytes, roughly.</param>
public sealed record Shard(IReadOnlyList<LayerAnalysis> Layers, double Work, long Memory);
