using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>
/// FARMS (Hu and others 2025): the exponent of the pooled eigenvalues of overlapping windows of one aspect ratio, which takes the dependence on the shape of the matrix away. A Gaussian matrix of any shape has 2.1
/// with square windows and Hill's estimator.
/// </summary>
/// <param name="Alpha">Hill's estimate from the upper half of the pooled eigenvalues.</param>
/// <param name="Windows">The number of windows.</param>
/// <param name="Side">Their shorter side.</param>
/// <param name="Count">The number of pooled eigenvalues above the threshold.</param>
public sealed record Farms(double Alpha, int Windows, int Side, int Count)
{
    /// <summary>Pools and fits.</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="spectrum">The eigenvalues of X^T X for a window X.</param>
    /// <param name="options">The windows.</param>
    /// <returns>The estimate; or null with the reason, where the windows do not fit or the pool is constant.</returns>
    public static (Farms? Farms, string? Reason) Of(IMatrix w, Func<IMatrix, IReadOnlyList<double>> spectrum, FarmsOptions options)
    {
        var side = Math.Min(options.Side, Math.Min(w.Rows, w.Columns));
        var other = (int)Math.Min(Math.Round(side * options.Q), Math.Max(w.Rows, w.Columns));
        var (rows, columns) = w.Rows >= w.Columns ? (other, side) : (side, other);
        var pool = new List<double>();
        var windows = 0;
        foreach (var row in Places(w.Rows - rows, options.Grid))
        {
            foreach (var column in Places(w.Columns - columns, options.Grid))
            {
                pool.AddRange(spectrum(new MatrixWindow(w, row, column, rows, columns)).Where(lambda => lambda > options.Threshold));
                windows++;
            }
        }

        pool.Sort();
        var (alpha, reason) = HillEstimator.UpperHalf([.. pool]);
        return alpha is { } value ? (new Farms(value, windows, side, pool.Count), null) : (null, reason);
    }

    /// <summary>So many places from 0 to the end, evenly spaced and without repetition.</summary>
    private static IEnumerable<int> Places(int end, int count) =>
        Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * end / (count - 1))).Distinct();

    private sealed class MatrixWindow(IMatrix w, int row, int column, int rows, int columns) : IMatrix
    {
        public int Rows => rows;

        public int Columns => columns;

        public void Read(int fromRow, int fromColumn, int rowCount, int columnCount, Span<double> tile, int stride) =>
            w.Read(row + fromRow, column + fromColumn, rowCount, columnCount, tile, stride);
    }
}
