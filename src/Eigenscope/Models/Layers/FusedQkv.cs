namespace Eigenscope.Models.Layers;

/// <summary>Cuts a fused attention matrix whose three equal parts lie one behind the other: queries, keys, values.</summary>
internal static class FusedQkv
{
    /// <summary>Modules that store q, k, v in turn. The others interleave them head by head.</summary>
    private static readonly HashSet<string> Contiguous =
        ["c_attn", "qkv", "wqkv", "qkv_proj", "to_qkv", "attn_qkv", "in_proj_weight", "in_proj", "qkv_transform_single"];

    private static readonly (string Suffix, Role Role)[] Thirds =
        [("q", Role.AttentionQuery), ("k", Role.AttentionKey), ("v", Role.AttentionValue)];

    /// <summary>The three parts, or none where the matrix is not known to consist of three equal contiguous parts.</summary>
    public static IReadOnlyList<FusedPart> Parts(
        TensorPath path, Role role, Orientation orientation, IReadOnlyList<long> shape, string? architecture)
    {
        if (role != Role.AttentionQkv || shape.Count != 2 || !IsContiguous(path, architecture))
        {
            return [];
        }

        var axis = orientation == Orientation.InOut ? 1 : 0;
        var third = shape[1 - axis];
        return third > 0 && shape[axis] / 3 == third && shape[axis] % 3 == 0
            ? [.. Thirds.Select((part, i) => new FusedPart(part.Suffix, part.Role, axis, i * third, third))]
            : [];
    }

    private static bool IsContiguous(TensorPath path, string? architecture) =>
        !path.IsFactor && Contiguous.Contains(path.ModuleName) && !Interleaves(path, architecture);

    /// <summary>CodeGen (<c>transformer.h.N.attn.qkv_proj</c>) stores its qkv_proj in four groups of query, value, key.</summary>
    private static bool Interleaves(TensorPath path, string? architecture) =>
        architecture?.Contains("codegen", StringComparison.OrdinalIgnoreCase) == true
        || (path.Module is [.., "h", _, "attn", "qkv_proj"] && string.IsNullOrEmpty(architecture));
}
