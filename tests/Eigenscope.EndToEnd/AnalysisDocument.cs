using System.Text.Json;

namespace Eigenscope.EndToEnd;

/// <summary>A JSON result of analyze or layer.</summary>
internal sealed class AnalysisDocument
{
    private AnalysisDocument(JsonElement root)
    {
        Root = root;
        Layers = [.. root.GetProperty("layers").EnumerateArray()];
    }

    public JsonElement Root { get; }

    public IReadOnlyList<JsonElement> Layers { get; }

    public static AnalysisDocument Parse(string json) => new(JsonElement.Parse(json));

    /// <summary>Runs analyze on a model and parses what it prints.</summary>
    public static AnalysisDocument Of(string model, params string[] options) =>
        Parse(Tool.Run(["analyze", model, "--format", "json", .. options]).Output);

    /// <summary>The only layer of a name.</summary>
    public JsonElement Layer(string name) => Layers.Single(layer => Text(layer, "name") == name);

    public static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    /// <summary>A metric of a layer; null where it is undefined.</summary>
    public static double? Metric(JsonElement layer, string name) =>
        layer.GetProperty("metrics").GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>The singular values of a layer analysed with --esd, largest first.</summary>
    public static double[] SingularValues(JsonElement layer) =>
        [.. layer.GetProperty("eigenvalues").EnumerateArray().Select(lambda => Math.Sqrt(lambda.GetDouble())).Reverse()];
}
