namespace Eigenscope.Dynamics;

/// <summary>Exact means of the elementary symmetric polynomials e_k of the eigenvalues of W^T W, where W is a known matrix plus independent normal noise of one variance.</summary>
/// <remarks>
/// For W = X + sqrt(v) G, N x M, E e_k(W^T W) = sum_(j&lt;=k) e_j(X^T X) C(M - j, k - j) v^(k - j) (N - j) (N - j - 1) ... (N - k + 1): e_k is the sum of all squared k x k minors of W (Cauchy and Binet), and
/// each is expanded into minors of X and of G, of whose products only squares have a mean. k = 1 is the trace, k = M the determinant. Any integrator can be held against them.
/// </remarks>
public static class ExactMoments
{
    /// <summary>e_0, e_1, ..., e_K of some numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="most">K, from 0 to their number.</param>
    /// <returns>K + 1 values; sums of products, so that an overflow is infinite.</returns>
    public static double[] Elementary(ReadOnlySpan<double> values, int most)
    {
        var e = new double[most + 1];
        e[0] = 1;
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = Math.Min(most, i + 1); k > 0; k--)
            {
                e[k] += values[i] * e[k - 1];
            }
        }

        return e;
    }

    /// <summary>E e_0, ..., E e_K of the eigenvalues of W^T W.</summary>
    /// <param name="mean">The eigenvalues of X^T X, M of them.</param>
    /// <param name="rows">N, at least M.</param>
    /// <param name="variance">v, not negative.</param>
    /// <param name="most">K, from 0 to M.</param>
    /// <returns>K + 1 means.</returns>
    public static double[] Elementary(ReadOnlySpan<double> mean, int rows, double variance, int most)
    {
        var (e, result) = (Elementary(mean, most), new double[most + 1]);
        for (var j = 0; j <= most; j++)
        {
            var factor = 1.0;
            for (var k = j; k <= most; k++)
            {
                result[k] += e[j] * factor;
                factor *= variance * (rows - k) * (mean.Length - k) / (k - j + 1);
            }
        }

        return result;
    }
}
