using Eigenscope.LinearAlgebra;

namespace Eigenscope.Models.Layers;

/// <summary>A convolution kernel as the operator that it is. The transpose of a convolution has the singular values of the convolution, and is taken for it.</summary>
internal sealed class ConvolutionKernel
{
    private const int MostElements = 1 << 16;

    private readonly TensorMatrix stored;

    /// <param name="tensor">The tensor that holds it.</param>
    /// <param name="axes">What its axes are.</param>
    public ConvolutionKernel(Tensor tensor, ConvolutionAxes axes)
    {
        var (outputs, inputs) = axes.IsTransposed && axes.Inputs.Length > 0 ? (axes.Inputs, axes.Outputs) : (axes.Outputs, axes.Inputs);
        stored = MatrixLayout.Kernel(tensor, outputs, [.. inputs, .. axes.Window]);
        Window = [.. axes.Window.Select(axis => (int)tensor.Shape[axis])];
        Groups = stored.Rows % axes.Groups == 0 ? (int)axes.Groups : 1;
        Outputs = stored.Rows / Groups;
        Inputs = stored.Columns / Window.Aggregate(1, (product, size) => product * size);
    }

    /// <summary>The outputs of a group.</summary>
    public int Outputs { get; }

    /// <summary>The inputs of a group.</summary>
    public int Inputs { get; }

    /// <summary>How many groups there are.</summary>
    public int Groups { get; }

    /// <summary>The sides of the window.</summary>
    public IReadOnlyList<int> Window { get; }

    /// <summary>All elements, as the rows or the columns of a matrix, one for each output.</summary>
    public IMatrix Elements => stored.IsColumnMajor ? stored.Transposed() : stored;

    /// <summary>How many matrices stand for the operator at most, with real and imaginary parts side by side.</summary>
    public long Matrices(int grid) => (ConvolutionOperator.Frequencies(Window, grid) / 2 * Groups) + 1;

    /// <summary>The index in the tensor of one of the <see cref="Elements"/>.</summary>
    public string IndexText(int row, int column) => stored.IsColumnMajor ? stored.IndexText(column, row) : stored.IndexText(row, column);

    /// <summary>The operator.</summary>
    /// <param name="elements">The <see cref="Elements"/>, or as many others.</param>
    /// <param name="grid">The least side of the input.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NonFiniteElementException">An element is NaN or infinite.</exception>
    public ConvolutionOperator Operator(IMatrix elements, int grid, CancellationToken cancellation) =>
        new(Values(elements, cancellation), Outputs, Inputs, Window, Groups, grid);

    /// <summary>The elements, output by output.</summary>
    private double[] Values(IMatrix elements, CancellationToken cancellation)
    {
        var values = new double[checked(stored.Rows * stored.Columns)];
        var most = Math.Clamp(MostElements / elements.Columns, 1, elements.Rows);
        var tile = new double[most * elements.Columns];
        for (var row = 0; row < elements.Rows; row += most)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(most, elements.Rows - row);
            elements.Read(row, 0, count, elements.Columns, tile, elements.Columns);
            Store(tile, row, count, elements.Columns, values);
        }

        return values;
    }

    private void Store(double[] tile, int row, int rows, int columns, double[] values)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var value = tile[(i * columns) + j];
                values[stored.IsColumnMajor ? (j * stored.Columns) + row + i : ((row + i) * stored.Columns) + j] =
                    double.IsFinite(value) ? value : throw new NonFiniteElementException(row + i, j, value);
            }
        }
    }
}
