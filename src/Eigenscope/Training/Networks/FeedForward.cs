using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>Layers one after another.</summary>
/// <param name="layers">At least one.</param>
internal sealed class Chain(params ILayer[] layers) : ILayer
{
    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution) => layers.Aggregate(inputs, (x, layer) => layer.Forward(x, execution));

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution) => layers.Reverse().Aggregate(gradient, (dy, layer) => layer.Backward(dy, execution));
}

/// <summary>A wide layer and one that narrows again: NAME.fc1, the activation, NAME.fc2.</summary>
internal sealed class FeedForward : ILayer
{
    private readonly Linear narrowing;
    private readonly Chain chain;

    /// <param name="name">The name of the module.</param>
    /// <param name="width">The width of the stream.</param>
    /// <param name="inner">The width between.</param>
    /// <param name="activation">The activation.</param>
    public FeedForward(string name, int width, int inner, ActivationKind activation)
    {
        narrowing = new Linear($"{name}.fc2", inner, width);
        chain = new Chain(new Linear($"{name}.fc1", width, inner), Activations.Layer(activation), narrowing);
    }

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => chain.Parameters;

    /// <summary>The weight through which it writes to the stream.</summary>
    public Parameter OutputWeight => narrowing.Weight;

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution) => chain.Forward(inputs, execution);

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution) => chain.Backward(gradient, execution);
}
