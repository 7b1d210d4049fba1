namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix with its rows and columns in another order.</summary>
/// <param name="w">The matrix.</param>
/// <param name="rows">For each row, the row of <paramref name="w"/> that it is; null for their own order.</param>
/// <param name="columns">The same for columns.</param>
internal sealed class PermutedMatrix(IMatrix w, int[]? rows, int[]? columns) : IMatrix
{
    /// <inheritdoc/>
    public int Rows => w.Rows;

    /// <inheritdoc/>
    public int Columns => w.Columns;

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        var whole = columns is null ? [] : new double[w.Columns];
        for (var i = 0; i < rowCount; i++)
        {
            var source = rows?[row + i] ?? row + i;
            var to = tile.Slice(i * stride, columnCount);
            if (columns is null)
            {
                w.Read(source, column, 1, columnCount, to, columnCount);
                continue;
            }

            w.Read(source, 0, 1, w.Columns, whole, w.Columns);
            for (var j = 0; j < columnCount; j++)
            {
                to[j] = whole[columns[column + j]];
            }
        }
    }
}
