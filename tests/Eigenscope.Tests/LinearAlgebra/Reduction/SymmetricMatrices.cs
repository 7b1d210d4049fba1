using Eigenscope.LinearAlgebra;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

/// <summary>Symmetric matrices to reduce, and what a reduction leaves as it was.</summary>
internal static class SymmetricMatrices
{
    /// <summary>
    /// What is kept to n eps |A| in the worst case: sums over random signs grow as their square root, and 4 sqrt(n) eps is what is asked for.
    /// </summary>
    public static double Tolerance(int order) => 4 * Math.Sqrt(order) * 2.220446049250313e-16;

    /// <summary>Independent standard normal elements in the lower triangle.</summary>
    public static DenseMatrix Normal(int order, int seed)
    {
        var w = Matrices.Normal(order, order, seed);
        return Matrices.Of(order, order, (i, j) => w[Math.Max(i, j), Math.Min(i, j)]);
    }

    /// <summary>The same, zero more than <paramref name="width"/> beside the diagonal.</summary>
    public static DenseMatrix NormalBand(int order, int width, int seed)
    {
        var a = Normal(order, seed);
        return Matrices.Of(order, order, (i, j) => Math.Abs(i - j) <= width ? a[i, j] : 0);
    }

    /// <summary>A copy in panels, diagonal blocks whole.</summary>
    public static SymmetricMatrix InPanels(this DenseMatrix a)
    {
        var copy = new SymmetricMatrix(a.Rows);
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < Math.Min(a.Rows, Panel.Padded(i + 1)); j++)
            {
                copy[i, j] = a[i, j];
            }
        }

        return copy;
    }

    /// <summary>A copy of the band.</summary>
    public static unsafe SymmetricBand InBand(this DenseMatrix a, int width)
    {
        var band = new SymmetricBand(a.Rows, width);
        for (var j = 0; j < a.Rows; j++)
        {
            for (var i = j; i <= Math.Min(a.Rows - 1, j + width); i++)
            {
                *band.At(i, j) = a[i, j];
            }
        }

        return band;
    }

    /// <summary>The whole matrix of a band.</summary>
    public static unsafe DenseMatrix Dense(this SymmetricBand band) => Matrices.Of(band.Order, band.Order, (i, j) =>
        Math.Abs(i - j) > band.Width ? 0 : *band.At(Math.Max(i, j), Math.Min(i, j)));

    /// <summary>The whole matrix of a tridiagonal one.</summary>
    public static DenseMatrix Dense(this Tridiagonal t) => Matrices.Of(t.Order, t.Order, (i, j) =>
        i == j ? t.Diagonal[i] : Math.Abs(i - j) == 1 ? t.OffDiagonal[Math.Min(i, j)] : 0);

    /// <summary>tr A, |A|_F and tr A^3: three numbers that an orthogonal similarity keeps.</summary>
    public static (double Trace, double Norm, double Third) Invariants(this DenseMatrix a)
    {
        var square = a.GramMatrix();
        var third = Enumerable.Range(0, a.Rows * a.Rows).Sum(k => square[k / a.Rows, k % a.Rows] * a[k % a.Rows, k / a.Rows]);
        return (Enumerable.Range(0, a.Rows).Sum(i => a[i, i]), Math.Sqrt(a.SquaredNorm()), third);
    }

    /// <summary>Asserts that two matrices have the same invariants, as far as a backward stable reduction keeps them.</summary>
    public static void HasInvariantsOf(this DenseMatrix reduced, DenseMatrix a)
    {
        var (trace, norm, third) = a.Invariants();
        var (trace2, norm2, third2) = reduced.Invariants();
        var tolerance = Tolerance(a.Rows);
        Xunit.Assert.Equal(trace, trace2, Math.Sqrt(a.Rows) * tolerance * norm);
        Xunit.Assert.Equal(norm, norm2, tolerance * norm);
        Xunit.Assert.Equal(third, third2, 3 * tolerance * norm * norm * norm);
    }
}
