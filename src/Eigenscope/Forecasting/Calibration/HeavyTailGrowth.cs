using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Forecasting;

/// <summary>
/// A layer whose noise, from a step on, grows with its singular values: W := W + s Z + k W E, with Z and E of independent normal entries. Then u^T (noise) v has the variance
/// s^2 + k^2 lambda, and the spectrum spreads over its logarithm as that of a product of random matrices does.
/// </summary>
internal sealed class HeavyTailGrowth
{
    private const int N = 200;
    private const int M = 100;
    private const double Additive = 1e-3;

    /// <summary>The variance of k W E relative to that of W, in a step: M k^2.</summary>
    private readonly double growth;
    private readonly long onset;
    private readonly Sampling random;
    private readonly double[] values;

    /// <param name="growth">M k^2 from the onset on; 0 for a layer that stays as it is.</param>
    /// <param name="onset">The step from which it is so.</param>
    /// <param name="seed">The same seed gives the same layer.</param>
    public HeavyTailGrowth(double growth, long onset, long seed)
    {
        (this.growth, this.onset, random) = (growth, onset, new Sampling((ulong)seed));
        values = Normals(N * M, 1 / Math.Sqrt(N));
        double[][] left = Orthonormal.Of(Enumerable.Range(0, 3).Select(_ => Normals(N, 1))), right = Orthonormal.Of(Enumerable.Range(0, 3).Select(_ => Normals(M, 1)));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] += Enumerable.Range(0, 3).Sum(k => (4 - k) * left[k][i / M] * right[k][i % M]);
        }
    }

    public long Step { get; private set; }

    public TimedWeights Checkpoint => new(Step, new DenseMatrix(N, M, [.. values]));

    /// <summary>Moves on to a step.</summary>
    public TimedWeights To(long step)
    {
        for (; Step < step; Step++)
        {
            var noise = Noise();
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += noise[i];
            }
        }

        return Checkpoint;
    }

    /// <summary>The line through the variances of noise along modes at this step, from as many draws of it.</summary>
    public MultiplicativeNoise? ModeNoise(int draws, CancellationToken cancellation)
    {
        var svd = KnownSpectrum.Of(Checkpoint.Weights, M, 1, cancellation);
        var along = new double[M][];
        for (var k = 0; k < M; k++)
        {
            along[k] = new double[draws];
        }

        for (var draw = 0; draw < draws; draw++)
        {
            double[][] images = Entries.Vectors(MatrixProduct.Of(new DenseMatrix(N, M, Noise()), Entries.Columns(svd.Right), cancellation: cancellation));
            for (var k = 0; k < M; k++)
            {
                along[k][draw] = Lanes.Dot(svd.Left[k], images[k]);
            }
        }

        return MultiplicativeNoise.Of([.. svd.SingularValues.Select(sigma => sigma * sigma)], [.. along.Select(Variance)]).Fit;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    private double[] Noise()
    {
        var noise = Normals(values.Length, Additive);
        if (growth > 0 && Step >= onset)
        {
            var factor = new DenseMatrix(M, M, Normals(M * M, Math.Sqrt(growth / M)));
            var product = Entries.Of(MatrixProduct.Of(new DenseMatrix(N, M, values), factor));
            for (var i = 0; i < noise.Length; i++)
            {
                noise[i] += product[i];
            }
        }

        return noise;
    }

    private double[] Normals(int count, double scale)
    {
        var drawn = new double[count];
        for (var i = 0; i < count; i++)
        {
            drawn[i] = scale * random.Normal();
        }

        return drawn;
    }
}
