using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>
/// The order of a head's outputs under rotary position embeddings: GGUF keeps the two elements that turn together side by side (0, 1), most other formats half a head apart (0, d / 2).
/// </summary>
internal static class RotaryOrder
{
    private const string PairedFormat = "gguf";

    /// <summary>For each output of <paramref name="a"/> the output of its counterpart in the other order; null where the two formats have one order, or the heads are not known.</summary>
    public static int[]? Between(WeightMatrix a, Model modelA, Model modelB, int outputs)
    {
        if (modelA.Format == PairedFormat == (modelB.Format == PairedFormat) || Heads(a.Role, modelA.Traits.Heads ?? modelB.Traits.Heads) is not { } heads || outputs % (2 * heads) != 0)
        {
            return null;
        }

        var (width, half) = (outputs / heads, outputs / heads / 2);
        return [.. Enumerable.Range(0, outputs).Select(output =>
        {
            var (head, within) = Math.DivRem(output, width);
            return (head * width) + (modelA.Format == PairedFormat ? (within % 2 * half) + (within / 2) : (within % half * 2) + (within / half));
        })];
    }

    private static int? Heads(Role role, AttentionHeads? heads) => role switch
    {
        Role.AttentionQuery => heads?.Queries,
        Role.AttentionKey => heads?.KeyValues,
        _ => null,
    };
}
