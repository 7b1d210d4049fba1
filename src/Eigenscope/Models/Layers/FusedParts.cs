namespace Eigenscope.Models.Layers;

/// <summary>The parts of a matrix that are weights of their own: queries, keys and values, the gate of an MLP, the gates of a recurrent cell, attention heads.</summary>
internal static class FusedParts
{
    /// <summary>The parts, or none where the matrix is not known to consist of any.</summary>
    public static IReadOnlyList<FusedPart> Of(TensorPath path, string name, IReadOnlyList<long> shape, TensorUse? use, TensorDescription whole, ModelContext context)
    {
        if (path.IsFactor || MatrixLayout.SidesOf(shape, whole) is not { } sides)
        {
            return [];
        }

        IReadOnlyList<FusedPart> parts = whole.Role switch
        {
            Role.AttentionQkv => FusedAttention.Of(path, whole.Orientation, sides, context),
            Role.MlpGateUp => FusedGate.Of(name, path, whole.Orientation, sides, context),
            Role.Recurrent => RecurrentGates.Of(name, shape, use, whole.Orientation, sides, context),
            _ => [],
        };
        return context.SplitHeads ? [.. parts, .. AttentionHeadParts.Of(shape, path, whole, parts, sides, context)] : parts;
    }

    /// <summary>Parts of equal length, one behind the other.</summary>
    public static FusedPart[] Equal(IReadOnlyList<(string Suffix, Role Role)> parts, int side, long length) => length == 0 || length % parts.Count != 0
        ? []
        : [.. parts.Select((part, i) => new FusedPart(part.Suffix, part.Role, side, new(i * (length / parts.Count), length / parts.Count)))];
}
