using System.Text.Json;

namespace Eigenscope.Models;

/// <summary>What PEFT's adapter_config.json says of how strongly an adapter acts.</summary>
/// <param name="Alpha">lora_alpha; null where it is not said.</param>
/// <param name="RankStabilized">True for alpha / sqrt(r) instead of alpha / r (Kalajdzievski 2023).</param>
/// <param name="Alphas">What modules whose names end so have instead: alpha_pattern.</param>
internal sealed record AdapterConfig(double? Alpha, bool RankStabilized, IReadOnlyDictionary<string, double> Alphas)
{
    private const string FileName = "adapter_config.json";
    private const int MaxBytes = 16 << 20;

    /// <summary>The configuration among the files of a model; null where there is none that can be read.</summary>
    public static AdapterConfig? In(CompanionFiles files)
    {
        try
        {
            if (!files.Has(FileName) || files.OpenListed(FileName) is not { Length: <= MaxBytes } file)
            {
                return null;
            }

            using var json = JsonDocument.Parse(file.ReadArray(0, file.Length));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or ModelFormatException)
        {
            return null;
        }
    }

    /// <summary>What the product of the factors of a module is multiplied by.</summary>
    /// <param name="config">The configuration; null where there is none.</param>
    /// <param name="module">The path of the module.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="stored">An alpha that is stored beside the factors; null where there is none.</param>
    public static double Scale(AdapterConfig? config, string module, long rank, double? stored)
    {
        var alpha = stored ?? config?.Alphas.Where(entry => module == entry.Key || module.EndsWith("." + entry.Key, StringComparison.Ordinal)).Select(entry => (double?)entry.Value).FirstOrDefault() ?? config?.Alpha;
        return alpha is not { } known ? 1 : config?.RankStabilized == true && stored is null ? known / Math.Sqrt(rank) : known / rank;
    }

    private static AdapterConfig Of(JsonElement root)
    {
        var patterns = new Dictionary<string, double>(StringComparer.Ordinal);
        if (root.TryGetProperty("alpha_pattern", out var pattern) && pattern.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in pattern.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Number))
            {
                patterns[entry.Name] = entry.Value.GetDouble();
            }
        }

        return new AdapterConfig(
            root.TryGetProperty("lora_alpha", out var alpha) && alpha.ValueKind == JsonValueKind.Number ? alpha.GetDouble() : null,
            root.TryGetProperty("use_rslora", out var stabilized) && stabilized.ValueKind == JsonValueKind.True,
            patterns);
    }
}
