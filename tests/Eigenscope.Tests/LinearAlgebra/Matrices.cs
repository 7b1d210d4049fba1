using System.Numerics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Tests.LinearAlgebra;

/// <summary>Matrices to test with, and what is done to them.</summary>
internal static class Matrices
{
    public static DenseMatrix Of(int rows, int columns, Func<int, int, double> element)
    {
        var values = new double[rows * columns];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = element(k / columns, k % columns);
        }

        return new DenseMatrix(rows, columns, values);
    }

    /// <summary>Independent standard normal elements.</summary>
    public static DenseMatrix Normal(int rows, int columns, int seed) => new(rows, columns, new Draws(seed).Normals(rows * columns));

    public static DenseMatrix Diagonal(params double[] diagonal) => Diagonal(diagonal.Length, diagonal.Length, diagonal);

    public static DenseMatrix Diagonal(int rows, int columns, double[] diagonal) => Of(rows, columns, (i, j) => i == j ? diagonal[i] : 0);

    /// <summary>
    /// The dense matrix U diag(sigma) V^T for Walsh-Hadamard U and V. Rows and columns are powers of two whose product is a power of four, and
    /// sigma are small dyadic numbers, so that no element is rounded and the singular values are exact.
    /// </summary>
    public static DenseMatrix Hadamard(int rows, int columns, double[] sigma)
    {
        var scale = Math.Sqrt((double)rows * columns);
        return Of(rows, columns, (i, j) => sigma.Select((s, k) => Walsh(i, k) * Walsh(j, k) * s).Sum() / scale);
    }

    /// <summary>A matrix of the given singular values between random orthogonal matrices; each is a product of three reflections.</summary>
    public static DenseMatrix WithSingularValues(int rows, int columns, double[] sigma, int seed) => Diagonal(rows, columns, sigma).Rotated(seed);

    public static DenseMatrix Transposed(this DenseMatrix w) => Of(w.Columns, w.Rows, (i, j) => w[j, i]);

    public static DenseMatrix Times(this DenseMatrix w, double factor) => Of(w.Rows, w.Columns, (i, j) => w[i, j] * factor);

    /// <summary>W x.</summary>
    public static double[] Times(this DenseMatrix w, double[] x) => [.. Enumerable.Range(0, w.Rows).Select(i => x.Select((value, j) => w[i, j] * value).Sum())];

    public static DenseMatrix WithoutRow(this DenseMatrix w, int row) => Of(w.Rows - 1, w.Columns, (i, j) => w[i < row ? i : i + 1, j]);

    public static DenseMatrix WithoutColumn(this DenseMatrix w, int column) => w.Transposed().WithoutRow(column).Transposed();

    public static DenseMatrix With(this DenseMatrix w, int row, int column, double value) =>
        Of(w.Rows, w.Columns, (i, j) => i == row && j == column ? value : w[i, j]);

    /// <summary>Rows and columns in random order.</summary>
    public static DenseMatrix Permuted(this DenseMatrix w, int seed)
    {
        var draws = new Draws(seed);
        var (rows, columns) = (draws.Permutation(w.Rows), draws.Permutation(w.Columns));
        return Of(w.Rows, w.Columns, (i, j) => w[rows[i], columns[j]]);
    }

    /// <summary>Three random Householder reflections from either side.</summary>
    public static DenseMatrix Rotated(this DenseMatrix w, int seed)
    {
        var draws = new Draws(seed);
        for (var round = 0; round < 3; round++)
        {
            w = w.Reflected(draws.Normals(w.Rows)).Transposed().Reflected(draws.Normals(w.Columns)).Transposed();
        }

        return w;
    }

    /// <summary>W^T W.</summary>
    public static DenseMatrix GramMatrix(this DenseMatrix w) =>
        Of(w.Columns, w.Columns, (i, j) => Enumerable.Range(0, w.Rows).Sum(k => w[k, i] * w[k, j]));

    /// <summary>The sum of squares of all elements.</summary>
    public static double SquaredNorm(this DenseMatrix w)
    {
        var sum = 0.0;
        for (var k = 0; k < w.Rows * w.Columns; k++)
        {
            sum += w[k / w.Columns, k % w.Columns] * w[k / w.Columns, k % w.Columns];
        }

        return sum;
    }

    /// <summary>Element (i, k), 1 or -1, of the Walsh-Hadamard matrix whose order is a power of two; its rows are orthogonal.</summary>
    public static int Walsh(int i, int k) => BitOperations.PopCount((uint)(i & k)) % 2 == 0 ? 1 : -1;

    /// <summary>(I - 2 v v^T / v^T v) W</summary>
    private static DenseMatrix Reflected(this DenseMatrix w, double[] v)
    {
        var square = v.Sum(x => x * x);
        var projections = Enumerable.Range(0, w.Columns).Select(j => v.Select((x, i) => x * w[i, j]).Sum() * 2 / square).ToArray();
        return Of(w.Rows, w.Columns, (i, j) => w[i, j] - (v[i] * projections[j]));
    }
}
