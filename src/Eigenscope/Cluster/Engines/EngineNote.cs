using System.Globalization;
using System.Text.Json;

namespace Eigenscope.Cluster.Engines;

/// <summary>What a folder of shards says of the engine that runs them, in <c>engine.json</c>.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Job">What it calls the shards; null where it has no name for them.</param>
/// <param name="Shards">How many there are; null where it does not say.</param>
/// <param name="Written">When this was written, in UTC.</param>
public sealed record EngineNote(string Engine, string? Job, int? Shards, DateTime Written)
{
    private const string FileName = "engine.json";

    /// <summary>What is known; null where no engine was asked, or where it cannot be read.</summary>
    /// <param name="folder">The folder that all shards share.</param>
    public static EngineNote? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            return root.GetProperty("engine").GetString() is { Length: > 0 } engine
                ? new(engine, Text(root, "array"), int.TryParse(Text(root, "shards"), NumberStyles.None, CultureInfo.InvariantCulture, out var shards) && shards >= 1 && shards <= ShardPlan.MostShards ? shards : null, File.GetLastWriteTimeUtc(file))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : null;
}
