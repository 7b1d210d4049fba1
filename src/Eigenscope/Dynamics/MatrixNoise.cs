using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>The noise that moves W.</summary>
public sealed class MatrixNoise
{
    private MatrixNoise(double additive, double multiplicative, DenseMatrix? rows = null, DenseMatrix? columns = null)
    {
        (Additive, Kappa) = (Domain.NotNegative(additive), Domain.NotNegative(multiplicative));
        (RowFactor, ColumnFactor) = (rows, columns);
    }

    /// <summary>s: every element moves by s dB, independent of the others; 1 for <see cref="Kronecker"/>, whose factors hold the scale.</summary>
    public double Additive { get; }

    /// <summary>kappa: beside that, every singular value moves by kappa sigma_k times an increment of its own.</summary>
    public double Kappa { get; }

    /// <summary>True where the noise is the same in all directions, up to <see cref="Kappa"/>.</summary>
    public bool IsOfSingularValues => RowFactor is null;

    /// <summary>A Cholesky factor of L; null where noise does not depend on the direction.</summary>
    internal DenseMatrix? RowFactor { get; }

    /// <summary>A Cholesky factor of R.</summary>
    internal DenseMatrix? ColumnFactor { get; }

    /// <summary>Independent noise of equal size in every element: dW = s dB.</summary>
    /// <param name="s">s, not negative, in units of W over the root of time.</param>
    /// <returns>The noise.</returns>
    public static MatrixNoise Isotropic(double s) => new(s, 0);

    /// <summary>Noise of variance s^2 + kappa^2 lambda_k along mode k: dW = s dB + kappa sum_k sigma_k u_k v_k^T d beta_k, the beta_k independent.</summary>
    /// <param name="s">s, not negative.</param>
    /// <param name="kappa">kappa, not negative, over the root of time.</param>
    /// <returns>The noise. One increment common to all modes would scale the whole spectrum, whose shape would keep its light tail; so they are independent.</returns>
    public static MatrixNoise Multiplicative(double s, double kappa) => new(s, kappa);

    /// <summary>Noise of covariance L_ik R_jl dt between elements (i, j) and (k, l).</summary>
    /// <param name="rows">L, N x N, positive definite.</param>
    /// <param name="columns">R, M x M, positive definite.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">A matrix is not square and positive definite.</exception>
    public static MatrixNoise Kronecker(DenseMatrix rows, DenseMatrix columns) => new(1, 0, CholeskyFactor(rows), CholeskyFactor(columns));

    private static DenseMatrix CholeskyFactor(DenseMatrix a)
    {
        var (n, values) = (a.Rows, new double[a.Rows * a.Columns]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = a[i, j] - Lanes.Dot(values.AsSpan(i * n, j), values.AsSpan(j * n, j));
                values[(i * n) + j] = i == j ? Math.Sqrt(rest) : rest / values[(j * n) + j];
            }

            if (a.Columns != n || !(values[(i * n) + i] > 0))
            {
                throw new ArgumentException("a covariance is not square and positive definite", nameof(a));
            }
        }

        return new DenseMatrix(n, n, values);
    }
}
