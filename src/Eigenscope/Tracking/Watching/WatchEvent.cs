namespace Eigenscope.Tracking;

/// <summary>What a watch saw.</summary>
public enum WatchEventKind
{
    /// <summary>A checkpoint is complete, and its layers are known.</summary>
    Tracked,

    /// <summary>Other weights lie where a checkpoint was; what was known of it is replaced.</summary>
    Replaced,

    /// <summary>A known checkpoint has another name now.</summary>
    Renamed,

    /// <summary>A known checkpoint is gone; what is known of it stays.</summary>
    Deleted,

    /// <summary>What lies there is no complete checkpoint; it is looked at again when it changes.</summary>
    Incomplete,

    /// <summary>What lies there are the weights of a known checkpoint that is still there; it counts once.</summary>
    Copy,
}

/// <summary>Something that a watch saw.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">Where.</param>
/// <param name="Note">What else there is to say: why it is incomplete, or the other path; null where nothing.</param>
public sealed record WatchEvent(WatchEventKind Kind, string Path, string? Note = null);
