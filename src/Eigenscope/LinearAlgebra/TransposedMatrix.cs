using System.Buffers;

namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix with rows and columns exchanged.</summary>
internal sealed class TransposedMatrix(IMatrix w) : IMatrix
{
    public int Rows => w.Columns;

    public int Columns => w.Rows;

    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        var values = ArrayPool<double>.Shared.Rent(rowCount * columnCount);
        w.Read(column, row, columnCount, rowCount, values, rowCount);
        for (var i = 0; i < rowCount; i++)
        {
            for (var j = 0; j < columnCount; j++)
            {
                tile[(i * stride) + j] = values[(j * rowCount) + i];
            }
        }

        ArrayPool<double>.Shared.Return(values);
    }
}
