using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Perturbation;

public sealed class PerturbationTests
{
    private const int N = 7;
    private const int M = 4;

    /// <summary>The change of vectors under e D is e times the formula, up to e^2; the published one is off by about as much as the change itself.</summary>
    [Theory]
    [InlineData(M)]
    [InlineData(2)]
    public void First_order_is_right_to_second_order(int kept)
    {
        var (w, d) = (Normal(N, M, 1, 1), Normal(N, M, 2, 1));
        if (kept < M)
        {
            // With fewer vectors the formula takes the other singular values as 0: so they are.
            w = OfRank(w, kept);
        }

        var before = LeadingVectors.Of(w, kept, cancellation: TestContext.Current.CancellationToken);
        var formula = SingularVectorPerturbation.FirstOrder(before.Left, before.SingularValues, before.Right, d);
        var paper = SingularVectorPerturbation.PaperCompat(before.Left, before.SingularValues, before.Right, d);
        var errors = new List<double>();
        foreach (var e in new[] { 1e-3, 1e-4 })
        {
            var after = LeadingVectors.Of(Sum(w, d, e), kept, cancellation: TestContext.Current.CancellationToken);
            errors.Add(Enumerable.Range(0, kept).Max(k => Math.Max(Error(before.Left[k], after.Left[k], formula.Left[k], e), Error(before.Right[k], after.Right[k], formula.Right[k], e))));
            Assert.InRange(Enumerable.Range(0, kept).Max(k => Error(before.Left[k], after.Left[k], paper.Left[k], e)), 0.2, 5);
        }

        // Relative errors, of order e |D| / gap.
        Assert.InRange(errors[0], 0, 0.1);
        Assert.InRange(errors[1] / errors[0], 0.03, 0.3);
    }

    /// <summary>d lambda_k over e^2 of W + e X and W - e X, whose odd terms cancel, for normal X of a Kronecker covariance.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_drift_of_eigenvalues_by_anisotropic_noise_is_what_samples_have(bool isotropic)
    {
        const double E = 1e-3;
        const int Samples = 15_000;
        DenseMatrix w = new(N, M, [.. from i in Enumerable.Range(0, N) from j in Enumerable.Range(0, M) select i == j ? 4.0 - j : 0]);
        double[] sigma = [4, 3, 2, 1];
        var (rows, columns) = isotropic ? (Identity(N, 0.49), Identity(M, 1)) : (Covariance(N, 3), Covariance(M, 4));
        var noise = EigenvalueMotion.Kronecker(rows, columns, Unit(N), Unit(M));
        var drift = EigenvalueMotion.Drift(sigma, N, noise);
        var covariance = EigenvalueMotion.Covariance(sigma, noise);
        var (sums, squares, products) = (new double[M], new double[M], new double[M]);
        var (left, right, random) = (Factor(rows), Factor(columns), new Sampling(5));
        for (var sample = 0; sample < Samples; sample++)
        {
            var x = Colored(left, right, random);
            var (up, down) = (Eigenvalues(Sum(w, x, E)), Eigenvalues(Sum(w, x, -E)));
            for (var k = 0; k < M; k++)
            {
                var value = (up[k] + down[k] - (2 * sigma[k] * sigma[k])) / (2 * E * E);
                var odd = (up[k] - down[k]) / (2 * E);
                (sums[k], squares[k], products[k]) = (sums[k] + value, squares[k] + (value * value), products[k] + (odd * (up[0] - down[0]) / (2 * E)));
            }
        }

        for (var k = 0; k < M; k++)
        {
            var mean = sums[k] / Samples;
            var error = Math.Sqrt(((squares[k] / Samples) - (mean * mean)) / Samples);
            Assert.InRange((mean - drift[k]) / error, -5, 5);
            // The variance of a product of two normal numbers is at most twice that of each.
            Assert.Equal(covariance[0, k], products[k] / Samples, 5 * Math.Sqrt(2 * covariance[0, 0] * covariance[k, k] / Samples));
        }

        if (isotropic)
        {
            Assert.All(Enumerable.Range(0, M), k => Assert.Equal(
                0.49 * (N + Enumerable.Range(0, M).Where(j => j != k).Sum(j => ((sigma[k] * sigma[k]) + (sigma[j] * sigma[j])) / ((sigma[k] * sigma[k]) - (sigma[j] * sigma[j])))), drift[k], 1e-12));
            Assert.Equal(drift[0] - 8, EigenvalueMotion.Drift(sigma, N, EigenvalueMotion.Isotropic(0.7), [1, 0, 0, 0])[0], 1e-12);
        }
    }

