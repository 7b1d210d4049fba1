using System.Text.Json;

namespace Eigenscope.Models;

/// <summary>What a Hugging Face config.json says of a model.</summary>
/// <param name="Architecture">The first of <c>architectures</c>, else <c>model_type</c>.</param>
/// <param name="CheckpointFormat">How GPTQ stored its integers: <c>checkpoint_format</c> of <c>quantization_config</c>.</param>
internal sealed record ModelConfig(string? Architecture, string? CheckpointFormat)
{
    private const string FileName = "config.json";

    /// <summary>More than any real configuration has.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>The configuration among the files of a model; null where there is none that can be read.</summary>
    /// <remarks>A broken config.json loses only the architecture's name, so it is no reason to refuse the weights.</remarks>
    public static ModelConfig? In(CompanionFiles files)
    {
        try
        {
            if (!files.Has(FileName) || files.OpenListed(FileName) is not { Length: <= MaxBytes } file)
            {
                return null;
            }

            using var document = JsonDocument.Parse(file.ReadArray(0, file.Length));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new ModelConfig(ArchitectureIn(document.RootElement), CheckpointFormatIn(document.RootElement)) : null;
        }
        catch (Exception e) when (e is JsonException or ModelFormatException)
        {
            return null;
        }
    }

    private static string? CheckpointFormatIn(JsonElement root) =>
        root.TryGetProperty("quantization_config", out var quantization) && quantization.ValueKind == JsonValueKind.Object
        && quantization.TryGetProperty("checkpoint_format", out var format) && format.ValueKind == JsonValueKind.String
            ? format.GetString()
            : null;

    private static string? ArchitectureIn(JsonElement root)
    {
        if (root.TryGetProperty("architectures", out var list) && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.String)
        {
            return list[0].GetString();
        }

        return root.TryGetProperty("model_type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
    }
}
