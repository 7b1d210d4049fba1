using Eigenscope.Models.Layers;

namespace Eigenscope.Cluster;

/// <summary>Who watches a shard at work; called from any thread.</summary>
public interface IShardObserver
{
    /// <summary>A layer is analysed from now on.</summary>
    void Began(WeightMatrix layer);

    /// <summary>A layer has been dealt with.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="isThere">True where its result is there, whoever made it.</param>
    void Ended(WeightMatrix layer, bool isThere);
}
