using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Spectra;

namespace Eigenscope.Reports;

/// <summary>The result of a layer as JSON, schema <c>eigenscope/shard/1</c>: what it is of, the row that reports show, and what summaries need beside it. No host, time or thread count stands in it.</summary>
internal static class ShardJson
{
    /// <summary>The schema; another one is another format, and is not read.</summary>
    public const string Schema = "eigenscope/shard/1";

    /// <summary>What a result is of: everything that may change a number.</summary>
    public static byte[] Key(LayerAnalysis layer, AnalysisOptions options, string fingerprint) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        JsonReport.WriteSettings(json, options);
        json.WriteString("fingerprint", fingerprint);
        json.WriteNumber("id", layer.Layer.Id);
        json.WriteString("name", layer.Layer.Name);
        json.WriteString("tensor", layer.Layer.Tensor.Name);
        json.WriteString("dtype", layer.Layer.Tensor.TypeName);
        json.WriteString("shape", layer.Layer.Tensor.ShapeText);
        json.WriteString("sample", ContentSample.Of(layer.Layer.Tensor));
        json.WriteEndObject();
    });

    /// <summary>The result.</summary>
    public static byte[] Result(LayerAnalysis layer) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        json.WriteString("judgement", layer.Verdict?.Judgement.ToString());
        JsonReport.WriteNumbers(json, "shuffled_largest", layer.Findings?.ShuffledLargest ?? []);
        json.WritePropertyName("row");
        JsonReport.WriteLayer(json, layer, withEigenvalues: true);
        json.WriteEndObject();
    });

    /// <summary>Reads a result for a layer that is pending; null where it is none.</summary>
    public static LayerAnalysis? Read(ReadOnlyMemory<byte> content, LayerAnalysis pending)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return Read(document.RootElement, pending);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static LayerAnalysis Read(JsonElement root, LayerAnalysis pending)
    {
        var row = root.GetProperty("row");
        var status = Enum.Parse<LayerStatus>(row.GetProperty("status").GetString()!, ignoreCase: true);
        if (status == LayerStatus.Failed)
        {
            return LayerAnalysis.Failed(pending.Layer, row.GetProperty("reason").GetString()!);
        }

        var metrics = row.GetProperty("metrics").EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value.ValueKind == JsonValueKind.Null ? (double?)null : item.Value.GetDouble()));
        var warnings = row.GetProperty("warnings").EnumerateArray().Select(item => item.GetString()!);
        return new LayerAnalysis(pending.Layer, status, null, [.. metrics], [.. warnings], null) { Verdict = ReadVerdict(root, row), Stored = ReadFindings(root, row) };
    }

    private static LayerVerdict? ReadVerdict(JsonElement root, JsonElement row) =>
        root.GetProperty("judgement").GetString() is { } judgement ? new LayerVerdict(Enum.Parse<Judgement>(judgement), row.GetProperty("verdict_reason").GetString()!) : null;

    private static LayerFindings ReadFindings(JsonElement root, JsonElement row) => new(
        Texts.PhaseOf(row.GetProperty("phase").GetString()),
        Texts.TailLawOf(row.GetProperty("tail_law").GetString()),
        ReadEvidence(row.GetProperty("spectrum")),
        ReadNumbers(row.GetProperty("eigenvalues")),
        row.TryGetProperty("shuffled_eigenvalues", out var shuffled) ? ReadNumbers(shuffled) : null,
        ReadNumbers(root.GetProperty("shuffled_largest")));

    private static SpectrumEvidence ReadEvidence(JsonElement spectrum) => new(
        Enum.Parse<SpectrumRoute>(spectrum.GetProperty("route").GetString()!, ignoreCase: true),
        spectrum.GetProperty("floor").GetDouble(),
        spectrum.TryGetProperty("solver", out var solver) ? solver.GetString() : null,
        spectrum.TryGetProperty("approximation", out var known) ? ReadApproximation(known) : null);

    private static SpectrumApproximation ReadApproximation(JsonElement known) => new(
        known.GetProperty("resolved").GetInt32(),
        known.GetProperty("residual_bound").GetDouble(),
        known.GetProperty("density_error").GetDouble(),
        known.GetProperty("trace_error").GetDouble(),
        known.GetProperty("steps").GetInt32(),
        known.GetProperty("block_size").GetInt32());

    private static double[] ReadNumbers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];
}
