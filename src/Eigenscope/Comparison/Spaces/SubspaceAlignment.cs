using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>How much of one matrix lies in leading singular subspaces of another.</summary>
public static class SubspaceAlignment
{
    private const int RowsAtOnce = 64;

    /// <summary>|P A|_F / |A|_F, 0 to 1, where P projects on the space that the vectors span, on the side of the rows of A; null where A is zero.</summary>
    /// <param name="a">A.</param>
    /// <param name="basis">Orthonormal vectors, each as long as A has rows.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double? Of(IMatrix a, IReadOnlyList<double[]> basis, int threads = 1, CancellationToken cancellation = default) =>
        Share(SquaredNormOfRows(a, basis, threads, cancellation), SquaredNorm(a, cancellation));

    /// <summary>|A P|_F / |A|_F, 0 to 1, where P projects on the space that the vectors span, on the side of the columns of A; null where A is zero.</summary>
    /// <param name="a">A.</param>
    /// <param name="basis">Orthonormal vectors, each as long as A has columns.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double? OfColumns(IMatrix a, IReadOnlyList<double[]> basis, int threads = 1, CancellationToken cancellation = default) =>
        Share(SquaredNormOfColumns(a, basis, threads, cancellation), SquaredNorm(a, cancellation));

    /// <summary>Both shares of a matrix whose squared norm is known, by one pass over it for every 24 vectors.</summary>
    internal static (double? Left, double? Right) OfBoth(IMatrix a, double squaredNorm, IReadOnlyList<double[]> left, IReadOnlyList<double[]> right, int threads, CancellationToken cancellation)
    {
        using var execution = Execution.On(threads, cancellation);
        using var products = new FrameProducts(a, execution);
        var (insideLeft, insideRight) = (0.0, 0.0);
        for (var first = 0; first < left.Count; first += Frame.Width)
        {
            using Frame l = Frame.Of(left, first), r = Frame.Of(right, first), image = new(a.Rows), back = new(a.Columns);
            products.Both(r, image, l, back, 1);
            (insideLeft, insideRight) = (insideLeft + back.SquaredNorm, insideRight + image.SquaredNorm);
        }

        return (Share(insideLeft, squaredNorm), Share(insideRight, squaredNorm));
    }

    private static double? Share(double inside, double all) => all > 0 ? Math.Sqrt(Math.Min(1, inside / all)) : null;

    private static double SquaredNormOfRows(IMatrix a, IReadOnlyList<double[]> basis, int threads, CancellationToken cancellation)
    {
        Require(basis, a.Rows);
        return SquaredNorm(MatrixProduct.Of(new DenseMatrix(basis.Count, a.Rows, [.. basis.SelectMany(vector => vector)]), a, threads, cancellation), cancellation);
    }

    private static double SquaredNormOfColumns(IMatrix a, IReadOnlyList<double[]> basis, int threads, CancellationToken cancellation)
    {
        Require(basis, a.Columns);
        var columns = new double[a.Columns * basis.Count];
        for (var k = 0; k < basis.Count; k++)
        {
            for (var i = 0; i < a.Columns; i++)
            {
                columns[(i * basis.Count) + k] = basis[k][i];
            }
        }

        return SquaredNorm(MatrixProduct.Of(a, new DenseMatrix(a.Columns, basis.Count, columns), threads, cancellation), cancellation);
    }

    private static void Require(IReadOnlyList<double[]> basis, int length)
    {
        if (basis.Count == 0 || basis.Any(vector => vector.Length != length))
        {
            throw new ArgumentException($"a basis of vectors of {length} elements is wanted", nameof(basis));
        }
    }

    private static double SquaredNorm(IMatrix a, CancellationToken cancellation)
    {
        var (sum, tile) = (0.0, new double[Math.Min(RowsAtOnce, a.Rows) * a.Columns]);
        for (var row = 0; row < a.Rows; row += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(RowsAtOnce, a.Rows - row);
            a.Read(row, 0, rows, a.Columns, tile, a.Columns);
            var values = tile.AsSpan(0, rows * a.Columns);
            sum += Lanes.Dot(values, values);
        }

        return sum;
    }
}
