using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>A comparison as the page has it: the rows of its models are results of their own, and layers tell which of them are theirs; what figures are drawn from comes when it is drawn.</summary>
internal static class ComparisonData
{
    private static readonly string[] DrawnFields = ["eigenvalues", "cosines"];

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, string name, JsonElement comparison)
    {
        var counts = new int[comparison.GetProperty("models").GetArrayLength()];
        json.WriteStartObject(name);
        foreach (var field in comparison.EnumerateObject().Where(field => field.Name is not ("schema" or "tool")))
        {
            if (field.Name != "layers")
            {
                field.WriteTo(json);
                continue;
            }

            json.WriteStartArray(field.Name);
            foreach (var layer in field.Value.EnumerateArray())
            {
                WriteLayer(json, layer, counts);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, JsonElement layer, int[] counts)
    {
        json.WriteStartObject();
        foreach (var field in layer.EnumerateObject())
        {
            if (field.Name == "models")
            {
                WritePlaces(json, field.Value, counts);
            }
            else
            {
                json.WritePropertyName(field.Name);
                WriteWithoutDrawn(json, field.Value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The place of the row of each model among its rows.</summary>
    private static void WritePlaces(Utf8JsonWriter json, JsonElement models, int[] counts)
    {
        json.WriteStartArray("rows");
        foreach (var (model, row) in models.EnumerateArray().Index())
        {
            if (row.ValueKind == JsonValueKind.Null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteNumberValue(counts[model]++);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteWithoutDrawn(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var field in value.EnumerateObject().Where(field => !DrawnFields.Contains(field.Name, StringComparer.Ordinal)))
                {
                    json.WritePropertyName(field.Name);
                    WriteWithoutDrawn(json, field.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteWithoutDrawn(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
