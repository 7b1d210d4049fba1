namespace Eigenscope.Models.Layers;

/// <summary>Cuts a fused matrix whose equal parts lie one behind the other: queries, keys and values, or the gate and the input of an MLP.</summary>
internal static class FusedParts
{
    /// <summary>Modules that store q, k, v in turn. The others interleave them head by head.</summary>
    private static readonly HashSet<string> Contiguous =
        ["c_attn", "qkv", "wqkv", "qkv_proj", "to_qkv", "attn_qkv", "in_proj_weight", "in_proj", "qkv_transform_single"];

    /// <summary>Modules that store the gate before what it lets through.</summary>
    private static readonly HashSet<string> GateFirst = ["gate_up_proj", "w12"];

    private static readonly (string Suffix, Role Role)[] Thirds =
        [("q", Role.AttentionQuery), ("k", Role.AttentionKey), ("v", Role.AttentionValue)];

    private static readonly (string Suffix, Role Role)[] Halves = [("gate", Role.MlpGate), ("up", Role.MlpUp)];

    /// <summary>The parts, or none where the matrix is not known to consist of equal contiguous parts.</summary>
    public static IReadOnlyList<FusedPart> Of(
        TensorPath path, Role role, Orientation orientation, IReadOnlyList<long> shape, string? architecture)
    {
        if (shape.Count != 2 || path.IsFactor)
        {
            return [];
        }

        var axis = orientation == Orientation.InOut ? 1 : 0;
        return role switch
        {
            Role.AttentionQkv when IsContiguous(path, architecture) && shape[axis] / 3 == shape[1 - axis] => Equal(Thirds, axis, shape[axis]),
            Role.MlpGateUp when GateFirst.Contains(path.ModuleName) => Equal(Halves, axis, shape[axis]),
            _ => [],
        };
    }

    private static FusedPart[] Equal((string Suffix, Role Role)[] parts, int axis, long length) => length == 0 || length % parts.Length != 0
        ? []
        : [.. parts.Select((part, i) => new FusedPart(part.Suffix, part.Role, axis, i * (length / parts.Length), length / parts.Length))];

    private static bool IsContiguous(TensorPath path, string? architecture) =>
        Contiguous.Contains(path.ModuleName) && !Interleaves(path, architecture);

    /// <summary>CodeGen (<c>transformer.h.N.attn.qkv_proj</c>) stores its qkv_proj in four groups of query, value, key.</summary>
    private static bool Interleaves(TensorPath path, string? architecture) =>
        architecture?.Contains("codegen", StringComparison.OrdinalIgnoreCase) == true
        || (path.Module is [.., "h", _, "attn", "qkv_proj"] && string.IsNullOrEmpty(architecture));
}
