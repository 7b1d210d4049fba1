namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A real matrix that is read in rectangular tiles, widened to float64 tile by tile. The solvers never hold it whole unless they
/// say so, and may read from several threads at once.
/// </summary>
public interface IMatrix
{
    /// <summary>The number of rows, at least 1.</summary>
    int Rows { get; }

    /// <summary>The number of columns, at least 1.</summary>
    int Columns { get; }

    /// <summary>
    /// Writes element (<paramref name="row"/> + i, <paramref name="column"/> + j) to <c>tile[i * stride + j]</c> for
    /// i &lt; <paramref name="rowCount"/> and j &lt; <paramref name="columnCount"/>; what lies between is left as it is.
    /// </summary>
    void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride);
}
