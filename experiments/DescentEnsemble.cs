using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Experiments;

/// <summary>How a <see cref="NoisyQuadratic"/> is trained.</summary>
/// <param name="Batch">Examples of a mini-batch.</param>
/// <param name="Rate">eta / (1 - mu); times are this times steps.</param>
/// <param name="Momentum">mu of heavy-ball momentum.</param>
internal sealed record Descent(int Batch, double Rate, double Momentum = 0);

/// <summary>Many trainings by mini-batches from one start, their singular values at some times, and the noise of their gradients on the way.</summary>
internal sealed class DescentEnsemble
{
    /// <summary>On so many paths the noise of gradients is measured.</summary>
    private const int MeasuredPaths = 100;

    private readonly NoisyQuadratic task;
    private readonly Descent descent;
    private readonly double[][][] sigma;
    private readonly List<DenseMatrix>[] noise;

    /// <summary>Follows all paths.</summary>
    public DescentEnsemble(NoisyQuadratic task, Descent descent, IReadOnlyList<double> times, int paths, long seed)
    {
        (this.task, this.descent) = (task, descent);
        sigma = [.. times.Select(_ => new double[paths][])];
        noise = [.. Enumerable.Range(0, times.Count + 1).Select(_ => new List<DenseMatrix>())];
        for (var p = 0; p < paths; p++)
        {
            Follow(p, times, (ulong)((seed * 1_000_003) + p));
        }

        double[] all = [0, .. times];
        double[] weights = [.. all.Select((time, i) => ((i + 1 < all.Length ? all[i + 1] - time : 0) + (i > 0 ? time - all[i - 1] : 0)) / 2 / all[^1])];
        Start = KroneckerFactors.Of(noise[0]);
        Anisotropy = AnisotropyIndex.Of([.. noise[0].SelectMany(difference => (double[][])[Elements(difference), new double[NoisyQuadratic.N * NoisyQuadratic.M]])]).Value;
        Along = KroneckerFactors.Of([.. noise.SelectMany((at, i) => at.Select(difference => Scaled(difference, Math.Sqrt(weights[i] * weights.Length))))]);
    }

    /// <summary>The covariance of the gradient's noise at the start.</summary>
    public KroneckerFactors Start { get; }

    /// <summary>The same averaged over time, at the weights of the paths.</summary>
    public KroneckerFactors Along { get; }

    /// <summary>tr(C^2) n / (tr C)^2 at the start.</summary>
    public double Anisotropy { get; }

    /// <summary>sigma_k of all paths at a time, k = 1 the largest.</summary>
    public double[] OrderStatistic(int time, int rank) => Array.ConvertAll(sigma[time], values => values[^rank]);

    private void Follow(int path, IReadOnlyList<double> times, ulong seed)
    {
        var (w, velocity, gradient) = ((double[])task.Start.Clone(), new double[task.Start.Length], new double[task.Start.Length]);
        var (random, measuring) = (new Sampling(seed), new Sampling(~seed));
        var step = 0;
        Measure(path, 0, w, measuring);
        for (var at = 0; at < times.Count; at++)
        {
            for (; step < (int)Math.Round(times[at] / descent.Rate); step++)
            {
                task.Gradient(w, descent.Batch, random, gradient);
                for (var i = 0; i < w.Length; i++)
                {
                    velocity[i] = (descent.Momentum * velocity[i]) + gradient[i];
                    w[i] -= descent.Rate * (1 - descent.Momentum) * velocity[i];
                }
            }

            sigma[at][path] = [.. Spectrum.Of(new DenseMatrix(NoisyQuadratic.N, NoisyQuadratic.M, (double[])w.Clone()), SpectrumRoute.Accurate).SingularValues];
            Measure(path, at + 1, w, measuring);
        }
    }

    /// <summary>Half the difference of two independent gradients at the same weights, times sqrt 2: mean 0, and the covariance of the noise.</summary>
    private void Measure(int path, int at, double[] w, Sampling random)
    {
        if (path >= MeasuredPaths)
        {
            return;
        }

        var (first, second) = (new double[w.Length], new double[w.Length]);
        task.Gradient(w, descent.Batch, random, first);
        task.Gradient(w, descent.Batch, random, second);
        noise[at].Add(new DenseMatrix(NoisyQuadratic.N, NoisyQuadratic.M, [.. first.Zip(second, (x, y) => (x - y) / Math.Sqrt(2))]));
    }

    private static DenseMatrix Scaled(DenseMatrix matrix, double factor) => new(matrix.Rows, matrix.Columns, Array.ConvertAll(Elements(matrix), x => factor * x));

    private static double[] Elements(DenseMatrix matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.Read(0, 0, matrix.Rows, matrix.Columns, values, matrix.Columns);
        return values;
    }
}
