namespace Eigenscope.Tracking;

/// <summary>The files of a checkpoint as they lie on the disk: names, sizes and times of writing. Where two looks find the same, nothing was written between them.</summary>
/// <param name="Text">A line a file.</param>
public readonly record struct FileState(string Text)
{
    /// <summary>Looks at a checkpoint; null where it is gone.</summary>
    internal static FileState? Of(string checkpoint)
    {
        try
        {
            var files = CheckpointFolder.FilesOf(checkpoint).Select(path => new FileInfo(path)).ToList();
            return files.Count == 0 || !files.TrueForAll(file => file.Exists) ? null : new(string.Join('\n', files.Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
