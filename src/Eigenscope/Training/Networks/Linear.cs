using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>Y = X W^T + b, with W stored outputs by inputs.</summary>
internal sealed class Linear : ILayer
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly bool isFirst;
    private RowMajor? inputs;
    private RowMajor? outputs;
    private RowMajor? inputGradient;

    /// <param name="name">The name of the module: its weight is NAME.weight.</param>
    /// <param name="inputs">The width of its inputs.</param>
    /// <param name="outputs">The width of its outputs.</param>
    /// <param name="hasBias">False for none.</param>
    /// <param name="isFirst">True where nobody asks for the derivatives by the inputs.</param>
    public Linear(string name, int inputs, int outputs, bool hasBias = true, bool isFirst = false)
        : this(new Parameter($"{name}.weight", outputs, inputs), hasBias ? new Parameter($"{name}.bias", outputs) : null) => this.isFirst = isFirst;

    /// <summary>With a weight that it may have in common with another layer.</summary>
    public Linear(Parameter weight, Parameter? bias = null) => (this.weight, this.bias) = (weight, bias);

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => bias is null ? [weight] : [weight, bias];

    /// <summary>The weight.</summary>
    public Parameter Weight => weight;

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution)
    {
        this.inputs = inputs;
        var y = RowMajor.Reuse(ref outputs, inputs.Rows, weight.Value.Rows);
        for (var i = 0; bias is not null && i < y.Rows; i++)
        {
            bias.Value.Elements.CopyTo(y.Row(i));
        }

        RowProduct.Of(inputs.View, weight.Value.View.Transposed, y.View, bias is null ? TileKernel.Update.Set : TileKernel.Update.Add, execution);
        return y;
    }

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution)
    {
        RowProduct.Of(gradient.View.Transposed, inputs!.View, weight.Gradient.View, TileKernel.Update.Set, execution);
        if (bias is not null)
        {
            AddRows(gradient, bias.Gradient.Elements);
        }

        if (isFirst)
        {
            return inputs;
        }

        var dx = RowMajor.Reuse(ref inputGradient, inputs.Rows, inputs.Columns);
        RowProduct.Of(gradient.View, weight.Value.View, dx.View, TileKernel.Update.Set, execution);
        return dx;
    }

    private static void AddRows(RowMajor rows, Span<double> sum)
    {
        sum.Clear();
        for (var i = 0; i < rows.Rows; i++)
        {
            SpanSums.Add(rows.Row(i), sum);
        }
    }
}
