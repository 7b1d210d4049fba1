using System.Text.Json;

namespace Eigenscope.Models;

/// <summary>The numbers of attention heads in a config.json, under the names that models give them.</summary>
internal static class ConfiguredHeads
{
    private static readonly string[] Queries = ["num_attention_heads", "n_head", "n_heads", "num_heads", "attention_heads", "encoder_attention_heads", "decoder_attention_heads"];
    private static readonly string[] KeyValues = ["num_key_value_heads", "num_kv_heads", "n_head_kv", "kv_n_heads"];
    private static readonly string[] Widths = ["head_dim", "kv_channels", "d_kv", "attention_head_dim"];

    /// <summary>The heads of a model; null where their number is not stated, or differs from block to block.</summary>
    public static AttentionHeads? Of(JsonElement config) =>
        Number(config, Queries) is { } queries ? new AttentionHeads(queries, KeyValueHeads(config) ?? queries, Number(config, Widths)) : null;

    /// <summary>
    /// One for all queries with <c>multi_query</c>, unless Falcon's newer blocks count for themselves; ChatGLM's groups; DBRX and MPT say it in <c>attn_config</c>.
    /// </summary>
    private static int? KeyValueHeads(JsonElement config) =>
        IsTrue(config, "multi_query_attention") ? Number(config, "multi_query_group_num")
        : IsTrue(config, "multi_query") && !IsTrue(config, "new_decoder_architecture") ? 1
        : config.TryGetProperty("new_decoder_architecture", out _) && !IsTrue(config, "new_decoder_architecture") ? null
        : Number(config, KeyValues) ?? (config.TryGetProperty("attn_config", out var attention) && attention.ValueKind == JsonValueKind.Object ? Number(attention, KeyValues) : null);

    private static int? Number(JsonElement config, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0)
            {
                return number;
            }
        }

        return null;
    }

    private static bool IsTrue(JsonElement config, string name) => config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
