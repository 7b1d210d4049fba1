using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eigenscope.Cluster;

/// <summary>The heartbeats of the shards of a folder: <c>status/I.json</c>, each replaced as a whole. One that cannot be written or read is left out: no work depends on any.</summary>
/// <param name="folder">The folder that all shards share.</param>
public sealed class HeartbeatFolder(string folder)
{
    private const string Status = "status";

    /// <summary>Where results are written before they are renamed; what a killed process leaves there is read by nobody.</summary>
    private const string Unfinished = "unfinished";

    private readonly string place = Path.Combine(folder, Status);

    /// <summary>Replaces the heartbeat of a shard; false where that did not work.</summary>
    public bool TryWrite(Heartbeat beat)
    {
        var file = Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{beat.Shard}.json"));
        var temporary = Path.Combine(folder, Unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(place);
            Directory.CreateDirectory(Path.Combine(folder, Unfinished));
            File.WriteAllBytes(temporary, [.. JsonSerializer.SerializeToUtf8Bytes(beat, HeartbeatJson.Default.Heartbeat), (byte)'\n']);
            File.Move(temporary, file, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            return false;
        }
    }

    /// <summary>All heartbeats that are there and can be read, by number.</summary>
    public IReadOnlyList<SeenHeartbeat> ReadAll() =>
        Directory.Exists(place) ? [.. Directory.EnumerateFiles(place, "*.json").Select(TryRead).OfType<SeenHeartbeat>().OrderBy(seen => seen.Beat.Shard)] : [];

    private static SeenHeartbeat? TryRead(string file)
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            var beat = JsonSerializer.Deserialize(File.ReadAllBytes(file), HeartbeatJson.Default.Heartbeat);
            return beat is { Schema: Heartbeat.CurrentSchema, Host: not null, InWork: not null, Shard: >= 0, Of: >= 1 } && beat.Of <= ShardPlan.MostShards ? new(beat, written) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written may not be deleted either, and is read by nobody.
        }
    }
}

/// <summary>How <see cref="Heartbeat"/> is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Heartbeat))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;
