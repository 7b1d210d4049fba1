namespace Eigenscope.Models;

/// <summary>The files of a folder on disk.</summary>
/// <param name="path">The folder as it was given.</param>
/// <param name="file">The file in it that was given; null for the whole folder.</param>
internal sealed class FolderFiles(string path, string? file = null) : CompanionFiles
{
    private readonly Lazy<IReadOnlyList<string>> roots = new(() => Roots(RealPath(System.IO.Path.GetFullPath(path))));
    private readonly Lazy<IReadOnlyList<string>> names = new(() => List(path));

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => names.Value;

    /// <summary>The folder of a file.</summary>
    public static FolderFiles Beside(string file) => new(System.IO.Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".", file);

    /// <inheritdoc/>
    protected override string Subject => file ?? path;

    /// <inheritdoc/>
    protected override ByteSource OpenPlain(string path)
    {
        var full = System.IO.Path.Combine(Path, path);
        return !File.Exists(full) || IsInside(RealPath(System.IO.Path.GetFullPath(full))) ? FileBytes.Open(full) : throw Outside(path);
    }

    /// <inheritdoc/>
    protected override ByteSource OpenFound(string name) => FileBytes.Open(System.IO.Path.Combine(Path, name));

    private bool IsInside(string file) => roots.Value.Any(root => file.StartsWith(System.IO.Path.EndsInDirectorySeparator(root) ? root : root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>Where files may lie: in the folder, and, where it is a snapshot in the cache of the Hugging Face hub, among the blobs that its files are links to.</summary>
    private static IReadOnlyList<string> Roots(string folder) =>
        System.IO.Path.GetDirectoryName(folder) is { } snapshots && System.IO.Path.GetFileName(snapshots) == "snapshots" && System.IO.Path.GetDirectoryName(snapshots) is { } repository
            ? [folder, System.IO.Path.Combine(repository, "blobs")]
            : [folder];

    private static IReadOnlyList<string> List(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(ModelFault.Unreadable, folder, $"the folder cannot be listed: {e.Message}", inner: e);
        }
    }

    /// <summary>The path with every link on the way resolved.</summary>
    private static string RealPath(string path)
    {
        var root = System.IO.Path.GetPathRoot(path)!;
        var resolved = root;
        foreach (var part in path[root.Length..].Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = System.IO.Path.Combine(resolved, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            resolved = info.LinkTarget is null ? next : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target && target != next ? RealPath(target) : next;
        }

        return resolved;
    }
}
