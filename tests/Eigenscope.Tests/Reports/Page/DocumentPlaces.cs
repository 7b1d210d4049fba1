using System.Globalization;
using System.Text.Json.Nodes;

namespace Eigenscope.Tests.Reports.Page;

/// <summary>The places of a JSON document, to put anything in any of them.</summary>
internal static class DocumentPlaces
{
    /// <summary>Every place, each as the steps that lead to it.</summary>
    public static IEnumerable<string[]> Of(JsonNode root) => Places(root, []);

    /// <summary>Puts a value in a place, and returns what was there.</summary>
    public static JsonNode? Set(JsonNode root, string[] place, JsonNode? value)
    {
        var parent = place[..^1].Aggregate(root, (node, step) => node is JsonArray ? node[Index(step)]! : node[step]!);
        var before = parent is JsonArray items ? items[Index(place[^1])] : parent[place[^1]];
        if (parent is JsonArray list)
        {
            list[Index(place[^1])] = value;
        }
        else
        {
            parent[place[^1]] = value;
        }

        return before;
    }

    private static IEnumerable<string[]> Places(JsonNode node, string[] path) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Inside(field.Key, field.Value, path)),
        JsonArray items => items.SelectMany((item, index) => Inside($"{index}", item, path)),
        _ => [],
    };

    private static IEnumerable<string[]> Inside(string step, JsonNode? node, string[] path) => node is null ? [[.. path, step]] : [[.. path, step], .. Places(node, [.. path, step])];

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
