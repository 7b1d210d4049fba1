using System.Buffers;
using System.Text.Json;
using Eigenscope.Analysis;

namespace Eigenscope.Reports.Page;

/// <summary>A saved result, schema <c>eigenscope/analysis/1</c>, checked as far as a page relies on it.</summary>
public sealed class ResultDocument
{
    private ResultDocument(JsonElement root, List<ResultLayer> layers) => (Root, Layers) = (root, layers);

    /// <summary>The document as it was read.</summary>
    internal JsonElement Root { get; }

    /// <summary>The path of the model, as it was given.</summary>
    public string ModelPath => Root.GetProperty("model").GetProperty("path").GetString()!;

    /// <summary>How many layers were analysed.</summary>
    public int Analyzed => Layers.Count(layer => layer.IsAnalyzed);

    /// <summary>How many of them are without eigenvalues, so that nothing can be drawn of their spectra.</summary>
    public int WithoutSpectrum => Layers.Count(layer => layer.IsAnalyzed && layer.Eigenvalues is null);

    /// <summary>Its rows.</summary>
    internal IReadOnlyList<ResultLayer> Layers { get; }

    /// <summary>The documents of analyses, with their eigenvalues whether the options ask for them or not.</summary>
    /// <param name="analyses">At least one.</param>
    public static IReadOnlyList<ResultDocument> Of(IReadOnlyList<ModelAnalysis> analyses) =>
        Parse(JsonReport.Of([.. analyses.Select(analysis => analysis with { Options = analysis.Options with { KeepEigenvalues = true } })]), "result");

    /// <summary>The document of an analysis that goes on while it is looked at: without eigenvalues, and marked with <c>"live": true</c>.</summary>
    public static ResultDocument OfLive(ModelAnalysis analysis) => Parse(JsonReport.Live(analysis), "result")[0];

    /// <summary>Reads one document or an array of them.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="source">What messages call it, such as its path.</param>
    /// <exception cref="ResultFormatException">It is no such result.</exception>
    public static IReadOnlyList<ResultDocument> Parse(ReadOnlyMemory<byte> utf8, string source) => Parse(Read(utf8, source), source);

    /// <summary>The same of JSON that was read.</summary>
    internal static IReadOnlyList<ResultDocument> Parse(JsonElement root, string source) =>
        root.ValueKind != JsonValueKind.Array ? [Check(root, source)]
            : root.GetArrayLength() == 0 ? throw new ResultFormatException($"{source}: an empty list; a result of eigenscope analyze --format json is wanted")
            : [.. root.EnumerateArray().Select((item, index) => Check(item, $"{source}: document {index + 1}"))];

    /// <summary>A result of rows that were checked.</summary>
    internal static ResultDocument Of(JsonElement root, List<ResultLayer> layers) => new(root, layers);

    /// <summary>One model of a document that tells of several.</summary>
    /// <param name="document">The document.</param>
    /// <param name="model">What it says of the model.</param>
    /// <param name="rows">Its layers.</param>
    /// <param name="writeSummary">Writes the fields of its summary.</param>
    internal static ResultDocument Of(DocumentPart document, JsonElement model, List<ResultLayer> rows, Action<Utf8JsonWriter> writeSummary)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("tool");
            document.Part("tool").Element.WriteTo(json);
            json.WritePropertyName("model");
            model.WriteTo(json);
            json.WritePropertyName("settings");
            document.Part("settings").Element.WriteTo(json);
            json.WriteStartArray("layers");
            rows.ForEach(row => PageData.WriteWithoutSpectrum(json, row.Row));
            json.WriteEndArray();
            json.WriteStartObject("summary");
            writeSummary(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new(JsonElement.Parse(buffer.WrittenSpan), rows);
    }

    /// <summary>The schema that a document names; null where it names none.</summary>
    internal static string? SchemaOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    /// <summary>Reads JSON.</summary>
    /// <exception cref="ResultFormatException">It is none.</exception>
    internal static JsonElement Read(ReadOnlyMemory<byte> utf8, string source)
    {
        try
        {
            return JsonDocument.Parse(utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8).RootElement;
        }
        catch (JsonException e)
        {
            throw new ResultFormatException($"{source}: no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; a result of eigenscope analyze --format json is wanted", e);
        }
    }

    private static ResultDocument Check(JsonElement root, string source)
    {
        var schema = SchemaOf(root);
        if (schema != JsonReport.Schema)
        {
            throw new ResultFormatException(schema is null
                ? $"{source}: JSON without a schema; a result of eigenscope analyze --format json is wanted"
                : $"{source}: the schema is '{schema}'; '{JsonReport.Schema}' is wanted");
        }

        var model = Field(root, "model", JsonValueKind.Object, source);
        Field(model, "path", JsonValueKind.String, $"{source}: model");
        Field(root, "settings", JsonValueKind.Object, source);
        Field(root, "summary", JsonValueKind.Object, source);
        var rows = Field(root, "layers", JsonValueKind.Array, source).EnumerateArray();
        return new ResultDocument(root, [.. rows.Select((row, index) => ResultLayer.Check(row, $"{source}: layer {index}"))]);
    }

    /// <summary>A field of an object, of the kind that it must have.</summary>
    internal static JsonElement Field(JsonElement parent, string name, JsonValueKind kind, string source) =>
        parent.TryGetProperty(name, out var field) && field.ValueKind == kind ? field
        : throw new ResultFormatException($"{source}: '{name}' is {(field.ValueKind == JsonValueKind.Undefined ? "missing" : $"no {kind.ToString().ToLowerInvariant()}")}");
}
