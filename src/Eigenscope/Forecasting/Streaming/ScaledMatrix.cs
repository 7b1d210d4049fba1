using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>a A, element by element as it is read.</summary>
internal sealed class ScaledMatrix(double factor, IMatrix matrix) : IMatrix
{
    public int Rows => matrix.Rows;

    public int Columns => matrix.Columns;

    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        matrix.Read(row, column, rowCount, columnCount, tile, stride);
        for (var i = 0; i < rowCount; i++)
        {
            foreach (ref var value in tile.Slice(i * stride, columnCount))
            {
                value *= factor;
            }
        }
    }
}
