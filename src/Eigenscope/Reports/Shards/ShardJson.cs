using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Reports;

/// <summary>The result of a layer as JSON, schema <c>eigenscope/shard/1</c>: what it is of, the row that reports show, and what summaries need beside it. No host, time or thread count stands in it.</summary>
internal static class ShardJson
{
    /// <summary>The schema; another one is another format, and is not read.</summary>
    public const string Schema = "eigenscope/shard/1";

    /// <summary>What a result is of: everything that may change a number.</summary>
    public static byte[] Key(LayerAnalysis layer, AnalysisOptions options, ShardModel model) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        JsonReport.WriteSettings(json, options);
        WriteIdentity(json, layer.Layer, model);
        json.WriteEndObject();
    });

    /// <summary>Writes which layer of which model it is, and with which weights.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, WeightMatrix layer, ShardModel model)
    {
        model.Write(json);
        json.WriteNumber("id", layer.Id);
        json.WriteString("name", layer.Name);
        json.WriteString("tensor", layer.Tensor.Name);
        json.WriteString("dtype", layer.Tensor.TypeName);
        json.WriteString("shape", layer.Tensor.ShapeText);
        json.WriteString("matrix", $"{layer.Rows}x{layer.Columns}");
        json.WriteString("sample", ContentSample.Of(layer));
    }

    /// <summary>The result.</summary>
    public static byte[] Result(LayerAnalysis layer) => JsonReport.Line(json => Write(json, layer));

    /// <summary>Writes a result.</summary>
    public static void Write(Utf8JsonWriter json, LayerAnalysis layer)
    {
        json.WriteStartObject();
        json.WriteString("judgement", layer.Verdict?.Judgement.ToString());
        JsonReport.WriteNumbers(json, "shuffled_largest", layer.Findings?.ShuffledLargest ?? []);
        json.WritePropertyName("row");
        JsonReport.WriteLayer(json, layer, withEigenvalues: true);
        json.WriteEndObject();
    }

    /// <summary>Reads a result for a layer that is pending; null where it is none.</summary>
    public static LayerAnalysis? Read(ReadOnlyMemory<byte> content, LayerAnalysis pending)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return Read(document.RootElement, pending.Layer);
        }
        catch (Exception e) when (IsNoResult(e))
        {
            return null;
        }
    }

    /// <summary>True for what reading a result throws that is none.</summary>
    public static bool IsNoResult(Exception e) => e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException;

    /// <summary>Reads what <see cref="Write"/> wrote, for a layer of that model.</summary>
    public static LayerAnalysis Read(JsonElement root, WeightMatrix layer)
    {
        var row = root.GetProperty("row");
        var status = Enum.Parse<LayerStatus>(row.GetProperty("status").GetString()!, ignoreCase: true);
        if (status == LayerStatus.Failed)
        {
            return LayerAnalysis.Failed(layer, row.GetProperty("reason").GetString()!);
        }

        var metrics = row.GetProperty("metrics").EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value.ValueKind == JsonValueKind.Null ? (double?)null : item.Value.GetDouble()));
        var warnings = row.GetProperty("warnings").EnumerateArray().Select(item => item.GetString()!);
        return new LayerAnalysis(layer, status, null, [.. metrics], [.. warnings], null) { Verdict = ReadVerdict(root, row), Stored = ReadFindings(root, row) };
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
