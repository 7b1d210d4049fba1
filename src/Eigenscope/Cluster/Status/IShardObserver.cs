namespace Eigenscope.Cluster;

/// <summary>Who watches a shard at work; called from any thread.</summary>
public interface IShardObserver
{
    /// <summary>A part is worked on from now on.</summary>
    void Began(ShardPart part);

    /// <summary>A part has been dealt with.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isThere">True where its result is there, whoever made it.</param>
    void Ended(ShardPart part, bool isThere);
}
