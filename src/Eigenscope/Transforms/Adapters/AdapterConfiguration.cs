using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>PEFT's adapter_config.json: every alpha is the rank of its module, so that the product of the factors is added as it is.</summary>
internal static class AdapterConfiguration
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    /// <param name="model">The model that the base becomes with the adapter.</param>
    /// <param name="basePath">The path of the base.</param>
    /// <param name="changes">What goes into the adapter, and what does not.</param>
    public static byte[] Of(Model model, string basePath, IReadOnlyList<TensorChange> changes)
    {
        var factors = changes.Where(change => change.Part == AdapterPart.Factors).ToList();
        var rank = factors.Max(change => change.Rank);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            WriteRanks(json, "alpha_pattern", factors, rank);
            json.WriteString("base_model_name_or_path", basePath);
            json.WriteString("bias", "none");
            json.WriteBoolean("fan_in_fan_out", factors.Exists(change => !change.IsEmbedding && change.OutputsComeFirst == false));
            json.WriteBoolean("inference_mode", true);
            json.WriteBoolean("init_lora_weights", true);
            json.WriteNumber("lora_alpha", rank);
            json.WriteBoolean("lora_bias", changes.Any(change => change.Part == AdapterPart.Bias));
            json.WriteNumber("lora_dropout", 0.0);
            WriteNames(json, "modules_to_save", changes.Where(change => change.Part == AdapterPart.Whole));
            json.WriteString("peft_type", "LORA");
            json.WriteNumber("r", rank);
            WriteRanks(json, "rank_pattern", factors, rank);
            WriteNames(json, "target_modules", factors);
            json.WriteString("task_type", TaskOf(model.Architecture));
            json.WriteBoolean("use_dora", false);
            json.WriteBoolean("use_rslora", false);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteRanks(Utf8JsonWriter json, string name, List<TensorChange> factors, int rank)
    {
        json.WriteStartObject(name);
        foreach (var change in factors.Where(change => change.Rank != rank))
        {
            json.WriteNumber(change.Module, change.Rank);
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<TensorChange> changes)
    {
        var modules = changes.Select(change => change.Module).Distinct(StringComparer.Ordinal).ToList();
        if (modules.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        modules.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }

    private static string? TaskOf(string? architecture) =>
        architecture is null ? null
        : architecture.EndsWith("ForCausalLM", StringComparison.Ordinal) || architecture.EndsWith("LMHeadModel", StringComparison.Ordinal) ? "CAUSAL_LM"
        : architecture.EndsWith("ForConditionalGeneration", StringComparison.Ordinal) ? "SEQ_2_SEQ_LM"
        : architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal) ? "SEQ_CLS"
        : architecture.EndsWith("ForTokenClassification", StringComparison.Ordinal) ? "TOKEN_CLS"
        : null;
}
