using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Experiments;

/// <summary>
/// A linear layer W that learns a teacher T from y = T x + noise with normal inputs of unequal variance, each mini-batch new: the mean gradient of |W x - y|^2 / 2 is (W - T) diag(lambda), and the gradient of a
/// mini-batch is drawn from its exact law, at a cost that does not grow with the batch.
/// </summary>
internal sealed class NoisyQuadratic
{
    public const int N = 24;
    public const int M = 12;
    public const double LargestCurvature = 2.25;

    private const double LeastCurvature = 0.25;
    private const double LabelNoise = 0.5;
    private const double InitialScale = 0.3;
    private const int Rank = 4;
    private const double Strongest = 2;

    /// <summary>Products of this many uniform numbers are far from underflow.</summary>
    private const int ChunkOfProduct = 16;

    /// <summary>A teacher and a start.</summary>
    public NoisyQuadratic(long seed)
    {
        var random = new Sampling((ulong)seed);
        Curvatures = [.. Enumerable.Range(0, M).Select(j => LargestCurvature * Math.Pow(LeastCurvature / LargestCurvature, j / (M - 1.0)))];
        var (left, right) = (Orthonormal(N, random), Orthonormal(M, random));
        Teacher = new double[N * M];
        for (var i = 0; i < Teacher.Length; i++)
        {
            Teacher[i] = Enumerable.Range(0, Rank).Sum(r => Strongest * (Rank - r) / Rank * left[r][i / M] * right[r][i % M]);
        }

        Start = [.. Enumerable.Range(0, N * M).Select(_ => InitialScale / Math.Sqrt(N) * random.Normal())];
    }

    /// <summary>lambda, the variances of the inputs, descending: the curvatures of the loss.</summary>
    public double[] Curvatures { get; }

    /// <summary>T, N x M by rows.</summary>
    public double[] Teacher { get; }

    /// <summary>W at the beginning.</summary>
    public double[] Start { get; }

    /// <summary>The mean gradient, as the drift of an equation.</summary>
    public MatrixDrift Drift => MatrixDrift.Quadratic(Diagonal([.. Enumerable.Repeat(1.0, N)]), Diagonal(Curvatures), new DenseMatrix(N, M, Teacher));

    /// <summary>The mean gradient times a factor for each column.</summary>
    public MatrixDrift DriftBy(double[] factors) => MatrixDrift.Of((w, gradient) =>
    {
        for (var i = 0; i < w.Length; i++)
        {
            gradient[i] = (w[i] - Teacher[i]) * Curvatures[i % M] * factors[i % M];
        }
    });

    /// <summary>Draws the gradient of a mini-batch.</summary>
    public void Gradient(double[] w, int batch, Sampling random, double[] gradient)
    {
        Array.Clear(gradient);
        if (batch < M)
        {
            AddExamples(w, batch, random, gradient);
        }
        else
        {
            AddByCovariance(w, batch, random, gradient);
        }
    }

    /// <summary>Example by example: (W - T) x x^T - noise x^T.</summary>
    private void AddExamples(double[] w, int batch, Sampling random, double[] gradient)
    {
        Span<double> x = stackalloc double[M];
        for (var example = 0; example < batch; example++)
        {
            for (var j = 0; j < M; j++)
            {
                x[j] = Math.Sqrt(Curvatures[j]) * random.Normal();
            }

            for (var i = 0; i < N; i++)
            {
                var residual = -LabelNoise * random.Normal();
                for (var j = 0; j < M; j++)
                {
                    residual += (w[(i * M) + j] - Teacher[(i * M) + j]) * x[j];
                }

                for (var j = 0; j < M; j++)
                {
                    gradient[(i * M) + j] += residual * x[j] / batch;
                }
            }
        }
    }

    /// <summary>X^T X = F F^T with a triangle F (Bartlett 1933); given X, the noise of labels times X is normal of that covariance: each row of the gradient is ((w - t) F - noise z) F^T / B.</summary>
    private void AddByCovariance(double[] w, int batch, Sampling random, double[] gradient)
    {
        Span<double> factor = stackalloc double[M * M];
        for (var j = 0; j < M; j++)
        {
            for (var k = 0; k < j; k++)
            {
                factor[(j * M) + k] = Math.Sqrt(Curvatures[j]) * random.Normal();
            }

            factor[(j * M) + j] = Math.Sqrt(Curvatures[j] * ChiSquare(batch - j, random));
        }

        Span<double> inner = stackalloc double[M];
        for (var i = 0; i < N; i++)
        {
            foreach (ref var normal in inner)
            {
                normal = -LabelNoise * random.Normal();
            }

            for (var j = 0; j < M; j++)
            {
                var off = w[(i * M) + j] - Teacher[(i * M) + j];
                var row = factor.Slice(j * M, j + 1);
                for (var k = 0; k < row.Length; k++)
                {
                    inner[k] += off * row[k];
                }
            }

            for (var j = 0; j < M; j++)
            {
                var row = factor.Slice(j * M, j + 1);
                var sum = 0.0;
                for (var k = 0; k < row.Length; k++)
                {
                    sum += inner[k] * row[k];
                }

                gradient[(i * M) + j] = sum / batch;
            }
        }
    }

    /// <summary>-2 ln of a product of uniform numbers has two degrees of freedom for each.</summary>
    private static double ChiSquare(int freedom, Sampling random)
    {
        var normal = freedom % 2 == 1 ? random.Normal() : 0;
        var sum = normal * normal;
        for (var left = freedom / 2; left > 0; left -= ChunkOfProduct)
        {
            var product = 1.0;
            for (var i = 0; i < Math.Min(left, ChunkOfProduct); i++)
            {
                product *= random.Uniform();
            }

            sum -= 2 * Math.Log(product);
        }

        return sum;
    }

    private static DenseMatrix Diagonal(double[] values)
    {
        var all = new double[values.Length * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            all[(i * values.Length) + i] = values[i];
        }

        return new DenseMatrix(values.Length, values.Length, all);
    }

    /// <summary>Unit vectors at right angles, by Gram and Schmidt.</summary>
    private static double[][] Orthonormal(int length, Sampling random)
    {
        var vectors = new List<double[]>();
        while (vectors.Count < Rank)
        {
            double[] vector = [.. Enumerable.Range(0, length).Select(_ => random.Normal())];
            foreach (var other in vectors)
            {
                var inner = vector.Zip(other, (x, y) => x * y).Sum();
                vector = [.. vector.Zip(other, (x, y) => x - (inner * y))];
            }

            var norm = Math.Sqrt(vector.Sum(x => x * x));
            vectors.Add(Array.ConvertAll(vector, x => x / norm));
        }

        return [.. vectors];
    }
}
