using System.Security.Cryptography;
using System.Text;
using Eigenscope.Spectra;
using Eigenscope.Tracking;

namespace Eigenscope.Reports;

/// <summary>
/// Keeps what was found of checkpoints in a folder, so that a later run computes nothing again. A checkpoint is two files named by its content and by all settings that change a number:
/// <c>.jsonl</c> with a line for the checkpoint and one for each layer, in the order in which they were finished, and <c>.vectors</c> with the singular vectors that the lines point into.
/// A line that was cut off does not count. A model elsewhere, whose content is not known, is kept in memory alone. The folder may be deleted at any time.
/// </summary>
public sealed class CheckpointStore : ICheckpointStore
{
    private readonly string folder;
    private readonly string settings;
    private readonly Dictionary<string, Dictionary<int, StoredVectors>> places = new(StringComparer.Ordinal);
    private readonly MemoryStore unwritten = new();

    /// <summary>A store in a folder, which is made where it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">The settings under which layers are analysed.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public CheckpointStore(string folder, TrackOptions options)
    {
        Directory.CreateDirectory(folder);
        this.folder = folder;
        settings = TrajectoryJson.SettingsText(options);
    }

    /// <summary>Where a user's stores are, unless they name another folder: <c>eigenscope/checkpoints</c> in XDG_CACHE_HOME, else in ~/.cache; on Windows among the local data of applications. Null where there is no such place.</summary>
    public static string? DefaultFolder
    {
        get
        {
            var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
                : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : "";
            return caches.Length == 0 ? null : Path.Combine(caches, "eigenscope", "checkpoints");
        }
    }

    /// <summary>Why something could not be kept: the disk is full, or another run writes at the same time; the first reason, null where there is none. Results are whole without it.</summary>
    public string? Trouble { get; private set; }

    /// <inheritdoc/>
    public TrackedCheckpoint? Find(string key)
    {
        if (unwritten.Find(key) is { } inMemory)
        {
            return inMemory;
        }

        if (!File.Exists(LinesFile(key)))
        {
            return null;
        }

        TrackedCheckpoint? head = null;
        var (layers, vectors) = (new SortedDictionary<int, TrackedLayer>(), new Dictionary<int, StoredVectors>());
        foreach (var line in ReadShared(LinesFile(key)))
        {
            if (head is null)
            {
                head = TrackedJson.ReadCheckpoint(line);
                if (head is null)
                {
                    return null;
                }
            }
            else if (TrackedJson.ReadLayer(line) is var (layer, place))
            {
                layers[layer.Id] = layer;
                if (place is not null)
                {
                    vectors[layer.Id] = place;
                }
            }
        }

        places[key] = vectors;
        return head is null ? null : head with { Layers = [.. layers.Values] };
    }

    /// <inheritdoc/>
    public void Begin(string key, TrackedCheckpoint checkpoint)
    {
        if (checkpoint.Content is null)
        {
            unwritten.Begin(key, checkpoint);
            return;
        }

        Try(() =>
        {
            File.WriteAllBytes(VectorsFile(key), []);
            File.WriteAllBytes(LinesFile(key), [.. TrackedJson.Line(checkpoint), (byte)'\n']);
            places[key] = [];
        }, () => unwritten.Begin(key, checkpoint));
    }

    /// <inheritdoc/>
    public void Add(string key, TrackedLayer layer, LeadingVectors? vectors)
    {
        if (unwritten.Find(key) is not null)
        {
            unwritten.Add(key, layer, vectors);
            return;
        }

        Try(() => Write(key, layer, vectors), () =>
        {
            var found = Find(key)!;
            unwritten.Begin(key, found);
            found.Layers.ToList().ForEach(known => unwritten.Add(key, known, Vectors(key, known.Id)));
            unwritten.Add(key, layer, vectors);
        });
    }

    /// <inheritdoc/>
    public LeadingVectors? Vectors(string key, int layer) =>
        unwritten.Vectors(key, layer) ?? ((places.ContainsKey(key) || Find(key) is not null) && places.TryGetValue(key, out var known) && known.TryGetValue(layer, out var place) ? place.Read(VectorsFile(key)) : null);

    private void Write(string key, TrackedLayer layer, LeadingVectors? vectors)
    {
        var place = vectors is null || vectors.SingularValues.Count == 0 ? null : StoredVectors.Append(VectorsFile(key), vectors);
        using var lines = new FileStream(LinesFile(key), FileMode.Append, FileAccess.Write, FileShare.Read);
        lines.Write([.. TrackedJson.Line(layer, place), (byte)'\n']);
        if (place is not null)
        {
            places[key][layer.Id] = place;
        }
    }

    /// <summary>What cannot be written is kept in memory.</summary>
    private void Try(Action write, Action otherwise)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble ??= e.Message;
            otherwise();
        }
    }

    private string LinesFile(string key) => Path.Combine(folder, $"{NameOf(key)}.jsonl");

    private string VectorsFile(string key) => Path.Combine(folder, $"{NameOf(key)}.vectors");

    private string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{settings}")));

    /// <summary>The whole lines of a file that may still be written to.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        for (var start = 0; start < content.Length;)
        {
            var length = content.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
            {
                yield break;
            }

            yield return content.AsMemory(start, length);
            start += length + 1;
        }
    }
}
