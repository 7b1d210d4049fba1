using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>
/// A merge as JSON, schema <c>eigenscope/merge/1</c>: every tensor with its route, what each model changed, and its spectrum before and after. The same recipe, models and seed give the same bytes.
/// </summary>
public static class MergeJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/merge/1";

    /// <summary>What is told of spectra before and after; an analysis of the models has all metrics.</summary>
    internal static readonly string[] Spectral = ["alpha", "stable_rank", "effective_rank", "hard_rank", "log_norm", "log_spectral_norm", "spectral_entropy"];

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(MergeResult merge) => JsonReport.Documents([merge], Write);

    private static void Write(Utf8JsonWriter json, MergeResult merge)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        WriteSettings(json, merge);
        json.WriteStartArray("models");
        foreach (var model in merge.Models)
        {
            JsonReport.WriteModelValue(json, model);
        }

        json.WriteEndArray();
        JsonReport.WriteNumber(json, "base", merge.Base);
        WriteTensors(json, merge);
        WriteSummary(json, merge);
        JsonReport.WriteTexts(json, "warnings", merge.Warnings);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, MergeResult merge)
    {
        json.WriteStartObject("settings");
        json.WriteString("merge_method", merge.Settings.Method);
        json.WriteNumber("seed", merge.Settings.Seed);
        json.WriteString("rounding", merge.Settings.RoundsAtRandom ? "stochastic" : "nearest");
        json.WriteString("spectra", merge.After is not { } after ? "none" : after.Options.Approximate ? "approx" : "exact");
        json.WriteString("recipe", merge.Settings.Recipe);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, MergeResult merge)
    {
        var layers = MergedLayers.Of(merge);
        json.WriteStartArray("tensors");
        foreach (var tensor in merge.Tensors)
        {
            var layer = layers.Of(tensor.Name);
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("role", layer?.Role.Text());
            JsonReport.WriteNumber(json, "block", layer?.Description.Block);
            json.WriteString("dtype", tensor.Type);
            json.WriteStartArray("shape");
            tensor.Shape.ToList().ForEach(json.WriteNumberValue);
            json.WriteEndArray();
            json.WriteString("method", tensor.Method);
            json.WriteString("route", tensor.Route);
            json.WriteString("reason", tensor.Reason);
            json.WriteString("note", tensor.Note);
            WriteNumbers(json, "metrics", tensor.Values);
            WriteInputs(json, tensor);
            WriteSpectrum(json, "before", layers.Before(tensor.Name));
            WriteSpectrum(json, "after", layers.After(tensor.Name));
            JsonReport.WriteTexts(json, "warnings", tensor.Warnings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteInputs(Utf8JsonWriter json, MergedTensor tensor)
    {
        json.WriteStartArray("inputs");
        foreach (var input in tensor.Inputs)
        {
            json.WriteStartObject();
            json.WriteNumber("model", input.Model);
            WriteNumbers(json, "metrics", input.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("cosines");
        foreach (var cosine in tensor.Cosines)
        {
            if (cosine is { } number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double?> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            JsonReport.WriteNumber(json, key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteSpectrum(Utf8JsonWriter json, string name, LayerAnalysis? layer)
    {
        if (layer is not { Status: LayerStatus.Analyzed })
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var metric in Spectral)
        {
            JsonReport.WriteNumber(json, metric, layer[metric]);
        }

        json.WriteString("phase", layer.Spectrum?.Phase?.Phase.Text());
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, MergeResult merge)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("tensors", merge.Tensors.Count);
        json.WriteStartObject("routes");
        foreach (var (route, count) in merge.Routes)
        {
            json.WriteNumber(route, count);
        }

        json.WriteEndObject();
        JsonReport.WriteNumber(json, "relative_change", merge.RelativeChange);
        JsonReport.WriteNumber(json, "rounding_loss", merge.RoundingLoss);
        foreach (var metric in Spectral)
        {
            WriteMeans(json, merge, metric);
        }

        json.WriteNumber("tensors_with_warnings", merge.Tensors.Count(tensor => tensor.Warnings.Count > 0));
        json.WriteEndObject();
    }

    /// <summary>Means over the layers that have the metric on both sides.</summary>
    private static void WriteMeans(Utf8JsonWriter json, MergeResult merge, string metric)
    {
        var pairs = MergedLayers.Of(merge).Pairs(metric);
        JsonReport.WriteNumber(json, $"{metric}_before", pairs.Count == 0 ? null : pairs.Average(pair => pair.Before));
        JsonReport.WriteNumber(json, $"{metric}_after", pairs.Count == 0 ? null : pairs.Average(pair => pair.After));
    }
}
