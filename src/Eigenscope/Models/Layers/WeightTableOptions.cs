namespace Eigenscope.Models.Layers;

/// <summary>How a convolution kernel becomes matrices.</summary>
public enum ConvolutionMode
{
    /// <summary>One matrix: output channels by (input channels x kernel positions).</summary>
    Flatten,

    /// <summary>One matrix of output by input channels for each kernel position; their spectra are pooled.</summary>
    Slices,

    /// <summary>The operator that the kernel is on a periodic input: one matrix of output by input channels for each frequency; their spectra are pooled.</summary>
    Fourier,
}

/// <summary>How the tensors of a model become weight matrices.</summary>
public sealed record WeightTableOptions
{
    /// <summary>How convolution kernels become matrices.</summary>
    public ConvolutionMode Convolutions { get; init; } = ConvolutionMode.Flatten;

    /// <summary>False for a row for each kernel position with <see cref="ConvolutionMode.Slices"/>, in place of one for all.</summary>
    public bool Pooled { get; init; } = true;

    /// <summary>
    /// True to compare an unembedding with the embedding value by value, so that tied tensors stored twice count once; false to
    /// read nothing but headers.
    /// </summary>
    public bool CompareValues { get; init; } = true;

    /// <summary>Which layers are wanted, where not all are: the values of others are not read to compare them. The rows are the same.</summary>
    public Predicate<WeightMatrix>? Wanted { get; init; }

    /// <summary>True for a row for each head of attention, beside the whole.</summary>
    public bool SplitHeads { get; init; }

    /// <summary>How many heads there are, where the files of the model do not say; null for what they say.</summary>
    public AttentionHeads? Heads { get; init; }
}
