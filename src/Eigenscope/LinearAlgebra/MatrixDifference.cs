namespace Eigenscope.LinearAlgebra;

/// <summary>A - B, element by element as it is read; neither is held whole.</summary>
public sealed class MatrixDifference : IMatrix
{
    private readonly IMatrix a;
    private readonly IMatrix b;

    /// <summary>The difference of two matrices of one shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public MatrixDifference(IMatrix a, IMatrix b)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
        {
            throw new ArgumentException($"a matrix of {b.Rows} x {b.Columns} cannot be taken from one of {a.Rows} x {a.Columns}", nameof(b));
        }

        (this.a, this.b) = (a, b);
    }

    /// <inheritdoc/>
    public int Rows => a.Rows;

    /// <inheritdoc/>
    public int Columns => a.Columns;

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        a.Read(row, column, rowCount, columnCount, tile, stride);
        var taken = new double[rowCount * columnCount];
        b.Read(row, column, rowCount, columnCount, taken, columnCount);
        for (var i = 0; i < rowCount; i++)
        {
            for (var j = 0; j < columnCount; j++)
            {
                tile[(i * stride) + j] -= taken[(i * columnCount) + j];
            }
        }
    }
}
