namespace Eigenscope.Cli;

/// <summary>Where a result goes: standard output, or a file that appears whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Throws at once where <paramref name="path"/> cannot be written, before any work is done.</summary>
    public static void RequireWritable(string? path)
    {
        if (path is null)
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"{path}: --out names a folder, a file is wanted");
        }

        var folder = FolderOf(path);
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{path}: --out lies in the folder {folder}, which does not exist");
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

        var temporary = Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.{Environment.ProcessId}.partial");
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
