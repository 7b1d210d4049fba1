using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Benchmarks.Calibration;

/// <summary>Layers whose signal lies between random orthogonal directions, as training leaves it, and in no single weight.</summary>
internal static class SignalLayers
{
    /// <summary>Gaussian entries of variance 1 and signals, from 1.5 to 6 times the threshold (N M)^(1/4).</summary>
    public static DenseMatrix Of(int n, int m, int signals, long seed)
    {
        var noise = TestMatrices.Noise(NoiseKind.Gaussian, n, m, seed);
        var threshold = Math.Pow((double)n * m, 0.25);
        return signals == 0 ? noise : Sum(n, m, signals, k => threshold * (1.5 + (4.5 * k / Math.Max(1, signals - 1))), seed, (i, j) => noise[i, j]);
    }

    /// <summary>No noise: m singular values whose squares are the quantiles of a power law from 1 on.</summary>
    public static DenseMatrix PowerLaw(int n, int m, double alpha, long seed) => Sum(n, m, m, k => Math.Pow(1 - ((k + 0.5) / m), -0.5 / (alpha - 1)), seed, (_, _) => 0);

    private static DenseMatrix Sum(int n, int m, int rank, Func<int, double> strength, long seed, Func<int, int, double> rest)
    {
        var (left, right) = (Directions(n, rank, seed + 1_000_003), Directions(m, rank, seed + 2_000_003));
        var values = new double[n * m];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m; j++)
            {
                var sum = rest(i, j);
                for (var k = 0; k < rank; k++)
                {
                    sum += strength(k) * left[k][i] * right[k][j];
                }

                values[(i * m) + j] = sum;
            }
        }

        return new DenseMatrix(n, m, values);
    }

    /// <summary>Orthonormal directions: Gaussian vectors, orthogonalised twice by Gram and Schmidt.</summary>
    private static double[][] Directions(int length, int count, long seed)
    {
        var sampling = new Sampling((ulong)seed);
        var directions = new double[count][];
        for (var k = 0; k < count; k++)
        {
            var v = Enumerable.Range(0, length).Select(_ => sampling.Normal()).ToArray();
            for (var round = 0; round < 2; round++)
            {
                foreach (var u in directions.AsSpan(0, k))
                {
                    var dot = u.Zip(v, (a, b) => a * b).Sum();
                    v = [.. v.Zip(u, (a, b) => a - (dot * b))];
                }
            }

            var norm = Math.Sqrt(v.Sum(x => x * x));
            directions[k] = Array.ConvertAll(v, x => x / norm);
        }

        return directions;
    }
}
