using System.Collections.Concurrent;
using Eigenscope.Analysis;

namespace Eigenscope.Cluster;

/// <summary>What became of a shard.</summary>
/// <param name="Made">How many of its parts were done now.</param>
/// <param name="Found">How many were there already.</param>
/// <param name="Unfinished">Parts of which nothing is left, for want of memory or because a file could not be read, and why: another try may do.</param>
public sealed record ShardOutcome(int Made, int Found, IReadOnlyList<(ShardPart Part, string Reason)> Unfinished);

/// <summary>Does the parts of a shard, and leaves each result as soon as it is there.</summary>
public static class ShardRun
{
    /// <summary>Runs a shard; what is there already is passed over when its turn comes.</summary>
    /// <param name="work">What is done; its models must be open.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="store">Where results go.</param>
    /// <param name="progress">Told of every part, from any thread.</param>
    /// <param name="observer">Told of every part when it begins and ends.</param>
    /// <param name="cancellation">Stops within a fraction of a second; what is done is kept.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="IOException">A result could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ShardOutcome Run(IShardWork work, Shard shard, ShardStore store, IProgress<AnalysisProgress>? progress = null, IShardObserver? observer = null, CancellationToken cancellation = default)
    {
        var (made, found, unfinished) = (0, 0, new ConcurrentBag<(ShardPart Part, string Reason)>());
        work.Run(shard.Parts, IsThere, Keep, progress, cancellation);
        return new(made, found, [.. unfinished.OrderBy(item => item.Part.Id)]);

        bool IsThere(ShardPart part)
        {
            if (!store.Has(part))
            {
                observer?.Began(part);
                return false;
            }

            observer?.Ended(part, isThere: true);
            Interlocked.Increment(ref found);
            return true;
        }

        void Keep(ShardPart part, ShardResult result)
        {
            if (result.Content is null)
            {
                unfinished.Add((part, result.Reason!));
                observer?.Ended(part, isThere: false);
                return;
            }

            store.Write(part, result.Content);
            observer?.Ended(part, isThere: true);
            Interlocked.Increment(ref made);
        }
    }
}
