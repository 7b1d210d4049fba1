namespace Eigenscope.Models.Layers;

/// <summary>What a tensor's name and shape say about it, and the files and tensors around it.</summary>
/// <param name="Role">What it does in the network.</param>
/// <param name="Block">
/// The number of its block as the name gives it; null where it gives none. Encoder and decoder, and the stages of a staged network
/// (ResNet's layer1, layer2, ...), each count from their own 0.
/// </param>
/// <param name="Kind">One of the texts of <see cref="LayerKind"/>.</param>
/// <param name="Orientation">In which order output and input axes are stored.</param>
/// <param name="SkipReason">Why it is no weight matrix, as a short clause; null where it is one.</param>
/// <param name="Parts">The parts of its matrix that are weights of their own, or of each of its matrices, in stored order; empty where none are known.</param>
public sealed record TensorDescription(
    Role Role,
    int? Block,
    string Kind,
    Orientation Orientation,
    string? SkipReason,
    IReadOnlyList<FusedPart> Parts)
{
    /// <summary>What it is where it was computed and not learned, such as a Fourier basis; null for all others.</summary>
    public string? FixedTransform { get; init; }

    /// <summary>True where it holds one filter for each channel of a convolution.</summary>
    public bool IsDepthwise => Convolution is { IsDepthwise: true };

    /// <summary>What the axes of a convolution are; null for all others.</summary>
    internal ConvolutionAxes? Convolution { get; init; }
}

/// <summary>Rows or columns of a matrix that are a weight of their own.</summary>
/// <param name="Suffix">What tells it from its siblings: <c>q</c>, <c>gate</c>, <c>head3</c>, ...</param>
/// <param name="Role">The role of the part.</param>
/// <param name="Side">Along which side the whole is cut: 0 for some of its rows, 1 for some of its columns.</param>
/// <param name="Indices">Which of them.</param>
/// <param name="Reason">Why there is no such part, though it was asked for; null where there is.</param>
public readonly record struct FusedPart(string Suffix, Role Role, int Side, IndexRuns Indices, string? Reason = null);
