using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Eigenscope.Tracking;

namespace Eigenscope.Reports;

/// <summary>What a watch of certain paths with certain options knows, as a file in the folder of a <see cref="CheckpointStore"/>.</summary>
public sealed class WatchJournal : IWatchJournal
{
    private readonly string file;

    /// <summary>The journal of a watch.</summary>
    /// <param name="folder">The folder of the store, which must be there.</param>
    /// <param name="paths">What is watched.</param>
    /// <param name="options">What is followed.</param>
    public WatchJournal(string folder, IReadOnlyList<string> paths, TrackOptions options)
    {
        var filter = options.Analysis.Filter;
        var text = string.Join('\n', [TrajectoryJson.SettingsText(options), .. paths.Select(Path.GetFullPath), "layers", .. filter.Include, "exclude", .. filter.Exclude, "role", .. filter.Roles]);
        file = Path.Combine(folder, $"watch-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}.json");
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> Load()
    {
        try
        {
            return !File.Exists(file) ? [] : Read(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Save(IReadOnlyList<JournalEntry> entries)
    {
        try
        {
            var partial = $"{file}.{Environment.ProcessId}.partial";
            File.WriteAllBytes(partial, JsonReport.Documents([entries], Write));
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A watch goes on without its journal; after a restart it reads again what is still there.
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<JournalEntry> entries)
    {
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("path", entry.Trace.Path);
            json.WriteBoolean("is_file", entry.Trace.IsFile);
            JsonReport.WriteNumber(json, "trainer_step", entry.Trace.TrainerStep);
            json.WriteString("written_at", entry.Trace.WrittenAt?.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("state", entry.State.Text);
            json.WriteString("content", entry.Content);
            JsonReport.WriteEigenvalues(json, "layers", [.. entry.Layers.Select(id => (double)id)]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<JournalEntry> Read(byte[] content)
    {
        using var document = JsonDocument.Parse(content);
        return [.. document.RootElement.EnumerateArray().Select(entry => new JournalEntry(
            new CheckpointTrace(
                entry.GetProperty("path").GetString()!,
                entry.GetProperty("is_file").GetBoolean(),
                entry.GetProperty("trainer_step") is { ValueKind: JsonValueKind.Number } step ? step.GetInt64() : null,
                entry.GetProperty("written_at").GetString() is { } time ? DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null),
            new FileState(entry.GetProperty("state").GetString() ?? ""),
            entry.GetProperty("content").GetString()!,
            [.. entry.GetProperty("layers").EnumerateArray().Select(id => id.GetInt32())]))];
    }
}
