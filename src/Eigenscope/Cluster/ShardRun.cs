using System.Collections.Concurrent;
using Eigenscope.Analysis;

namespace Eigenscope.Cluster;

/// <summary>What became of a shard.</summary>
/// <param name="Analyzed">How many layers were analysed now.</param>
/// <param name="Found">How many were there already.</param>
/// <param name="Unfinished">Layers that failed for want of memory or because their file could not be read: nothing is left of them, another try may do.</param>
public sealed record ShardOutcome(int Analyzed, int Found, IReadOnlyList<LayerAnalysis> Unfinished);

/// <summary>Analyses the layers of a shard, and leaves each result as soon as it is there.</summary>
public static class ShardRun
{
    /// <summary>Runs a shard; what is there already is passed over when its turn comes.</summary>
    /// <param name="begun">The analysis of the model before its first layer; the model must be open.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="store">Where results go.</param>
    /// <param name="progress">Told of every layer, from any thread.</param>
    /// <param name="observer">Told of every layer when it begins and ends.</param>
    /// <param name="cancellation">Stops within a fraction of a second; what is done is kept.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="IOException">A result could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ShardOutcome Run(ModelAnalysis begun, Shard shard, IShardStore store, IProgress<AnalysisProgress>? progress = null, IShardObserver? observer = null, CancellationToken cancellation = default)
    {
        var (analyzed, found, unfinished) = (0, 0, new ConcurrentBag<LayerAnalysis>());
        using var schedule = new AnalysisSchedule(begun.Options, progress, cancellation);
        schedule.Run([.. shard.Layers.Select(layer => layer.Layer)], IsThere, Keep);
        return new(analyzed, found, [.. unfinished.OrderBy(layer => layer.Layer.Id)]);

        bool IsThere(Models.Layers.WeightMatrix layer)
        {
            if (store.Find(begun.Layers[layer.Id]) is null)
            {
                observer?.Began(layer);
                return false;
            }

            observer?.Ended(layer, isThere: true);
            Interlocked.Increment(ref found);
            return true;
        }

        void Keep(LayerAnalysis result)
        {
            if (result.IsTransient)
            {
                unfinished.Add(result);
                observer?.Ended(result.Layer, isThere: false);
                return;
            }

            store.Write(result);
            observer?.Ended(result.Layer, isThere: true);
            Interlocked.Increment(ref analyzed);
        }
    }

    /// <summary>The analysis with all that the store has; layers that are missing stay pending.</summary>
    /// <param name="begun">The analysis of the model before its first layer.</param>
    /// <param name="store">Where results are.</param>
    public static ModelAnalysis Collect(ModelAnalysis begun, IShardStore store) =>
        begun.With([.. begun.Layers.AsParallel().AsOrdered().Select(layer => layer.Status == LayerStatus.Pending ? store.Find(layer) ?? layer : layer)]);
}
