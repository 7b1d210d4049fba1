using System.Text.Json;
using Eigenscope.Models;

namespace Eigenscope.Reports;

/// <summary>What tells that a model is still the one that was analysed, beside its weights: its structure, its format, and what its files say of the network, from which layers get their roles and parts.</summary>
/// <param name="Fingerprint">That of its structure.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Traits">What its files say of the network.</param>
internal sealed record ShardModel(string Fingerprint, string Format, ModelTraits Traits)
{
    /// <summary>That of a model.</summary>
    public static ShardModel Of(Model model) => new(model.Fingerprint, model.Format, model.Traits);

    /// <summary>Writes it into an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("fingerprint", Fingerprint);
        json.WriteString("format", Format);
        json.WriteString("architecture", Traits.Architecture);
        WriteHeads(json, "heads", Traits.Heads);
        WriteHeads(json, "vision_heads", Traits.VisionHeads);
    }

    private static void WriteHeads(Utf8JsonWriter json, string name, AttentionHeads? heads)
    {
        json.WriteStartArray(name);
        foreach (var count in heads is null ? [] : (int[])[heads.Queries, heads.KeyValues, heads.Width ?? 0])
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
    }
}
