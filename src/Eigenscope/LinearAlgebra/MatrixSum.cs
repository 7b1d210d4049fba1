using System.Buffers;

namespace Eigenscope.LinearAlgebra;

/// <summary>A + B, element by element as it is read; neither is held whole.</summary>
/// <param name="a">A.</param>
/// <param name="b">B, of the same shape.</param>
internal sealed class MatrixSum(IMatrix a, IMatrix b) : IMatrix
{
    /// <inheritdoc/>
    public int Rows => a.Rows;

    /// <inheritdoc/>
    public int Columns => a.Columns;

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        a.Read(row, column, rowCount, columnCount, tile, stride);
        var added = ArrayPool<double>.Shared.Rent(rowCount * columnCount);
        b.Read(row, column, rowCount, columnCount, added, columnCount);
        for (var i = 0; i < rowCount; i++)
        {
            for (var j = 0; j < columnCount; j++)
            {
                tile[(i * stride) + j] += added[(i * columnCount) + j];
            }
        }

        ArrayPool<double>.Shared.Return(added);
    }
}
