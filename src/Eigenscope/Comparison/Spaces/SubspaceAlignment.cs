using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>How much of one matrix lies in leading singular subspaces of another.</summary>
public static class SubspaceAlignment
{
    /// <summary>|P A|_F / |A|_F, 0 to 1, where P projects on the space that the vectors span, on the side of the rows of A; null where A is zero.</summary>
    /// <param name="a">A.</param>
    /// <param name="basis">Orthonormal vectors, each as long as A has rows.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double? Of(IMatrix a, IReadOnlyList<double[]> basis, int threads = 1, CancellationToken cancellation = default)
    {
        if (basis.Count == 0 || basis.Any(vector => vector.Length != a.Rows))
        {
            throw new ArgumentException($"a basis of vectors of {a.Rows} elements is wanted", nameof(basis));
        }

        var inside = MatrixProduct.Of(new DenseMatrix(basis.Count, a.Rows, [.. basis.SelectMany(vector => vector)]), a, threads, cancellation);
        var (kept, all) = (SquaredNorm(inside), SquaredNorm(a));
        return all > 0 ? Math.Sqrt(Math.Min(1, kept / all)) : null;
    }

    private static double SquaredNorm(IMatrix a)
    {
        var (sum, row) = (0.0, new double[a.Columns]);
        for (var i = 0; i < a.Rows; i++)
        {
            a.Read(i, 0, 1, a.Columns, row, a.Columns);
            sum += row.Sum(x => x * x);
        }

        return sum;
    }
}
