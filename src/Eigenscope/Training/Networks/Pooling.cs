using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Networks;

/// <summary>One row for each sequence: its first, or the mean of all.</summary>
/// <param name="length">The rows of a sequence.</param>
/// <param name="isMean">True for the mean.</param>
internal sealed class Pooling(int length, bool isMean) : ILayer
{
    private RowMajor? outputs;
    private RowMajor? inputGradient;

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => [];

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution)
    {
        var y = RowMajor.Reuse(ref outputs, inputs.Rows / length, inputs.Columns);
        y.Elements.Clear();
        for (var i = 0; i < inputs.Rows; i++)
        {
            SpanSums.AddScaled(Weight(i), inputs.Row(i), y.Row(i / length));
        }

        return y;
    }

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution)
    {
        var dx = RowMajor.Reuse(ref inputGradient, gradient.Rows * length, gradient.Columns);
        for (var i = 0; i < dx.Rows; i++)
        {
            SpanSums.Affine(Weight(i), gradient.Row(i / length), 0, dx.Row(i));
        }

        return dx;
    }

    private double Weight(int row) => isMean ? 1.0 / length : row % length == 0 ? 1 : 0;
}
