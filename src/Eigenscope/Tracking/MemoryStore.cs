using Eigenscope.Spectra;

namespace Eigenscope.Tracking;

/// <summary>Keeps what was found as long as the process lives.</summary>
public sealed class MemoryStore : ICheckpointStore
{
    private readonly Dictionary<string, (TrackedCheckpoint Checkpoint, Dictionary<int, (TrackedLayer Layer, LeadingVectors? Vectors)> Layers)> known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public TrackedCheckpoint? Find(string key) =>
        known.TryGetValue(key, out var found) ? found.Checkpoint with { Layers = [.. found.Layers.Values.Select(item => item.Layer).OrderBy(layer => layer.Id)] } : null;

    /// <inheritdoc/>
    public void Begin(string key, TrackedCheckpoint checkpoint) => known[key] = (checkpoint, []);

    /// <inheritdoc/>
    public void Add(string key, TrackedLayer layer, LeadingVectors? vectors) => known[key].Layers[layer.Id] = (layer, vectors);

    /// <inheritdoc/>
    public LeadingVectors? Vectors(string key, int layer) => known.TryGetValue(key, out var found) && found.Layers.TryGetValue(layer, out var item) ? item.Vectors : null;
}
