using System.Buffers;

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
    public unsafe void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        a.Read(row, column, rowCount, columnCount, tile, stride);
        var taken = ArrayPool<double>.Shared.Rent(rowCount * columnCount);
        b.Read(row, column, rowCount, columnCount, taken, columnCount);
        var whole = Lanes.Floor(columnCount);
        fixed (double* to = tile, from = taken)
        {
            for (var i = 0; i < rowCount; i++)
            {
                double* x = from + ((nint)i * columnCount), y = to + ((nint)i * stride);
                Lanes.AddScaled(-1, x, y, whole);
                for (var j = whole; j < columnCount; j++)
                {
                    y[j] -= x[j];
                }
            }
        }

        ArrayPool<double>.Shared.Return(taken);
    }
}
