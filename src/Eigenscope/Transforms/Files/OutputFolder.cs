using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Eigenscope.Transforms;

/// <summary>
/// A model that is being written: beside the folder that it will be, under the name of that with <see cref="Ending"/>. It is renamed when all is written, so that the folder is whole or not there.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    /// <summary>What the name of an unfinished folder ends with.</summary>
    public const string Ending = ".partial";

    /// <summary>The file that says that the unfinished folder was made by a run, and that is locked while one is writing.</summary>
    public const string LockName = "writing.lock";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, SafeFileHandle> files = new(StringComparer.Ordinal);

    private FileStream? held;

    private OutputFolder(string path) => Path = path;

    /// <summary>The folder that it will be.</summary>
    public string Path { get; }

    /// <summary>Where it is until then.</summary>
    public string Work => Path + Ending;

    /// <summary>Throws where a folder cannot be written, before any work is done.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="MergeException">There is something already, or no folder to put it in.</exception>
    public static void RequireFree(string path)
    {
        if (path.Length == 0)
        {
            throw new MergeException("the name of the folder to write is empty; name one that does not exist or is empty");
        }

        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
        {
            throw new MergeException($"{path}: there is something already; name a folder that does not exist or is empty");
        }

        var parent = System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(full));
        if (parent is not null && !Directory.Exists(parent))
        {
            throw new MergeException($"{path}: the folder {parent} does not exist");
        }
    }

    /// <summary>Begins, or goes on where the unfinished folder is there and <paramref name="resumes"/>; else what is left of an unfinished one is removed.</summary>
    /// <exception cref="MergeException">There is something already, another run is writing the folder, or what has the name of the unfinished folder was not left by a run.</exception>
    public static OutputFolder Open(string path, bool resumes)
    {
        RequireFree(path);
        var folder = new OutputFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        if (File.Exists(folder.Work) || (Directory.Exists(folder.Work) && !File.Exists(folder.At(LockName)) && Directory.EnumerateFileSystemEntries(folder.Work).Any()))
        {
            throw new MergeException($"{folder.Work}: this is where {path} is written until it is complete, and what is there was left by no run; move it away, or name another folder");
        }

        Directory.CreateDirectory(folder.Work);
        folder.Lock();
        if (!resumes)
        {
            folder.RemoveAllBut([]);
        }

        return folder;
    }

    /// <summary>Makes the files of weights with their headers, at their full length; those that are there stay, and all else that a run before has left is removed but the journal.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void Begin(OutputLayout layout)
    {
        RemoveAllBut([MergeJournal.Name, .. layout.Shards.Select(shard => shard.Name)]);
        foreach (var shard in layout.Shards)
        {
            var file = File.OpenHandle(At(shard.Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            files.Add(shard.Name, file);
            RandomAccess.SetLength(file, shard.Length);
            RandomAccess.Write(file, shard.Header, 0);
        }
    }

    /// <summary>The path of a file in the unfinished folder.</summary>
    public string At(string name) => System.IO.Path.Combine(Work, name);

    /// <summary>Writes bytes of a tensor.</summary>
    public void Write(OutputPlace place, long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(files[place.File], bytes, place.Offset + offset);

    /// <summary>Reads bytes of a tensor back.</summary>
    public void Read(OutputPlace place, long offset, Span<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(files[place.File], bytes[done..], place.Offset + offset + done);
            done += read > 0 ? read : throw new IOException($"{At(place.File)} ends too early");
        }
    }

    /// <summary>Writes the list of files, where there are several.</summary>
    public void WriteIndex(OutputLayout layout)
    {
        if (layout.Shards.Count < 2)
        {
            return;
        }

        using var stream = File.Create(At(OutputLayout.IndexName));
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", layout.Shards.Sum(shard => shard.Length - shard.Header.Length));
        json.WriteEndObject();
        json.WriteStartObject("weight_map");
        foreach (var (name, shard) in layout.Shards.SelectMany(shard => shard.Tensors, (shard, tensor) => (tensor.Name, shard.Name)).OrderBy(entry => entry.Item1, StringComparer.Ordinal))
        {
            json.WriteString(name, shard);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a file beside the weights.</summary>
    public void WriteFile(string name, ReadOnlySpan<byte> content) => File.WriteAllBytes(At(name), content);

    /// <summary>Has all on the disk and gives the folder its name.</summary>
    public void Complete()
    {
        foreach (var file in files.Values)
        {
            RandomAccess.FlushToDisk(file);
        }

        Dispose();
        File.Delete(At(LockName));
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path);
        }

        Directory.Move(Work, Path);
    }

    /// <summary>Removes all that was written.</summary>
    public void Abandon()
    {
        Dispose();
        if (Directory.Exists(Work))
        {
            Directory.Delete(Work, recursive: true);
        }
    }

    /// <summary>Closes the files, which stay.</summary>
    public void Dispose()
    {
        foreach (var file in files.Values)
        {
            file.Dispose();
        }

        files.Clear();
        held?.Dispose();
        held = null;
    }

    /// <summary>Keeps other runs out until the files are closed.</summary>
    private void Lock()
    {
        try
        {
            held = new FileStream(At(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new MergeException($"{Path}: another run is writing it, or {At(LockName)} cannot be made ({e.Message})");
        }
    }

    private void RemoveAllBut(IReadOnlyList<string> kept)
    {
        foreach (var entry in new DirectoryInfo(Work).EnumerateFileSystemInfos().Where(entry => entry.Name != LockName && !kept.Contains(entry.Name, StringComparer.Ordinal)).ToList())
        {
            if (entry is DirectoryInfo { LinkTarget: null } inner)
            {
                inner.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
