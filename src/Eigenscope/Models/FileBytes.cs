using Microsoft.Win32.SafeHandles;

namespace Eigenscope.Models;

/// <summary>The bytes of a file, by positioned reads. Nothing is mapped, so a file that shrinks while it is read is an error and no crash.</summary>
public sealed class FileBytes : ByteSource
{
    private readonly SafeFileHandle handle;

    private FileBytes(string path, SafeFileHandle handle)
    {
        Path = path;
        this.handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="ModelFormatException">It is missing or empty, or may not be read.</exception>
    public static FileBytes Open(string path)
    {
        try
        {
            RequireContent(path);
            return new FileBytes(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFormatException(ModelFault.Missing, path, "no such file", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(ModelFault.Unreadable, path, $"cannot be opened: {e.Message}", inner: e);
        }
    }

    /// <summary>
    /// Throws for an impossible path, and for a file without content before it is opened: opening a named pipe would wait for a writer, and pipes and devices have
    /// the length 0.
    /// </summary>
    private static void RequireContent(string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
        {
            throw new ModelFormatException(ModelFault.Missing, path, "no path");
        }

        var file = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        if (file is { Exists: true, Length: 0 })
        {
            throw new ModelFormatException(ModelFault.Truncated, path, "the file is empty, or no regular file");
        }
    }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        while (destination.Length > 0)
        {
            var count = ReadSome(offset, destination);
            if (count == 0)
            {
                throw new ModelFormatException(ModelFault.Truncated, Path, $"the file ended early: {destination.Length} more bytes were there when it was opened", offset);
            }

            offset += count;
            destination = destination[count..];
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        handle.Dispose();
        base.Dispose();
    }

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(handle, destination, offset);
        }
        catch (IOException e)
        {
            throw new ModelFormatException(ModelFault.Unreadable, Path, $"reading failed: {e.Message}", offset, e);
        }
    }
}
