using System.Text.Json;
using Eigenscope.Comparison;
using Eigenscope.Models.Layers;

namespace Eigenscope.Reports;

/// <summary>
/// A comparison as JSON, schema <c>eigenscope/comparison/1</c>. What is between a compared model and the reference stands in the layer itself for the first compared model, and under
/// <c>others</c> for further ones. The same input, options and seed give the same bytes.
/// </summary>
public static class ComparisonJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/comparison/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(ModelComparison comparison) => JsonReport.Documents([comparison], Write);

    private static void Write(Utf8JsonWriter json, ModelComparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        WriteSettings(json, comparison.Options);
        json.WriteStartArray("models");
        foreach (var model in comparison.Models)
        {
            JsonReport.WriteModelValue(json, model);
        }

        json.WriteEndArray();
        json.WriteNumber("reference", comparison.Reference);
        WriteLayers(json, comparison);
        WriteUnmatched(json, comparison);
        GroupJson.Write(json, comparison.Groups);
        WriteSummary(json, comparison);
        json.WriteEndObject();
    }

    internal static void WriteSettings(Utf8JsonWriter json, ComparisonOptions options)
    {
        json.WriteStartObject("settings");
        json.WriteNumber("top", options.Top);
        json.WriteString("match", options.Matching == MatchingMode.Automatic ? "auto" : options.Matching.ToString().ToLowerInvariant());
        json.WriteBoolean("exact_change", options.ExactChange);
        json.WriteString("group_by", options.GroupBy == GroupBy.None ? null : options.GroupBy.ToString().ToLowerInvariant());
        JsonReport.WriteSettingValues(json, options.Analysis);
        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, ModelComparison comparison)
    {
        json.WriteStartArray("layers");
        foreach (var layer in comparison.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("role", layer.Layer.Role.Text());
            JsonReport.WriteNumber(json, "block", layer.Layer.Description.Block);
            json.WriteString("matched_by", layer.Pairs[0].MatchedBy.ToString().ToLowerInvariant());
            WriteModels(json, comparison, layer);
            WritePair(json, comparison, layer.Pairs[0]);
            WriteOthers(json, comparison, [.. layer.Pairs.Skip(1)]);
            WriteMerge(json, layer.Merge);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModels(Utf8JsonWriter json, ModelComparison comparison, LayerComparison layer)
    {
        json.WriteStartArray("models");
        foreach (var row in layer.Models)
        {
            if (row is null)
            {
                json.WriteNullValue();
            }
            else
            {
                JsonReport.WriteLayer(json, row, comparison.Options.Analysis.KeepEigenvalues);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteOthers(Utf8JsonWriter json, ModelComparison comparison, IReadOnlyList<PairComparison> pairs)
    {
        if (comparison.Models.Count == 2)
        {
            return;
        }

        json.WriteStartArray("others");
        foreach (var pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString("matched_by", pair.MatchedBy.ToString().ToLowerInvariant());
            WritePair(json, comparison, pair);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePair(Utf8JsonWriter json, ModelComparison comparison, PairComparison pair)
    {
        if (comparison.Models.Count > 2)
        {
            json.WriteNumber("model", pair.Model);
        }

        json.WriteString("element_order", pair.Order);
        WriteChange(json, comparison, pair);
        SubspaceJson.Write(json, pair.Subspaces, comparison.Options.Analysis.KeepEigenvalues);
        WriteDistances(json, pair);
        json.WriteString("verdict", pair.Verdict.Kind.Text());
        json.WriteString("reason", pair.Verdict.Reason);
    }

    private static void WriteChange(Utf8JsonWriter json, ModelComparison comparison, PairComparison pair)
    {
        if (pair.Weights is not { } weights)
        {
            json.WriteNull("change");
            return;
        }

        json.WriteStartObject("change");
        JsonReport.WriteNumber(json, "cosine", weights.Cosine);
        JsonReport.WriteNumber(json, "correlation", weights.Correlation);
        JsonReport.WriteNumber(json, "relative_norm", weights.RelativeNorm);
        JsonReport.WriteNumber(json, "scale", weights.Scale);
        JsonReport.WriteNumber(json, "relative_residual", weights.RelativeResidual);
        JsonReport.WriteNumber(json, "change_cosine", weights.CosineOfChange);
        JsonReport.WriteNumber(json, "change_kurtosis", weights.Kurtosis);
        JsonReport.WriteNumber(json, "sign_agreement", weights.SignAgreement);
        json.WriteNumber("changed", weights.Changed);
        json.WriteNumber("new_zeros", weights.NewZeros);
        json.WriteNumber("lost_zeros", weights.LostZeros);
        JsonReport.WriteNumber(json, "energy_rank_90", pair.Rank?.Energy90);
        JsonReport.WriteNumber(json, "energy_rank_99", pair.Rank?.Energy99);
        JsonReport.WriteNumber(json, "edge_rank", pair.Rank?.EdgeRank);
        JsonReport.WriteNumber(json, "suggested_rank", pair.Rank?.Suggested);
        JsonReport.WriteNumber(json, "adapter_rank", pair.Rank?.Given);
        WriteChangeAnalysis(json, comparison, pair);
        json.WriteEndObject();
    }

    private static void WriteChangeAnalysis(Utf8JsonWriter json, ModelComparison comparison, PairComparison pair)
    {
        if (pair.Change is not { } change)
        {
            return;
        }

        json.WriteString("status", change.Status.ToString().ToLowerInvariant());
        json.WriteString("status_reason", change.Reason);
        JsonReport.WriteMetrics(json, change);
        if (change.Findings is { } findings)
        {
            JsonReport.WriteEvidence(json, findings.Evidence);
            if (comparison.Options.Analysis.KeepEigenvalues)
            {
                JsonReport.WriteEigenvalues(json, "eigenvalues", findings.Eigenvalues);
            }
        }
    }

    private static void WriteDistances(Utf8JsonWriter json, PairComparison pair)
    {
        if (pair.Distances is not { } distances)
        {
            json.WriteNull("distances");
            return;
        }

        json.WriteStartObject("distances");
        WriteDistances(json, distances);
        if (pair.ScaleFree is { } free)
        {
            json.WriteStartObject("scale_free");
            WriteDistances(json, free);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("scale_free");
        }

        JsonReport.WriteNumber(json, "moved_largest", pair.Motion?.Largest);
        JsonReport.WriteNumber(json, "moved_middle", pair.Motion?.Middle);
        JsonReport.WriteNumber(json, "moved_smallest", pair.Motion?.Smallest);
        JsonReport.WriteNumber(json, "spectral_confidence", pair.SpectralConfidence);
        json.WriteEndObject();
    }

    private static void WriteDistances(Utf8JsonWriter json, SpectrumDistances distances)
    {
        JsonReport.WriteNumber(json, "log", distances.Logarithmic);
        json.WriteNumber("wasserstein", distances.Wasserstein);
        JsonReport.WriteNumber(json, "jensen_shannon", distances.JensenShannon);
        json.WriteNumber("kolmogorov_smirnov", distances.KolmogorovSmirnov);
    }

    private static void WriteMerge(Utf8JsonWriter json, MergeOutlook? outlook)
    {
        if (outlook is null)
        {
            return;
        }

        json.WriteStartObject("merge");
        json.WriteNumber("rank_dispersion", outlook.Dispersion);
        json.WriteNumber("overlap", outlook.Overlap);
        json.WriteNumber("cosine", outlook.Cosine);
        json.WriteNumber("interference", outlook.Interference);
        json.WriteNumber("sign_conflict", outlook.Signs.Share);
        JsonReport.WriteNumber(json, "cancelled", outlook.Signs.Cancelled);
        json.WriteString("advice", outlook.Advice);
        json.WriteEndObject();
    }

    private static void WriteUnmatched(Utf8JsonWriter json, ModelComparison comparison)
    {
        json.WriteStartArray("unmatched");
        foreach (var layer in comparison.Unmatched)
        {
            json.WriteStartObject();
            json.WriteNumber("model", layer.Model);
            json.WriteString("name", layer.Layer.Name);
            json.WriteString("reason", layer.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, ModelComparison comparison)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("layers_matched", comparison.Layers.Count);
        json.WriteNumber("layers_unmatched", comparison.Unmatched.Count);
        json.WriteStartArray("layers_skipped");
        foreach (var count in comparison.Skipped)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        WriteSummary(json, comparison, comparison.Summaries[0]);
        if (comparison.Summaries.Count > 1)
        {
            json.WriteStartArray("others");
            foreach (var summary in comparison.Summaries.Skip(1))
            {
                json.WriteStartObject();
                WriteSummary(json, comparison, summary);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (comparison.Merge is { } merge)
        {
            json.WriteStartObject("merge");
            json.WriteNumber("layers", merge.Layers);
            json.WriteNumber("rank_dispersion", merge.Dispersion);
            json.WriteNumber("overlap", merge.Overlap);
            json.WriteNumber("cosine", merge.Cosine);
            json.WriteNumber("interference", merge.Interference);
            json.WriteNumber("sign_conflict", merge.SignConflict);
            json.WriteString("advice", merge.Advice);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, ModelComparison comparison, ComparisonSummary summary)
    {
        json.WriteNumber("model", summary.Model);
        json.WriteBoolean("adapter", comparison.Adapters.Contains(summary.Model));
        json.WriteBoolean("by_depth", comparison.ByDepth.Contains(summary.Model));
        foreach (var (kind, layers) in summary.Kinds)
        {
            json.WriteNumber($"verdict_{kind.Text().Replace(' ', '_').Replace('-', '_')}", layers);
        }

        GroupJson.WriteDistribution(json, "cosine", summary.MedianCosine);
        GroupJson.WriteDistribution(json, "relative_norm", summary.MedianRelativeNorm);
        json.WriteNumber("intruders", summary.Intruders);
        JsonReport.WriteNumber(json, "spectral_confidence", summary.SpectralConfidence);
        json.WriteStartObject("metrics");
        foreach (var metric in summary.Metrics)
        {
            json.WriteStartObject(metric.Metric);
            json.WriteNumber("mean", metric.Mean);
            json.WriteNumber("reference_mean", metric.ReferenceMean);
            json.WriteNumber("layers", metric.Layers);
            GroupJson.WriteTest(json, "moved", metric.Test);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("verdict", summary.Verdict.Kind.Text());
        json.WriteString("reason", summary.Verdict.Reason);
    }
}
