namespace Eigenscope.Models;

/// <summary>The files beside a model file on disk.</summary>
/// <param name="file">The path of the model file.</param>
internal sealed class FolderFiles(string file) : CompanionFiles, IDisposable
{
    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
    private readonly string realFolder = RealPath(Path.GetDirectoryName(Path.GetFullPath(file))!);
    private readonly Dictionary<string, ByteSource> open = new(StringComparer.Ordinal);

    /// <summary>The files that were opened, each once.</summary>
    public IReadOnlyCollection<ByteSource> Opened => open.Values;

    /// <inheritdoc/>
    public override ByteSource Open(string path)
    {
        var full = Confined(path);
        if (!open.TryGetValue(full, out var bytes))
        {
            bytes = FileBytes.Open(full);
            open.Add(full, bytes);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public override bool Has(string path) => IsPlain(path) && File.Exists(Path.Combine(folder, path)) && IsInside(RealPath(Path.Combine(folder, path)));

    public void Dispose()
    {
        foreach (var bytes in open.Values)
        {
            bytes.Dispose();
        }
    }

    private string Confined(string path)
    {
        if (!IsPlain(path))
        {
            throw Outside(path);
        }

        var full = Path.Combine(folder, path);
        return !File.Exists(full) || IsInside(RealPath(full)) ? full : throw Outside(path);
    }

    private bool IsInside(string real) => real.StartsWith(Path.EndsInDirectorySeparator(realFolder) ? realFolder : realFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private ModelFormatException Outside(string path) => new(ModelFault.Unsafe, file, $"the file names '{path}', and only files in its own folder are opened");

    /// <summary>Relative, without steps upwards, drives, or separators of another system.</summary>
    private static bool IsPlain(string path) =>
        path.Length > 0 && !path.AsSpan().ContainsAny("\\:\0") && path[0] != '/' && !Array.Exists(path.Split('/'), part => part is "" or "." or "..");

    /// <summary>The path with every link on the way resolved.</summary>
    private static string RealPath(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = info.LinkTarget is null ? next : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target && target != next ? RealPath(target) : next;
        }

        return real;
    }
}
