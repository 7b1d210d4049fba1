using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>A trajectory as the page has it: what was found at each checkpoint is a result of its own, and layers tell which rows of these are theirs.</summary>
internal static class TrajectoryData
{
    private static readonly string[] OfLayer = ["name", "part_of", "role", "block", "kind", "rotation"];
    private static readonly string[] Left = ["schema", "tool", "layers"];

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, string name, JsonElement trajectory)
    {
        var counts = new int[trajectory.GetProperty("checkpoints").GetArrayLength()];
        json.WriteStartObject(name);
        foreach (var field in trajectory.EnumerateObject().Where(field => !Left.Contains(field.Name, StringComparer.Ordinal)))
        {
            field.WriteTo(json);
        }

        json.WriteStartArray("layers");
        foreach (var layer in trajectory.GetProperty("layers").EnumerateArray())
        {
            WriteLayer(json, layer, counts);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, JsonElement layer, int[] counts)
    {
        json.WriteStartObject();
        foreach (var name in OfLayer)
        {
            if (layer.TryGetProperty(name, out var field))
            {
                json.WritePropertyName(name);
                field.WriteTo(json);
            }
        }

        json.WriteStartArray("rows");
        foreach (var (checkpoint, status) in layer.GetProperty("statuses").EnumerateArray().Index())
        {
            if (status.ValueEquals("absent"))
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteNumberValue(counts[checkpoint]++);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
