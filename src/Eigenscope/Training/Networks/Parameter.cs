using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>A weight matrix or a vector that is trained, with its gradient.</summary>
/// <param name="name">Its name in files, such as <c>transformer.h.0.attn.q_proj.weight</c>.</param>
/// <param name="shape">One or two sizes; a matrix is stored outputs by inputs.</param>
internal sealed class Parameter(string name, params int[] shape)
{
    /// <summary>The name in files.</summary>
    public string Name => name;

    /// <summary>The sizes: one for a vector, two for a matrix.</summary>
    public IReadOnlyList<int> Shape => shape;

    /// <summary>True for a matrix: it decays, and has a spectrum.</summary>
    public bool IsMatrix => shape.Length == 2;

    /// <summary>The weights; a vector is one row.</summary>
    public RowMajor Value { get; } = New(shape);

    /// <summary>The derivative of the loss by each weight, as the last backward pass left it.</summary>
    public RowMajor Gradient { get; } = New(shape);

    /// <summary>The sizes as files state them.</summary>
    public long[] LongShape => Array.ConvertAll(shape, size => (long)size);

    private static RowMajor New(int[] shape) => shape.Length == 2 ? new(shape[0], shape[1]) : new(1, shape[0]);
}
