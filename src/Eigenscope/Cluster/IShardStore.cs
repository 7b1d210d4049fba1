using Eigenscope.Analysis;

namespace Eigenscope.Cluster;

/// <summary>Where shards leave what they have found, one result a layer, for others to find. Several processes may use it at the same time.</summary>
public interface IShardStore
{
    /// <summary>The result of a layer that is pending; null where there is none that is whole and of the same layer, settings and version.</summary>
    LayerAnalysis? Find(LayerAnalysis pending);

    /// <summary>Leaves the result of a layer: seen whole or not at all, and the same bytes whoever writes it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    void Write(LayerAnalysis result);
}
