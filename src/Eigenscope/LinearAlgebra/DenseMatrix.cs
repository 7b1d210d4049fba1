namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix in memory, float64, row-major.</summary>
public sealed class DenseMatrix : IMatrix
{
    private readonly double[] values;

    /// <summary>Wraps <paramref name="values"/>, which holds the rows one after another and is not copied.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public DenseMatrix(int rows, int columns, double[] values)
    {
        if (rows < 1 || columns < 1 || values.LongLength != (long)rows * columns)
        {
            throw new ArgumentException($"{values.LongLength} values do not make a {rows} x {columns} matrix", nameof(values));
        }

        (Rows, Columns, this.values) = (rows, columns, values);
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>The elements, row by row.</summary>
    internal ReadOnlyMemory<double> Values => values;

    /// <summary>The element in row <paramref name="i"/> and column <paramref name="j"/>.</summary>
    public double this[int i, int j] => values[(i * Columns) + j];

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        for (var i = 0; i < rowCount; i++)
        {
            values.AsSpan(((row + i) * Columns) + column, columnCount).CopyTo(tile[(i * stride)..]);
        }
    }
}
