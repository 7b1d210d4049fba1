using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eigenscope.Cli.Shards.Engines;

/// <summary>What was submitted last into a folder of shards, as <c>engine.json</c> in it.</summary>
/// <param name="Schema">The version of this file.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Array">The number of the job whose tasks are the shards.</param>
/// <param name="Collect">The number of the job that collects; null where it was not taken.</param>
/// <param name="Shards">How many shards.</param>
internal sealed record EngineFile(string Schema, string Engine, string Array, string? Collect, int Shards)
{
    /// <summary>The only version there is.</summary>
    public const string CurrentSchema = "eigenscope/engine/1";

    private const string FileName = "engine.json";

    /// <summary>Leaves it in a folder.</summary>
    public void Write(string folder) => OutputFile.Write(Path.Combine(folder, FileName), [.. JsonSerializer.SerializeToUtf8Bytes(this, EngineFileJson.Default.EngineFile), (byte)'\n']);

    /// <summary>What was submitted last; null for nothing.</summary>
    /// <exception cref="UsageException">The file is not what was written.</exception>
    public static EngineFile? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return !File.Exists(path) ? null
                : JsonSerializer.Deserialize(File.ReadAllBytes(path), EngineFileJson.Default.EngineFile) is { Schema: CurrentSchema, Engine: not null, Array: not null } read ? read
                : throw new UsageException($"{path}: no {CurrentSchema}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}: not what eigenscope wrote: {e.Message}");
        }
    }
}

/// <summary>How <see cref="EngineFile"/> is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EngineFile))]
internal sealed partial class EngineFileJson : JsonSerializerContext;
