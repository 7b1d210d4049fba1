using System.Text.Json;

namespace Eigenscope.Models;

/// <summary>What a Hugging Face config.json says of a model.</summary>
/// <param name="Traits">The network: the first of <c>architectures</c>, else <c>model_type</c>, and its heads.</param>
/// <param name="CheckpointFormat">How GPTQ stored its integers: <c>checkpoint_format</c> of <c>quantization_config</c>.</param>
internal sealed record ModelConfig(ModelTraits Traits, string? CheckpointFormat)
{
    private const string FileName = "config.json";

    /// <summary>More than any real configuration has.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>The configuration among the files of a model; null where there is none that can be read.</summary>
    /// <remarks>A broken config.json loses only names and head counts, so it is no reason to refuse the weights.</remarks>
    public static ModelConfig? In(CompanionFiles files)
    {
        try
        {
            if (!files.Has(FileName) || files.OpenListed(FileName) is not { Length: <= MaxBytes } file)
            {
                return null;
            }

            using var document = JsonDocument.Parse(file.ReadArray(0, file.Length));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or ModelFormatException)
        {
            return null;
        }
    }

    private static ModelConfig Of(JsonElement root) => new(
        new ModelTraits(Architecture(root), ConfiguredHeads.Of(root) ?? Section(root, "text_config", "llm_config"), Section(root, "vision_config")),
        Object(root, "quantization_config") is { } quantization ? Text(quantization, "checkpoint_format") : null);

    private static AttentionHeads? Section(JsonElement root, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Object(root, name) is { } section)
            {
                return ConfiguredHeads.Of(section);
            }
        }

        return null;
    }

    private static string? Architecture(JsonElement root) =>
        root.TryGetProperty("architectures", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.String
            ? list[0].GetString()
            : Text(root, "model_type");

    private static JsonElement? Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
