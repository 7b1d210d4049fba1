namespace Eigenscope.Models.Layers;

/// <summary>An operation of a network that has a weight.</summary>
internal enum WeightOperation
{
    /// <summary>A product of matrices.</summary>
    Product,

    /// <summary>A convolution: [out, in / groups, window...].</summary>
    Convolution,

    /// <summary>The transpose of a convolution: [in, out / groups, window...].</summary>
    TransposedConvolution,

    /// <summary>A convolution of every channel by itself: [window..., channels, multiplier].</summary>
    DepthwiseConvolution,

    /// <summary>A row of a table for each index.</summary>
    Lookup,

    /// <summary>A long short-term memory.</summary>
    Lstm,

    /// <summary>A gated recurrent unit.</summary>
    Gru,

    /// <summary>A plain recurrent cell.</summary>
    Rnn,
}

/// <summary>What a file's own graph tells of a tensor.</summary>
/// <param name="Operation">What it is a weight of.</param>
/// <param name="Orientation">In which order output and input axes are stored.</param>
/// <param name="Groups">Into how many groups a convolution divides its channels.</param>
/// <param name="WindowFirst">True where the axes of a convolution's window come first, as in TensorFlow; else they come last.</param>
internal readonly record struct TensorUse(WeightOperation Operation, Orientation Orientation, long Groups = 1, bool WindowFirst = false)
{
    /// <summary>The use of the tensor whose first two axes exchanged are this one.</summary>
    public TensorUse Transposed() => this with
    {
        Orientation = Orientation switch { Orientation.InOut => Orientation.OutIn, Orientation.OutIn => Orientation.InOut, _ => Orientation },
    };
}
