using System.Text.Json;
using Eigenscope.Tracking;

namespace Eigenscope.Reports;

/// <summary>Checkpoints and their layers as lines of JSON, and back.</summary>
internal static class TrackedJson
{
    /// <summary>A checkpoint without its layers and without where it lies.</summary>
    public static byte[] Line(TrackedCheckpoint checkpoint) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        JsonReport.WriteTool(json);
        json.WriteString("format", checkpoint.Format);
        json.WriteString("architecture", checkpoint.Architecture);
        json.WriteNumber("parameters", checkpoint.Parameters);
        json.WriteNumber("bytes", checkpoint.Bytes);
        json.WriteString("fingerprint", checkpoint.Fingerprint);
        json.WriteString("content", checkpoint.Content);
        json.WriteStartObject("untracked");
        foreach (var layer in checkpoint.Untracked)
        {
            json.WriteString(layer.Name, layer.Reason);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A layer, and where its vectors lie.</summary>
    public static byte[] Line(TrackedLayer layer, StoredVectors? vectors) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        WriteIdentity(json, layer);
        WriteFound(json, layer);
        json.WriteStartObject("metrics");
        foreach (var (name, value) in layer.Metrics)
        {
            JsonReport.WriteNumber(json, name, value);
        }

        json.WriteEndObject();
        JsonReport.WriteEigenvalues(json, "eigenvalues", layer.Eigenvalues);
        if (layer.IsConfined)
        {
            json.WriteBoolean("confined", value: true);
        }

        if (vectors is not null)
        {
            JsonReport.WriteEigenvalues(json, "vectors", [vectors.Offset, vectors.Count, vectors.Rows, vectors.Columns]);
        }

        json.WriteEndObject();
    });

    /// <summary>What a layer is.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, TrackedLayer layer)
    {
        json.WriteNumber("id", layer.Id);
        json.WriteString("name", layer.Name);
        json.WriteString("tensor", layer.Tensor);
        if (layer.PartOf is { } whole)
        {
            json.WriteString("part_of", whole);
        }

        json.WriteString("role", layer.Role);
        JsonReport.WriteNumber(json, "block", layer.Block);
        json.WriteString("kind", layer.Kind);
        json.WriteString("dtype", layer.DType);
        json.WriteNumber("rows", layer.Rows);
        json.WriteNumber("cols", layer.Columns);
    }

    private static void WriteFound(Utf8JsonWriter json, TrackedLayer layer)
    {
        JsonReport.WriteTexts(json, "warnings", layer.Warnings);
        json.WriteString("phase", layer.Phase?.Text());
        json.WriteString("tail_law", layer.TailLaw?.Text());
        json.WriteString("verdict", layer.Verdict);
        json.WriteString("verdict_reason", layer.VerdictReason);
        json.WriteString("route", layer.Route);
        JsonReport.WriteNumber(json, "floor", layer.Floor);
    }

    /// <summary>Reads a checkpoint; null where the line is none.</summary>
    public static TrackedCheckpoint? ReadCheckpoint(ReadOnlyMemory<byte> line) => Read(line, root => new TrackedCheckpoint
    {
        Checkpoint = new("", null, "", StepSource.Time),
        Format = root.GetProperty("format").GetString()!,
        Architecture = root.GetProperty("architecture").GetString(),
        Parameters = root.GetProperty("parameters").GetInt64(),
        Bytes = root.GetProperty("bytes").GetInt64(),
        Fingerprint = root.GetProperty("fingerprint").GetString(),
        Content = root.GetProperty("content").GetString(),
        Untracked = [.. root.GetProperty("untracked").EnumerateObject().Select(field => new UntrackedLayer(field.Name, field.Value.GetString()!))],
    });

    /// <summary>Reads a layer; null where the line is none.</summary>
    public static (TrackedLayer Layer, StoredVectors? Vectors)? ReadLayer(ReadOnlyMemory<byte> line) => Read(line, root => ((TrackedLayer, StoredVectors?)?)(LayerOf(root), VectorsOf(root)));

    private static T? Read<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return default;
        }
    }

    private static TrackedLayer LayerOf(JsonElement root) => new()
    {
        Id = root.GetProperty("id").GetInt32(),
        Name = root.GetProperty("name").GetString()!,
        Tensor = root.GetProperty("tensor").GetString()!,
        PartOf = root.TryGetProperty("part_of", out var whole) ? whole.GetString() : null,
        Role = root.GetProperty("role").GetString()!,
        Block = root.GetProperty("block") is { ValueKind: JsonValueKind.Number } block ? block.GetInt32() : null,
        Kind = root.GetProperty("kind").GetString()!,
        DType = root.GetProperty("dtype").GetString()!,
        Rows = root.GetProperty("rows").GetInt32(),
        Columns = root.GetProperty("cols").GetInt32(),
        Warnings = [.. root.GetProperty("warnings").EnumerateArray().Select(text => text.GetString()!)],
        Phase = Texts.PhaseOf(root.GetProperty("phase").GetString()),
        TailLaw = Texts.TailLawOf(root.GetProperty("tail_law").GetString()),
        Verdict = root.GetProperty("verdict").GetString(),
        VerdictReason = root.GetProperty("verdict_reason").GetString(),
        Route = root.GetProperty("route").GetString(),
        Floor = NumberOf(root.GetProperty("floor")),
        Metrics = [.. root.GetProperty("metrics").EnumerateObject().Select(field => KeyValuePair.Create(field.Name, NumberOf(field.Value)))],
        Eigenvalues = [.. root.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble())],
        IsConfined = root.TryGetProperty("confined", out var confined) && confined.ValueKind == JsonValueKind.True,
    };

    private static double? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static StoredVectors? VectorsOf(JsonElement root) => !root.TryGetProperty("vectors", out var vectors) ? null
        : new(vectors[0].GetInt64(), vectors[1].GetInt32(), vectors[2].GetInt32(), vectors[3].GetInt32());
}
