using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>The covariance of the noise of a layer's gradient as a product L (x) R: element (i, j) and (k, l) have covariance L_ik R_jl.</summary>
/// <remarks>
/// Over noise matrices X, L = E[X X^T] / M and R = E[X^T X] / (N c) with c the mean variance of an element, so that R has mean diagonal 1 and L has mean diagonal c. Right where the covariance is such a product,
/// else the product with the same covariance summed over rows and over columns. Martens and Grosse (2015) factor the Fisher information likewise.
/// </remarks>
/// <param name="Rows">L, N x N, in squared units of the gradient.</param>
/// <param name="Columns">R, M x M, without units.</param>
/// <param name="MeanVariance">c, in squared units of the gradient.</param>
/// <param name="Batches">The number of batches it comes from.</param>
public sealed record KroneckerFactors(DenseMatrix Rows, DenseMatrix Columns, double MeanVariance, int Batches)
{
    /// <summary>tr(C^2) n / (tr C)^2 of the product: 1 for equal noise in all directions, up to n = N M. Too large where there are not many more batches than rows.</summary>
    public double Anisotropy => Spread(Rows) * Spread(Columns);

    /// <summary>From gradients of K batches at the same weights; their mean is taken away, and divisors are K - 1.</summary>
    /// <param name="gradients">K gradients, at least 2, all N x M.</param>
    /// <returns>The factors.</returns>
    /// <exception cref="ArgumentException">There are too few gradients, or their shapes differ, or they are all equal.</exception>
    public static KroneckerFactors Of(IReadOnlyList<DenseMatrix> gradients)
    {
        var noise = Centred(gradients);
        var (n, m, divisor) = (gradients[0].Rows, gradients[0].Columns, gradients.Count - 1.0);
        var (rows, columns) = (new double[n * n], new double[m * m]);
        foreach (var x in noise)
        {
            AddOuter(x, n, m, m, 1, 1 / (m * divisor), rows);
            AddOuter(x, m, n, 1, m, 1 / (n * divisor), columns);
        }

        var mean = Enumerable.Range(0, n).Sum(i => rows[(i * n) + i]) / n;
        if (!(mean > 0))
        {
            throw new ArgumentException("the gradients are equal, so there is no noise", nameof(gradients));
        }

        return new KroneckerFactors(new DenseMatrix(n, n, rows), new DenseMatrix(m, m, Array.ConvertAll(columns, x => x / mean)), mean, gradients.Count);
    }

    private static List<double[]> Centred(IReadOnlyList<DenseMatrix> gradients)
    {
        List<double[]> values = [.. gradients.Select(gradient => gradient.ToArray())];
        Lengths.RequireBatches(values, 2);
        if (gradients.Any(gradient => gradient.Rows != gradients[0].Rows))
        {
            throw new ArgumentException("the gradients have different shapes", nameof(gradients));
        }

        for (var i = 0; i < values[0].Length; i++)
        {
            var mean = values.Average(x => x[i]);
            values.ForEach(x => x[i] -= mean);
        }

        return values;
    }

    /// <summary>Adds to a square matrix the inner products of the rows (or columns) of X, times a factor.</summary>
    private static void AddOuter(double[] x, int count, int length, int step, int stride, double factor, double[] sum)
    {
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < count; k++)
            {
                var product = 0.0;
                for (var j = 0; j < length; j++)
                {
                    product += x[(i * step) + (j * stride)] * x[(k * step) + (j * stride)];
                }

                sum[(i * count) + k] += product * factor;
            }
        }
    }

    private static double Spread(DenseMatrix a)
    {
        var (trace, squares) = (0.0, 0.0);
        for (var i = 0; i < a.Rows; i++)
        {
            trace += a[i, i];
            for (var j = 0; j < a.Columns; j++)
            {
                squares += a[i, j] * a[i, j];
            }
        }

        return squares * a.Rows / (trace * trace);
    }
}
