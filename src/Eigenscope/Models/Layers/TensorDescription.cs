namespace Eigenscope.Models.Layers;

/// <summary>What a tensor's name and shape say about it.</summary>
/// <param name="Role">What it does in the network.</param>
/// <param name="Block">
/// The number of its block as the name gives it; null where it gives none. Encoder and decoder, and the stages of a staged network
/// (ResNet's layer1, layer2, ...), each count from their own 0.
/// </param>
/// <param name="Kind">One of the texts of <see cref="LayerKind"/>.</param>
/// <param name="Orientation">In which order output and input axes are stored.</param>
/// <param name="SkipReason">Why it is no weight matrix, as a short clause; null where it is one.</param>
/// <param name="Parts">
/// The parts of a fused matrix, in stored order; empty where it is not fused, or not known to fall into contiguous parts.
/// </param>
public sealed record TensorDescription(
    Role Role,
    int? Block,
    string Kind,
    Orientation Orientation,
    string? SkipReason,
    IReadOnlyList<FusedPart> Parts);

/// <summary>A contiguous slice of a fused matrix that is a weight of its own.</summary>
/// <param name="Suffix">What tells it from its siblings: <c>q</c>, <c>k</c> or <c>v</c>.</param>
/// <param name="Role">The role of the slice.</param>
/// <param name="Axis">The axis along which the whole is cut: 0 or 1.</param>
/// <param name="Start">The first index of the slice on that axis.</param>
/// <param name="Length">The number of indices on that axis.</param>
public readonly record struct FusedPart(string Suffix, Role Role, int Axis, long Start, long Length);
