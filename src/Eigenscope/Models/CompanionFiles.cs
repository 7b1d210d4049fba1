namespace Eigenscope.Models;

/// <summary>
/// The files of a model: those in its folder, which may be elsewhere, and below it, links included. A file may name others, and no others than these. They stay open until all are disposed.
/// </summary>
public abstract class CompanionFiles : IDisposable
{
    private readonly Dictionary<string, ByteSource> open = new(StringComparer.Ordinal);

    /// <summary>The folder as messages show it.</summary>
    public abstract string Path { get; }

    /// <summary>The names of the files in the folder itself, in ordinal order.</summary>
    /// <exception cref="ModelFormatException">They cannot be listed.</exception>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The files that were opened, each once.</summary>
    internal IReadOnlyCollection<ByteSource> Opened => open.Values;

    /// <summary>Opens a file by its path relative to the folder, once.</summary>
    /// <param name="path">With <c>/</c> between folders.</param>
    /// <exception cref="ModelFormatException">It is missing, or the path is absolute or leads out of the folder (<see cref="ModelFault.Unsafe"/>).</exception>
    public ByteSource Open(string path) => Once(path, () => IsPlain(path) ? OpenPlain(path) : throw Outside(path));

    /// <summary>Opens one of <see cref="Names"/>, once; it may be a link to anywhere, for the user named the folder, and no file named the file.</summary>
    internal ByteSource OpenListed(string name) => Once(name, () => OpenFound(name));

    /// <summary>True where the folder itself has a file of that name.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        foreach (var bytes in open.Values)
        {
            bytes.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>True for files that are open already.</summary>
    internal bool IsOpen(string path) => open.ContainsKey(path);

    /// <summary>What an error is about: the file that was opened, or the folder.</summary>
    protected virtual string Subject => Path;

    /// <summary>Opens a file by a path without steps upwards.</summary>
    protected abstract ByteSource OpenPlain(string path);

    /// <summary>Opens a file that was found in the folder.</summary>
    protected virtual ByteSource OpenFound(string name) => OpenPlain(name);

    private ByteSource Once(string path, Func<ByteSource> opening)
    {
        if (!open.TryGetValue(path, out var bytes))
        {
            bytes = opening();
            open.Add(path, bytes);
        }

        return bytes;
    }

    /// <summary>The error for a path that leads elsewhere.</summary>
    protected ModelFormatException Outside(string path) => new(ModelFault.Unsafe, Subject, $"the model names '{path}', and only files in its own folder are opened");

    /// <summary>Relative, without steps upwards, drives, or separators of another system.</summary>
    private static bool IsPlain(string path) =>
        path.Length > 0 && !path.AsSpan().ContainsAny("\\:\0") && !Array.Exists(path.Split('/'), part => part is "" or "." or "..");
}
