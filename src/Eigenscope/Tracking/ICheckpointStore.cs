using Eigenscope.Spectra;

namespace Eigenscope.Tracking;

/// <summary>
/// Keeps what was found of layers, by the content of their checkpoint, so that nothing is computed twice: not after a checkpoint was renamed, nor after a run that broke off. Used by one thread at a time.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>The checkpoint with what is known of its layers, which may not be all; null where nothing is.</summary>
    /// <param name="key">What it is kept under: its content.</param>
    TrackedCheckpoint? Find(string key);

    /// <summary>Begins to keep a checkpoint whose <see cref="TrackedCheckpoint.Layers"/> are still to come.</summary>
    void Begin(string key, TrackedCheckpoint checkpoint);

    /// <summary>Keeps a layer of it.</summary>
    /// <param name="key">What the checkpoint is kept under.</param>
    /// <param name="layer">The layer, which was analysed.</param>
    /// <param name="vectors">Its leading singular vectors; null where it has none.</param>
    void Add(string key, TrackedLayer layer, LeadingVectors? vectors);

    /// <summary>The leading singular vectors of a layer that is kept; null where it has none.</summary>
    LeadingVectors? Vectors(string key, int layer);
}
