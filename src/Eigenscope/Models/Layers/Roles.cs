using System.Diagnostics.CodeAnalysis;

namespace Eigenscope.Models.Layers;

/// <summary>The text of each <see cref="Role"/>, and the groups under which several are asked for at once.</summary>
public static class Roles
{
    private static readonly Dictionary<Role, string> Texts = new()
    {
        [Role.AttentionQuery] = "attention_query",
        [Role.AttentionKey] = "attention_key",
        [Role.AttentionValue] = "attention_value",
        [Role.AttentionOutput] = "attention_output",
        [Role.AttentionQkv] = "attention_qkv",
        [Role.MlpUp] = "mlp_up",
        [Role.MlpGate] = "mlp_gate",
        [Role.MlpDown] = "mlp_down",
        [Role.MlpGateUp] = "mlp_gate_up",
        [Role.Embedding] = "embedding",
        [Role.PositionEmbedding] = "position_embedding",
        [Role.Unembedding] = "unembedding",
        [Role.Router] = "router",
        [Role.Convolution] = "convolution",
        [Role.Recurrent] = "recurrent",
        [Role.Norm] = "norm",
        [Role.Bias] = "bias",
        [Role.Other] = "other",
    };

    private static readonly Dictionary<string, Role> ByText =
        Texts.ToDictionary(x => x.Value, x => x.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, Role[]> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["attention"] = [Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue, Role.AttentionOutput, Role.AttentionQkv],
        ["mlp"] = [Role.MlpUp, Role.MlpGate, Role.MlpDown, Role.MlpGateUp],
        ["embeddings"] = [Role.Embedding, Role.PositionEmbedding, Role.Unembedding],
    };

    /// <summary>Every text that <see cref="TryParseFilter"/> accepts: the roles in their order, then the groups.</summary>
    public static IReadOnlyList<string> FilterTexts { get; } = [.. Texts.Values, .. Groups.Keys];

    /// <summary>The text of a role in results, such as <c>attention_query</c>.</summary>
    public static string Text(this Role role) => Texts[role];

    /// <summary>Finds a role by its text; upper and lower case count alike.</summary>
    public static bool TryParse(string text, out Role role) => ByText.TryGetValue(text, out role);

    /// <summary>
    /// Finds the roles that a text stands for: a role's own text, or a group (<c>attention</c>, <c>mlp</c>, <c>embeddings</c>).
    /// </summary>
    /// <param name="text">One of <see cref="FilterTexts"/>; upper and lower case count alike.</param>
    /// <param name="accepts">True for the roles that the text stands for.</param>
    public static bool TryParseFilter(string text, [NotNullWhen(true)] out Predicate<Role>? accepts)
    {
        accepts = TryParse(text, out var one) ? role => role == one
            : Groups.TryGetValue(text, out var group) ? role => Array.IndexOf(group, role) >= 0
            : null;
        return accepts is not null;
    }
}