    private static double Error(double[] before, double[] after, double[] formula, double e)
    {
        var sign = Math.Sign(before.Zip(after, (a, b) => a * b).Sum());
        double[] turned = [.. before.Zip(after, (a, b) => ((sign * b) - a) / e)];
        return Math.Sqrt(turned.Zip(formula, (a, b) => (a - b) * (a - b)).Sum() / turned.Sum(x => x * x));
    }

    private static double[] Eigenvalues(DenseMatrix w)
    {
        var (columns, lambda) = (new double[N * M], new double[M]);
        for (var j = 0; j < M; j++)
        {
            for (var i = 0; i < N; i++)
            {
                columns[(j * N) + i] = w[i, j];
            }
        }

        JacobiRotations.Orthogonalize(columns, N);
        JacobiRotations.SquaredLengths(columns, N, lambda);
        Array.Reverse(lambda);
        return lambda;
    }

    private static DenseMatrix Normal(int n, int m, long seed, double scale)
    {
        var random = new Sampling((ulong)seed);
        return new DenseMatrix(n, m, [.. Enumerable.Range(0, n * m).Select(_ => scale * random.Normal())]);
    }

    private static DenseMatrix OfRank(DenseMatrix w, int rank)
    {
        var vectors = LeadingVectors.Of(w, rank, cancellation: TestContext.Current.CancellationToken);
        return new DenseMatrix(N, M, [.. from i in Enumerable.Range(0, N) from j in Enumerable.Range(0, M) select Enumerable.Range(0, rank).Sum(k => vectors.SingularValues[k] * vectors.Left[k][i] * vectors.Right[k][j])]);
    }

    private static DenseMatrix Sum(DenseMatrix w, DenseMatrix d, double e) => new(N, M, [.. from i in Enumerable.Range(0, N) from j in Enumerable.Range(0, M) select w[i, j] + (e * d[i, j])]);

    private static DenseMatrix Identity(int n, double scale) => new(n, n, [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select i == j ? scale : 0]);

    /// <summary>A positive definite matrix.</summary>
    private static DenseMatrix Covariance(int n, long seed)
    {
        var x = Normal(n, n, seed, 0.7);
        return new DenseMatrix(n, n, [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select (i == j ? 0.2 : 0) + Enumerable.Range(0, n).Sum(k => x[i, k] * x[j, k])]);
    }

    private static double[][] Unit(int n) => [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0).ToArray())];

    /// <summary>A lower triangle whose product with its transpose is A.</summary>
    private static double[,] Factor(DenseMatrix a)
    {
        var l = new double[a.Rows, a.Rows];
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = a[i, j] - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
            }
        }

        return l;
    }

    private static DenseMatrix Colored(double[,] left, double[,] right, Sampling random)
    {
        var z = new double[N, M];
        foreach (ref var x in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z[0, 0], z.Length))
        {
            x = random.Normal();
        }

        var values = new double[N * M];
        for (var i = 0; i < N; i++)
        {
            for (var j = 0; j < M; j++)
            {
                for (var k = 0; k <= i; k++)
                {
                    for (var l = 0; l <= j; l++)
                    {
                        values[(i * M) + j] += left[i, k] * z[k, l] * right[j, l];
                    }
                }
            }
        }

        return new DenseMatrix(N, M, values);
    }
}
