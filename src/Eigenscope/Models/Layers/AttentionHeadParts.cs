using System.Globalization;

namespace Eigenscope.Models.Layers;

/// <summary>Cuts attention into its heads: the outputs of queries, keys and values, and the inputs of the matrix behind them.</summary>
internal static class AttentionHeadParts
{
    private static readonly HashSet<Role> Divided = [Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue, Role.AttentionOutput];

    /// <summary>Modules that make the input of another, shared by all heads.</summary>
    private static readonly HashSet<string> Shared = ["q_a_proj", "attn_q_a", "wq_a", "attn_output_a"];

    /// <summary>The heads of a whole, or of its fused parts; or one part with the reason why there are none.</summary>
    public static IEnumerable<FusedPart> Of(IReadOnlyList<long> shape, TensorPath path, TensorDescription whole, IReadOnlyList<FusedPart> fused, MatrixSides sides, ModelContext context)
    {
        if (whole.Role == Role.AttentionQkv)
        {
            return fused.Count == 0
                ? [None(whole.Role, "how queries, keys and values lie in it is not known")]
                : fused.SelectMany(part => Heads(part, $"{part.Suffix}:", Count(part.Role, path, context)));
        }

        if (!Divided.Contains(whole.Role) || Shared.Contains(path.ModuleName))
        {
            return [];
        }

        if (whole.Orientation == Orientation.Unknown)
        {
            return [None(whole.Role, "which side is the output is not known")];
        }

        var side = (whole.Orientation == Orientation.InOut) == (whole.Role == Role.AttentionOutput) ? 0 : 1;
        return Heads(new("", whole.Role, side, new(0, sides[side])), "", CountIn(shape, whole.Role) ?? Count(whole.Role, path, context));
    }

    /// <summary>Flax states the heads in the shape: [width, heads, head width], and [heads, head width, width] behind them.</summary>
    private static int? CountIn(IReadOnlyList<long> shape, Role role) => shape.Count == 3 ? (int)shape[role == Role.AttentionOutput ? 0 : 1] : null;

    private static int? Count(Role role, TensorPath path, ModelContext context) =>
        role is Role.AttentionKey or Role.AttentionValue ? context.HeadsOf(path)?.KeyValues : context.HeadsOf(path)?.Queries;

    private static IEnumerable<FusedPart> Heads(FusedPart part, string prefix, int? count)
    {
        if (count is not { } heads)
        {
            return [None(part.Role, "the number of heads is not known; --heads gives it") with { Suffix = $"{prefix}heads" }];
        }

        var (width, rest) = Math.DivRem(part.Indices.Length, heads);
        return rest != 0 || part.Indices.Run % width != 0
            ? [None(part.Role, $"{part.Indices.Length} {(part.Role == Role.AttentionOutput ? "inputs" : "outputs")} do not divide into {heads} heads") with { Suffix = $"{prefix}heads" }]
            : Enumerable.Range(0, heads).Select(head => part with { Suffix = string.Create(CultureInfo.InvariantCulture, $"{prefix}head{head}"), Indices = part.Indices.Slice(head * width, width) });
    }

    private static FusedPart None(Role role, string reason) => new("heads", role, 0, default, reason);
}
