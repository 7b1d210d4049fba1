using System.Text.Json;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>What a command that changes weights did, as JSON, schema <c>eigenscope/reshaping/1</c>. The same input and options give the same bytes.</summary>
public static class ReshapingJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/reshaping/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(Reshaping reshaping) => JsonReport.Documents([reshaping], Write);

    private static void Write(Utf8JsonWriter json, Reshaping reshaping)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        json.WriteString("command", reshaping.Command);
        JsonReport.WriteTexts(json, "models", reshaping.Models);
        json.WriteString("output", reshaping.Output);
        json.WriteStartObject("settings");
        foreach (var (name, value) in reshaping.Settings)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("layers");
        foreach (var layer in reshaping.Layers)
        {
            WriteLayer(json, reshaping, layer);
        }

        json.WriteEndArray();
        WriteNumbers(json, "summary", reshaping.Summary);
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, Reshaping reshaping, ReshapedLayer layer)
    {
        json.WriteStartObject();
        JsonReport.WriteMatrix(json, layer.Layer);
        json.WriteString("status", layer.Status.ToString().ToLowerInvariant());
        json.WriteString("reason", layer.Reason);
        WriteNumbers(json, "numbers", reshaping.Columns.Zip(layer.Numbers, KeyValuePair.Create));
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double?>> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            JsonReport.WriteNumber(json, key, value);
        }

        json.WriteEndObject();
    }
}
