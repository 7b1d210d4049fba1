using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>The spectrum of a random matrix of an exact shape, drawn without drawing the matrix.</summary>
/// <remarks>
/// An N x M matrix of independent standard normal entries, N &gt;= M, is U B V^T with orthogonal U and V and an upper bidiagonal B of independent elements: chi_N, chi_(N-1), ...,
/// chi_(N-M+1) on the diagonal and chi_(M-1), ..., chi_1 above it (Silverstein 1985; Dumitriu and Edelman 2002, beta = 1). The singular values of B are the positive eigenvalues of the tridiagonal
/// matrix of order 2M with zeros on the diagonal and the elements of B in turn beside it (Golub and Kahan 1965). Cost: O(M^2) a draw.
/// </remarks>
public static class WishartNull
{
    /// <summary>Draws the eigenvalues of W^T W, W an N x M matrix of independent normal entries of mean 0 and variance 1.</summary>
    /// <param name="n">N, at least M.</param>
    /// <param name="m">M, at least 1.</param>
    /// <param name="seed">The same seed gives the same eigenvalues.</param>
    /// <returns>M eigenvalues, ascending and never divided by N. Their error is a few 1e-16 of sigma_max in units of sigma.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not N &gt;= M &gt;= 1.</exception>
    public static double[] Eigenvalues(int n, int m, long seed) => Smallest(n, m, m, new PortableDraws((ulong)seed));

    /// <summary>The <paramref name="count"/> smallest eigenvalues of a draw.</summary>
    internal static double[] Smallest(int n, int m, int count, PortableDraws draws)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(m);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, m);
        var sigma = TridiagonalEigenvalues.Of(Draw(n, m, draws), m, count, Execution.OneThread(CancellationToken.None));
        return Array.ConvertAll(sigma, value => value * value);
    }

    private static Tridiagonal Draw(int n, int m, PortableDraws draws)
    {
        var beside = new double[(2 * m) - 1];
        for (var i = 0; i < m; i++)
        {
            beside[2 * i] = draws.Chi(n - i);
            if (i < m - 1)
            {
                beside[(2 * i) + 1] = draws.Chi(m - 1 - i);
            }
        }

        return new Tridiagonal(new double[2 * m], beside);
    }
}
