namespace Eigenscope.Tracking;

/// <summary>A tensor that is not followed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record UntrackedLayer(string Name, string Reason);

/// <summary>A checkpoint and what was found of its layers.</summary>
public sealed record TrackedCheckpoint
{
    /// <summary>Where it is, or was.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>False where it was deleted after it had been analysed.</summary>
    public bool IsPresent { get; init; } = true;

    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Failure { get; init; }

    /// <summary>SHA-256 of its files; null for a model elsewhere, and where it could not be read.</summary>
    public string? Content { get; init; }

    /// <summary>The name of the file format; empty where it could not be read.</summary>
    public string Format { get; init; } = "";

    /// <summary>The architecture; null where none is stated.</summary>
    public string? Architecture { get; init; }

    /// <summary>The number of stored elements.</summary>
    public long Parameters { get; init; }

    /// <summary>The size of its weight files.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 over names, types and shapes; null where it could not be read.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Its layers that were asked for, in the order of the model, failed ones included.</summary>
    public IReadOnlyList<TrackedLayer> Layers { get; init; } = [];

    /// <summary>Its other tensors.</summary>
    public IReadOnlyList<UntrackedLayer> Untracked { get; init; } = [];

    /// <summary>True where something of it could not be had.</summary>
    public bool HasFailures => Failure is not null || Layers.Any(layer => layer.Failure is not null);

    /// <summary>What its layers are kept under.</summary>
    internal string Key => Content ?? Checkpoint.Path;

    /// <summary>The layer of a name; null where it has none.</summary>
    public TrackedLayer? Layer(string name) => Layers.FirstOrDefault(layer => layer.Name == name);
}
