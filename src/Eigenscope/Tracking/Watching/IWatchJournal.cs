namespace Eigenscope.Tracking;

/// <summary>What a watch knows of a checkpoint, so that it can go on after a restart, also where the checkpoint was deleted meanwhile.</summary>
/// <param name="Trace">What orders it.</param>
/// <param name="State">Its files when they were read.</param>
/// <param name="Content">What its layers are kept under.</param>
/// <param name="Layers">Which of the layers that are kept belong to this watch, by their ids.</param>
public sealed record JournalEntry(CheckpointTrace Trace, FileState State, string Content, IReadOnlyList<int> Layers);

/// <summary>Keeps what a watch knows.</summary>
public interface IWatchJournal
{
    /// <summary>What was saved last; nothing where nothing was.</summary>
    IReadOnlyList<JournalEntry> Load();

    /// <summary>Saves what is known.</summary>
    void Save(IReadOnlyList<JournalEntry> entries);
}
