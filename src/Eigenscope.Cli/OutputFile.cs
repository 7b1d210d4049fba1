namespace Eigenscope.Cli;

/// <summary>Where a result goes: standard output, or a file that appears whole or not at all.</summary>
internal static class OutputFile
{
    private static string? partial;

    /// <summary>Throws at once where <paramref name="path"/> cannot be written, before any work is done.</summary>
    public static void RequireWritable(string? path, string option = "--out")
    {
        if (path is null)
        {
            return;
        }

        if (path.Length == 0)
        {
            throw new UsageException($"{option} '' names no file");
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"{path}: {option} names a folder, a file is wanted");
        }

        var folder = FolderOf(path);
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{path}: {option} lies in the folder {folder}, which does not exist");
        }
    }

    /// <summary>Writes a result.</summary>
    public static void Write(string? path, ReadOnlySpan<byte> content)
    {
        if (path is null)
        {
            using var standard = Console.OpenStandardOutput();
            standard.Write(content);
            return;
        }

        if (IsDevice(Path.GetFullPath(path)))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            device.Write(content);
            return;
        }

        path = Resolved(path);
        partial = Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.partial");
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            DiscardPartial();
        }
    }

    /// <summary>Removes what has been written of a file that is not whole.</summary>
    public static void DiscardPartial()
    {
        if (partial is { } path)
        {
            File.Delete(path);
        }
    }

    /// <summary>The file that a link leads to, so that the link stays what it is.</summary>
    private static string Resolved(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    /// <summary>Devices and the process's own streams are written to; renaming a file over one would replace it.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
