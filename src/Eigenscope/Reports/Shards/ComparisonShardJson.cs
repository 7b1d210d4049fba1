using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Comparison;

namespace Eigenscope.Reports;

/// <summary>What came of a part of a comparison as JSON, schema <c>eigenscope/shard/1</c>: what it is of; and the analyses of its layers, what is between them, and the outlook on merging.</summary>
internal static class ComparisonShardJson
{
    /// <summary>What a result is of: everything that may change a number.</summary>
    /// <param name="part">The part.</param>
    /// <param name="plan">The comparison.</param>
    /// <param name="models">Its models.</param>
    public static byte[] Key(ComparisonPart part, ComparisonPlan plan, IReadOnlyList<ShardModel> models) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", ShardJson.Schema);
        JsonReport.WriteTool(json);
        ComparisonJson.WriteSettings(json, plan.Options);
        json.WriteNumber("models", plan.Models.Count);
        json.WriteNumber("reference", plan.Reference);
        json.WriteStartArray("layers");
        foreach (var (model, layer) in part.Layers)
        {
            json.WriteStartObject();
            json.WriteNumber("model", model);
            json.WriteBoolean("adapter", plan.Adapters.Contains(model));
            ShardJson.WriteIdentity(json, layer, models[model]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The result.</summary>
    public static byte[] Result(ComparedPart compared) => JsonReport.Line(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("rows");
        foreach (var (_, row) in compared.Rows.OrderBy(item => item.Model))
        {
            ShardJson.Write(json, row);
        }

        json.WriteEndArray();
        if (compared.Layer is { } layer)
        {
            WriteLayer(json, layer);
        }

        json.WriteEndObject();
    });

    /// <summary>Reads a result; null where it is none.</summary>
    public static ComparedPart? Read(ReadOnlyMemory<byte> content, ComparisonPart part, ComparisonPlan plan)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return Read(document.RootElement, part, plan);
        }
        catch (Exception e) when (ShardJson.IsNoResult(e))
        {
            return null;
        }
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerComparison layer)
    {
        json.WriteStartArray("pairs");
        foreach (var pair in layer.Pairs)
        {
            json.WriteStartObject();
            json.WritePropertyName("pair");
            JsonSerializer.Serialize(json, StoredPair.Of(pair), StoredPairContext.Default.StoredPair);
            if (pair.Change is { } change)
            {
                json.WritePropertyName("change");
                ShardJson.Write(json, change);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (layer.Merge is { } merge)
        {
            json.WritePropertyName("merge");
            JsonSerializer.Serialize(json, merge, StoredPairContext.Default.MergeOutlook);
        }
    }

    private static ComparedPart Read(JsonElement root, ComparisonPart part, ComparisonPlan plan)
    {
        var layers = part.Layers.OrderBy(item => item.Model).ToList();
        List<LayerAnalysis> rows = [.. layers.Zip(List(root, "rows", layers.Count), (item, row) => ShardJson.Read(row, item.Layer))];
        if (part.Counterparts.Count == 0)
        {
            return new(part, rows[0], null);
        }

        var analyses = new LayerAnalysis?[plan.Models.Count];
        foreach (var (item, row) in layers.Zip(rows))
        {
            analyses[item.Model] = row;
        }

        List<PairComparison> pairs = [.. part.Counterparts.Zip(List(root, "pairs", part.Counterparts.Count), (item, pair) => ReadPair(pair, analyses[item.Model]!))];
        return new(part, null, new(rows[0].Layer.Name, analyses, pairs) { Merge = root.TryGetProperty("merge", out var merge) ? merge.Deserialize(StoredPairContext.Default.MergeOutlook) : null });
    }

    private static JsonElement.ArrayEnumerator List(JsonElement root, string name, int length) =>
        root.GetProperty(name) is var list && list.GetArrayLength() == length ? list.EnumerateArray() : throw new FormatException($"{name} has another length");

    /// <summary>Reads a pair; its change is told of as a layer of A.</summary>
    private static PairComparison ReadPair(JsonElement root, LayerAnalysis a) =>
        root.GetProperty("pair").Deserialize(StoredPairContext.Default.StoredPair)!.With(root.TryGetProperty("change", out var change) ? ShardJson.Read(change, a.Layer) : null);
}
