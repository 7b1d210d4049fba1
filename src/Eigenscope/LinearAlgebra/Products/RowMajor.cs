namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix in memory that is computed in place: float64, its rows one after another, and zeros behind them up to a multiple of <see cref="Lanes.Count"/>, so that what works element by element needs no tail.</summary>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The number of columns.</param>
internal sealed class RowMajor(int rows, int columns) : IMatrix
{
    /// <summary>The number of rows.</summary>
    public int Rows => rows;

    /// <summary>The number of columns.</summary>
    public int Columns => columns;

    /// <summary>The number of elements.</summary>
    public int Count => rows * columns;

    /// <summary>The elements and the zeros behind them.</summary>
    public double[] Values { get; } = new double[Lanes.Ceiling(checked(rows * columns))];

    /// <summary>The elements alone.</summary>
    public Span<double> Elements => Values.AsSpan(0, Count);

    /// <summary>The matrix as an operand.</summary>
    public MatrixView View => new(Values, 0, columns, rows, columns);

    /// <summary>One row.</summary>
    public Span<double> Row(int i) => Values.AsSpan(i * columns, columns);

    /// <summary>The buffer where it has the wanted shape, with what it held; else a new one of zeros in its place.</summary>
    public static RowMajor Reuse(ref RowMajor? buffer, int rows, int columns) =>
        buffer is { } kept && kept.Rows == rows && kept.Columns == columns ? kept : buffer = new RowMajor(rows, columns);

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        for (var i = 0; i < rowCount; i++)
        {
            Values.AsSpan(((row + i) * columns) + column, columnCount).CopyTo(tile[(i * stride)..]);
        }
    }

    /// <summary>A copy of the elements.</summary>
    public DenseMatrix ToDense() => new(rows, columns, Elements.ToArray());
}

/// <summary>A rectangle in memory as an operand of a product.</summary>
/// <param name="Values">Where its elements lie.</param>
/// <param name="Offset">The first of them.</param>
/// <param name="Stride">The distance of rows; of columns where it is transposed.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
/// <param name="IsTransposed">True where the elements of a column follow one another.</param>
internal readonly record struct MatrixView(double[] Values, int Offset, int Stride, int Rows, int Columns, bool IsTransposed = false)
{
    /// <summary>The same elements with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Values, Offset, Stride, Columns, Rows, !IsTransposed);

    /// <summary>A rectangle of it.</summary>
    public MatrixView Part(int row, int column, int rows, int columns) =>
        new(Values, Offset + (IsTransposed ? (column * Stride) + row : (row * Stride) + column), Stride, rows, columns, IsTransposed);
}
