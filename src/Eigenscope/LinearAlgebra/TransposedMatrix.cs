namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix with rows and columns exchanged.</summary>
internal sealed class TransposedMatrix(IMatrix w) : IMatrix
{
    public int Rows => w.Columns;

    public int Columns => w.Rows;

    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        var values = new double[rowCount * columnCount];
        w.Read(column, row, columnCount, rowCount, values, rowCount);
        for (var k = 0; k < values.Length; k++)
        {
            tile[(k % rowCount * stride) + (k / rowCount)] = values[k];
        }
    }
}
