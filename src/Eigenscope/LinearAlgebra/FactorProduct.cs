namespace Eigenscope.LinearAlgebra;

/// <summary>s L R, computed as it is read; only the factors are held.</summary>
/// <param name="left">L, rows by r.</param>
/// <param name="right">R, r by columns.</param>
/// <param name="scale">s.</param>
internal sealed class FactorProduct(DenseMatrix left, DenseMatrix right, double scale) : IMatrix
{
    /// <inheritdoc/>
    public int Rows => left.Rows;

    /// <inheritdoc/>
    public int Columns => right.Columns;

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        var factor = new double[columnCount];
        for (var i = 0; i < rowCount; i++)
        {
            tile.Slice(i * stride, columnCount).Clear();
        }

        for (var k = 0; k < right.Rows; k++)
        {
            right.Read(k, column, 1, columnCount, factor, columnCount);
            for (var i = 0; i < rowCount; i++)
            {
                AddScaled(scale * left[row + i, k], factor, tile.Slice(i * stride, columnCount));
            }
        }
    }

    private static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var j = 0; j < x.Length; j++)
        {
            y[j] += a * x[j];
        }
    }
}
