using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>How singular vectors turn when a matrix changes a little: the terms of first order in the change D of W = U diag(sigma) V^T.</summary>
/// <param name="Left">The change of each u_k, in the order of sigma.</param>
/// <param name="Right">The change of each v_k.</param>
public sealed record SingularVectorPerturbation(IReadOnlyList<double[]> Left, IReadOnlyList<double[]> Right)
{
    /// <summary>
    /// With a = U^T D V: du_k = sum_(j != k) (sigma_k a_jk + sigma_j a_kj) / (lambda_k - lambda_j) u_j + (I - U U^T) D v_k / sigma_k, and dv_k likewise with a_jk and a_kj exchanged and D^T u_k (Stewart and Sun 1990, chapter V).
    /// What is left away is of second order in D over the gaps.
    /// </summary>
    /// <param name="left">u_k, some or all of them, each as long as D has rows; orthonormal.</param>
    /// <param name="sigma">sigma_k, positive and all different.</param>
    /// <param name="right">v_k, each as long as D has columns; orthonormal.</param>
    /// <param name="change">D. What it does between the given vectors and others is counted by the last term, in which the singular values of those others are taken as 0: exact where all min(N, M) are given.</param>
    /// <returns>The change of the vectors, of the order of |D| over the gaps.</returns>
    /// <exception cref="ArgumentException">Numbers or lengths do not fit together.</exception>
    public static SingularVectorPerturbation FirstOrder(IReadOnlyList<double[]> left, IReadOnlyList<double> sigma, IReadOnlyList<double[]> right, DenseMatrix change)
    {
        var a = Projected(left, sigma, right, change);
        var (du, dv) = (Zeros(left), Zeros(right));
        for (var k = 0; k < sigma.Count; k++)
        {
            for (var j = 0; j < sigma.Count; j++)
            {
                if (j != k)
                {
                    var gap = (sigma[k] - sigma[j]) * (sigma[k] + sigma[j]);
                    Add(du[k], left[j], ((sigma[k] * a[j, k]) + (sigma[j] * a[k, j])) / gap);
                    Add(dv[k], right[j], ((sigma[j] * a[j, k]) + (sigma[k] * a[k, j])) / gap);
                }
            }

            AddComplement(du[k], Image(change, right[k]), left, 1 / sigma[k]);
            AddComplement(dv[k], TransposedImage(change, left[k]), right, 1 / sigma[k]);
        }

        return new(du, dv);
    }

    /// <summary>
    /// The formula in the notebook of arXiv 2507.12709: coefficients a_jk / (sigma_k - sigma_j) + a_kj / (sigma_k + sigma_j), and nothing outside the given vectors. It is off by as much as what it computes; here to follow that work, and for nothing else.
    /// </summary>
    /// <inheritdoc cref="FirstOrder"/>
    public static SingularVectorPerturbation PaperCompat(IReadOnlyList<double[]> left, IReadOnlyList<double> sigma, IReadOnlyList<double[]> right, DenseMatrix change)
    {
        var a = Projected(left, sigma, right, change);
        var (du, dv) = (Zeros(left), Zeros(right));
        for (var k = 0; k < sigma.Count; k++)
        {
            for (var j = 0; j < sigma.Count; j++)
            {
                if (j != k)
                {
                    var (difference, sum) = (sigma[k] - sigma[j], sigma[k] + sigma[j]);
                    Add(du[k], left[j], (a[j, k] / difference) + (a[k, j] / sum));
                    Add(dv[k], right[j], (a[k, j] / difference) + (a[j, k] / sum));
                }
            }
        }

        return new(du, dv);
    }

    /// <summary>a_jk = u_j^T D v_k.</summary>
    private static double[,] Projected(IReadOnlyList<double[]> left, IReadOnlyList<double> sigma, IReadOnlyList<double[]> right, DenseMatrix change)
    {
        Lengths.RequireEqual(left.Count, sigma.Count, nameof(sigma));
        Lengths.RequireEqual(right.Count, sigma.Count, nameof(sigma));
        var a = new double[sigma.Count, sigma.Count];
        for (var k = 0; k < sigma.Count; k++)
        {
            Lengths.RequireEqual(change.Rows, left[k].Length, nameof(left));
            Lengths.RequireEqual(change.Columns, right[k].Length, nameof(right));
            var image = Image(change, right[k]);
            for (var j = 0; j < sigma.Count; j++)
            {
                a[j, k] = Lanes.Dot(left[j], image);
            }
        }

        return a;
    }

    private static List<double[]> Zeros(IReadOnlyList<double[]> vectors) => [.. vectors.Select(vector => new double[vector.Length])];

    private static void Add(double[] sum, double[] vector, double factor)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * vector[i];
        }
    }

    /// <summary>Adds the part of a vector that is orthogonal to all of a basis.</summary>
    private static void AddComplement(double[] sum, double[] vector, IReadOnlyList<double[]> basis, double factor)
    {
        for (var j = 0; j < basis.Count; j++)
        {
            Add(vector, basis[j], -Lanes.Dot(basis[j], vector));
        }

        Add(sum, vector, factor);
    }

    private static double[] Image(DenseMatrix a, double[] x)
    {
        var result = new double[a.Rows];
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < a.Columns; j++)
            {
                result[i] += a[i, j] * x[j];
            }
        }

        return result;
    }

    private static double[] TransposedImage(DenseMatrix a, double[] x)
    {
        var result = new double[a.Columns];
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < a.Columns; j++)
            {
                result[j] += a[i, j] * x[i];
            }
        }

        return result;
    }
}
