namespace Eigenscope.Models.Layers;

/// <summary>
/// Cuts a matrix that makes queries, keys and values. Its outputs come in groups, each with its share of all three: one group where they lie one behind the other, one for
/// each key and value head in GPT-NeoX, BLOOM, Falcon, DeBERTa and InternLM2, four in CodeGen.
/// </summary>
internal static class FusedAttention
{
    /// <summary>Modules of one group, whatever the architecture.</summary>
    private static readonly HashSet<string> Contiguous =
        ["c_attn", "qkv", "wqkv", "qkv_proj", "to_qkv", "attn_qkv", "in_proj_weight", "in_proj", "qkv_transform_single", "w_pack", "att_proj"];

    private static readonly string[] GroupedByHead = ["gptneox", "gpt_neox", "bloom", "falcon", "rwforcausallm", "refinedweb", "internlm2", "internlm3"];

    private static readonly (string Suffix, Role Role)[] Thirds = [("q", Role.AttentionQuery), ("k", Role.AttentionKey), ("v", Role.AttentionValue)];

    /// <summary>CodeGen stores values before keys.</summary>
    private static readonly (string Suffix, Role Role)[] CodeGenThirds = [Thirds[0], Thirds[2], Thirds[1]];

    private const int CodeGenGroups = 4;

    /// <summary>The parts; none where the layout or the number of heads that it needs is not known.</summary>
    public static FusedPart[] Of(TensorPath path, Orientation orientation, MatrixSides sides, ModelContext context)
    {
        var side = orientation == Orientation.InOut ? 1 : 0;
        var (outputs, inputs) = (sides[side], sides[1 - side]);
        var architecture = context.Traits.Architecture ?? "";
        var heads = context.HeadsOf(path);
        if (IsCodeGen(path, architecture))
        {
            return outputs % (3 * CodeGenGroups) == 0 && outputs == 3 * inputs ? Grouped(CodeGenThirds, CodeGenGroups, outputs / 3, outputs / 3, side, outputs) : [];
        }

        if (path.ModuleName != "attn_qkv" && IsGroupedByHead(path, architecture))
        {
            return heads is not null && HeadWidth(heads, outputs) is { } width ? Grouped(Thirds, heads.KeyValues, heads.Queries * width, heads.KeyValues * width, side, outputs) : [];
        }

        return !Contiguous.Contains(path.ModuleName) && !IsChatGlm(architecture) ? []
            : outputs == 3 * inputs ? FusedParts.Equal(Thirds, side, outputs)
            : heads is not null && HeadWidth(heads, outputs) is { } contiguous ? Grouped(Thirds, 1, heads.Queries * contiguous, heads.KeyValues * contiguous, side, outputs)
            : [];
    }

    /// <summary>The outputs of a head, where all are of one width; what is stated must agree.</summary>
    private static long? HeadWidth(AttentionHeads heads, long outputs)
    {
        var (width, rest) = Math.DivRem(outputs, heads.Queries + (2L * heads.KeyValues));
        return rest == 0 && width > 0 && heads.Queries % heads.KeyValues == 0 && (heads.Width is null || heads.Width == width) ? width : null;
    }

    private static FusedPart[] Grouped((string Suffix, Role Role)[] parts, long groups, long queries, long others, int side, long outputs)
    {
        var (found, start, period) = (new FusedPart[parts.Length], 0L, outputs / groups);
        for (var i = 0; i < parts.Length; i++)
        {
            var length = parts[i].Role == Role.AttentionQuery ? queries : others;
            found[i] = new(parts[i].Suffix, parts[i].Role, side, groups == 1 ? new(start, length) : new(start, length, length / groups, period));
            start += length / groups;
        }

        return found;
    }

    /// <summary>A path without an architecture: CodeGen's is <c>transformer.h.N.attn.qkv_proj</c>.</summary>
    private static bool IsCodeGen(TensorPath path, string architecture) =>
        architecture.Contains("codegen", StringComparison.OrdinalIgnoreCase) || (path.Module is [.., "h", _, "attn", "qkv_proj"] && architecture.Length == 0);

    /// <summary>By architecture; without one, <c>gpt_neox</c> in the path, and <c>attention.wqkv</c>, which is InternLM2's. DeBERTa's name is its own.</summary>
    private static bool IsGroupedByHead(TensorPath path, string architecture) => path.Module is [.., "self", "in_proj"] || (architecture.Length > 0
        ? Array.Exists(GroupedByHead, name => architecture.Contains(name, StringComparison.OrdinalIgnoreCase)) || (IsChatGlm(architecture) && path.Module is [.., "attention", "query_key_value"])
        : Array.Exists(path.Segments, segment => segment == "gpt_neox") || path.Module is [.., "attention", "wqkv"]);

    private static bool IsChatGlm(string architecture) => architecture.Contains("chatglm", StringComparison.OrdinalIgnoreCase);
}
