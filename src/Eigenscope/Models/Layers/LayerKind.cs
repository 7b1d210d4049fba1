namespace Eigenscope.Models.Layers;

/// <summary>The texts of <see cref="TensorDescription.Kind"/>.</summary>
public static class LayerKind
{
    /// <summary>The matrix of a linear layer.</summary>
    public const string Dense = "dense";

    /// <summary>A convolution over one axis: three axes in all.</summary>
    public const string Conv1d = "conv1d";

    /// <summary>A convolution over two axes: four axes in all.</summary>
    public const string Conv2d = "conv2d";

    /// <summary>A convolution over three axes: five axes in all.</summary>
    public const string Conv3d = "conv3d";

    /// <summary>A lookup table of vectors.</summary>
    public const string Embedding = "embedding";

    /// <summary>A matrix of a recurrent cell, its gates stacked.</summary>
    public const string Recurrent = "recurrent";

    /// <summary>A stack of matrices [experts, x, y], one for each expert; or for each head or part of another stack.</summary>
    public const string Experts = "experts";

    /// <summary>The product of two factors of a low-rank adapter.</summary>
    public const string LowRank = "low_rank";

    /// <summary>A scale or statistic of a normalisation layer.</summary>
    public const string Norm = "norm";

    /// <summary>An additive bias.</summary>
    public const string Bias = "bias";

    /// <summary>One axis longer than 1.</summary>
    public const string Vector = "vector";

    /// <summary>No axis longer than 1.</summary>
    public const string Scalar = "scalar";

    /// <summary>Buffers, quantisation data and arrays whose use the name does not tell.</summary>
    public const string Other = "other";
}
