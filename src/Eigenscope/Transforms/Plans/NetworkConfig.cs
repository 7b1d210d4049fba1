using System.Globalization;
using System.Text.Json;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>What a config.json says of a network as far as merging is concerned.</summary>
internal sealed class NetworkConfig
{
    private const string FileName = "config.json";
    private const int MaxBytes = 16 << 20;
    private const string Tied = "tie_word_embeddings";

    /// <summary>What two models should agree in if their weights are to mean the same, each with the names that it has.</summary>
    private static readonly string[][] Compared =
    [
        ["architectures"], ["model_type"], ["hidden_size", "n_embd", "d_model"], ["num_attention_heads", "n_head", "num_heads"], ["num_key_value_heads", "n_head_kv"], ["head_dim"],
        ["rope_theta", "rotary_emb_base"], ["rope_scaling"], ["sliding_window"], ["hidden_act", "activation_function"], ["rms_norm_eps", "layer_norm_epsilon", "layer_norm_eps"],
        ["vocab_size"], [Tied],
    ];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Whether embedding and unembedding are one table; null where it is not said.</summary>
    public bool? IsTied => values.GetValueOrDefault(Tied) switch { "true" => true, "false" => false, _ => null };

    /// <summary>Reads the configuration beside a model; one that cannot be read says nothing.</summary>
    public static NetworkConfig Of(Model model)
    {
        var config = new NetworkConfig();
        try
        {
            if (model.Companions is { } files && files.Has(FileName) && files.OpenListed(FileName) is { Length: <= MaxBytes } file)
            {
                using var json = JsonDocument.Parse(file.ReadArray(0, file.Length));
                config.Read(json.RootElement);
            }
        }
        catch (Exception e) when (e is JsonException or ModelFormatException)
        {
            config.values.Clear();
        }

        return config;
    }

    /// <summary>What differs, as clauses <c>rope_theta is 10000 in A and 1000000 in B</c>; what only one of them says is no difference.</summary>
    /// <param name="name">How this model is named.</param>
    /// <param name="other">The other one.</param>
    /// <param name="otherName">How that is named.</param>
    public IEnumerable<string> Differences(string name, NetworkConfig other, string otherName) =>
        Compared.Select(names => names[0])
            .Where(key => values.TryGetValue(key, out var mine) && other.values.TryGetValue(key, out var theirs) && mine != theirs)
            .Select(key => $"{key} is {values[key]} in {name} and {other.values[key]} in {otherName}");

    private void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var section in new[] { root, Section(root, "text_config"), Section(root, "rope_parameters") }.Where(section => section.ValueKind == JsonValueKind.Object))
        {
            foreach (var names in Compared)
            {
                if (Array.Find(names, key => section.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null) is { } name)
                {
                    values.TryAdd(names[0], Text(section.GetProperty(name)));
                }
            }
        }
    }

    private static JsonElement Section(JsonElement root, string name) => root.TryGetProperty(name, out var section) ? section : default;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture) : value.GetRawText();
}
