using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>The covariance S_(ij,kl) of u_i^T X v_j and u_k^T X v_l, X being the noise of a unit of time and u, v bases of both sides that begin with the singular vectors of W.</summary>
/// <param name="i">A place in the basis of rows, 0 to N - 1.</param>
/// <param name="j">A place in the basis of columns, 0 to M - 1.</param>
/// <param name="k">Another in the basis of rows.</param>
/// <param name="l">Another in the basis of columns.</param>
/// <returns>The covariance, in squared units of W over time.</returns>
public delegate double NoiseCovariance(int i, int j, int k, int l);

/// <summary>How noise of any covariance moves the eigenvalues lambda_k of W^T W: their drift and the covariance of their increments.</summary>
public static class EigenvalueMotion
{
    /// <summary>The drift by noise: sum_i S_(ik,ik) + sum_(j != k) [lambda_j S_(jk,jk) + lambda_k S_(kj,kj) + 2 sigma_j sigma_k S_(jk,kj)] / (lambda_k - lambda_j), by the formula of Ito and perturbation of second order.</summary>
    /// <param name="sigma">All M singular values, all different, in any order.</param>
    /// <param name="rows">N, at least M.</param>
    /// <param name="covariance">S.</param>
    /// <param name="modes">g_k = u_k^T G v_k of the drift -G of W, which adds -2 sigma_k g_k; null for none.</param>
    /// <returns>d lambda_k / dt in the mean. For S_(ij,ij) = s^2 alone, s^2 (N + sum (lambda_k + lambda_j) / (lambda_k - lambda_j)).</returns>
    /// <exception cref="ArgumentOutOfRangeException">N is below M.</exception>
    public static double[] Drift(IReadOnlyList<double> sigma, int rows, NoiseCovariance covariance, IReadOnlyList<double>? modes = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, sigma.Count);
        var drift = new double[sigma.Count];
        for (var k = 0; k < drift.Length; k++)
        {
            drift[k] = modes is null ? 0 : -2 * sigma[k] * modes[k];
            for (var i = 0; i < rows; i++)
            {
                drift[k] += covariance(i, k, i, k);
            }

            for (var j = 0; j < drift.Length; j++)
            {
                if (j != k)
                {
                    var turned = (sigma[j] * sigma[j] * covariance(j, k, j, k)) + (sigma[k] * sigma[k] * covariance(k, j, k, j)) + (2 * sigma[j] * sigma[k] * covariance(j, k, k, j));
                    drift[k] += turned / ((sigma[k] - sigma[j]) * (sigma[k] + sigma[j]));
                }
            }
        }

        return drift;
    }

    /// <summary>The covariance of the increments of two eigenvalues: 4 sigma_k sigma_l S_(kk,ll).</summary>
    /// <param name="sigma">All M singular values.</param>
    /// <param name="covariance">S.</param>
    /// <returns>M x M, over time.</returns>
    public static double[,] Covariance(IReadOnlyList<double> sigma, NoiseCovariance covariance)
    {
        var result = new double[sigma.Count, sigma.Count];
        for (var k = 0; k < sigma.Count; k++)
        {
            for (var l = 0; l < sigma.Count; l++)
            {
                result[k, l] = 4 * sigma[k] * sigma[l] * covariance(k, k, l, l);
            }
        }

        return result;
    }

    /// <summary>S of noise that is the same in every element and independent between them: s^2 where both pairs are one.</summary>
    /// <param name="s">s.</param>
    /// <returns>S.</returns>
    public static NoiseCovariance Isotropic(double s) => (i, j, k, l) => i == k && j == l ? s * s : 0;

    /// <summary>S of noise whose elements (i, j) and (k, l) have covariance L_ik R_jl: (u_i^T L u_k) (v_j^T R v_l).</summary>
    /// <param name="rows">L, N x N.</param>
    /// <param name="columns">R, M x M.</param>
    /// <param name="left">All N vectors u_i, singular vectors first.</param>
    /// <param name="right">All M vectors v_j.</param>
    /// <returns>S.</returns>
    /// <exception cref="ArgumentException">The numbers of vectors are not the orders of the matrices.</exception>
    public static NoiseCovariance Kronecker(DenseMatrix rows, DenseMatrix columns, IReadOnlyList<double[]> left, IReadOnlyList<double[]> right)
    {
        var (l, r) = (Between(rows, left), Between(columns, right));
        return (i, j, k, m) => l[i, k] * r[j, m];
    }

    private static double[,] Between(DenseMatrix a, IReadOnlyList<double[]> basis)
    {
        Lengths.RequireEqual(a.Rows, basis.Count, nameof(basis));
        var result = new double[basis.Count, basis.Count];
        for (var i = 0; i < basis.Count; i++)
        {
            Lengths.RequireEqual(a.Rows, basis[i].Length, nameof(basis));
            for (var k = 0; k < basis.Count; k++)
            {
                for (var p = 0; p < a.Rows; p++)
                {
                    for (var q = 0; q < a.Columns; q++)
                    {
                        result[i, k] += basis[i][p] * a[p, q] * basis[k][q];
                    }
                }
            }
        }

        return result;
    }
}
