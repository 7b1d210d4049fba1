using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>x + F(LayerNorm(x)): a branch that adds to the stream.</summary>
/// <param name="norm">The normalisation before the branch.</param>
/// <param name="branch">F.</param>
internal sealed class Residual(LayerNorm norm, ILayer branch) : ILayer
{
    private RowMajor? outputs;
    private RowMajor? inputGradient;

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => [.. norm.Parameters, .. branch.Parameters];

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution) =>
        Sum(inputs, branch.Forward(norm.Forward(inputs, execution), execution), RowMajor.Reuse(ref outputs, inputs.Rows, inputs.Columns));

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution) =>
        Sum(gradient, norm.Backward(branch.Backward(gradient, execution), execution), RowMajor.Reuse(ref inputGradient, gradient.Rows, gradient.Columns));

    private static RowMajor Sum(RowMajor x, RowMajor y, RowMajor to)
    {
        x.Elements.CopyTo(to.Elements);
        SpanSums.Add(y.Elements, to.Elements);
        return to;
    }
}

/// <summary>A block of a transformer with the normalisations before its branches: attention, then the feed-forward network (Radford et al. 2019).</summary>
internal sealed class TransformerBlock : ILayer
{
    private readonly SelfAttention attention;
    private readonly FeedForward feedForward;
    private readonly Chain chain;

    /// <param name="name">The name of the block, such as <c>transformer.h.0</c>.</param>
    /// <param name="options">Width, heads, activation.</param>
    /// <param name="length">The rows of a sequence.</param>
    /// <param name="isCausal">True where a row sees only itself and those before.</param>
    public TransformerBlock(string name, NetworkOptions options, int length, bool isCausal)
    {
        attention = new SelfAttention($"{name}.attn", options.Width, options.Heads, length, isCausal);
        feedForward = new FeedForward($"{name}.mlp", options.Width, options.InnerFactor * options.Width, options.Activation);
        chain = new Chain(new Residual(new LayerNorm($"{name}.ln_1", options.Width), attention), new Residual(new LayerNorm($"{name}.ln_2", options.Width), feedForward));
    }

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => chain.Parameters;

    /// <summary>The two weights through which it writes to the stream.</summary>
    public IEnumerable<Parameter> OutputWeights => [attention.OutputWeight, feedForward.OutputWeight];

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution) => chain.Forward(inputs, execution);

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution) => chain.Backward(gradient, execution);
}
