namespace Eigenscope.Tracking;

/// <summary>What orders a checkpoint among others, and stays known after it was deleted.</summary>
/// <param name="Path">Where it is, or was.</param>
/// <param name="IsFile">True for one file, whose ending is no part of its name.</param>
/// <param name="TrainerStep">What a trainer wrote beside the weights; null where nothing.</param>
/// <param name="WrittenAt">When the newest of its files was written, in UTC; null for a model elsewhere.</param>
public sealed record CheckpointTrace(string Path, bool IsFile, long? TrainerStep, DateTime? WrittenAt)
{
    /// <summary>The name, without the ending of a file.</summary>
    internal string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path)) is var name && IsFile ? System.IO.Path.GetFileNameWithoutExtension(name) : name;

    /// <summary>The name with that of the folder before it, for <c>step100/model.safetensors</c>.</summary>
    internal string LongName => $"{System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(Path)) ?? "")}/{Name}";

    /// <summary>That of a checkpoint that is there.</summary>
    /// <param name="path">A weight file, a folder of one model, or an address.</param>
    public static CheckpointTrace Of(string path) => IsElsewhere(path)
        ? new(path, IsFile: false, null, null)
        : new(path, File.Exists(path), TrainerState.StepOf(path), CheckpointFolder.FilesOf(path).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max());

    /// <summary>True for an address.</summary>
    internal static bool IsElsewhere(string path) => path.Contains("://", StringComparison.Ordinal);
}
