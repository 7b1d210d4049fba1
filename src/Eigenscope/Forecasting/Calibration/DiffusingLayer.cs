using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Forecasting;

/// <summary>How a <see cref="DiffusingLayer"/> moves.</summary>
internal sealed record DiffusingLayerOptions
{
    public int N { get; init; } = 60;

    public int M { get; init; } = 30;

    /// <summary>Strengths of the signals at the beginning; the rest is random with entries of variance 1 / N.</summary>
    public IReadOnlyList<double> Signals { get; init; } = [];

    /// <summary>b: in a step signals shrink by e^-b.</summary>
    public double Pull { get; init; }

    /// <summary>s^2, the variance an entry gains in a step.</summary>
    public double Diffusion { get; init; } = 1e-6;

    /// <summary>True where the random part is pulled as well, and holds its variance by s^2 alone.</summary>
    public bool IsStationary { get; init; }
}

/// <summary>A layer that only diffuses, or is pulled to zero meanwhile: what intervals are to be right on.</summary>
internal sealed class DiffusingLayer
{
    private readonly DiffusingLayerOptions options;
    private readonly Sampling random;
    private readonly double[] values;

    public DiffusingLayer(DiffusingLayerOptions options, long seed)
    {
        (this.options, random) = (options, new Sampling((ulong)seed));
        var variance = options.IsStationary ? options.Diffusion / (1 - Math.Exp(-2 * options.Pull)) : 1.0 / options.N;
        values = [.. Enumerable.Range(0, options.N * options.M).Select(_ => Math.Sqrt(variance) * random.Normal())];
        double[][] left = Frame(options.N), right = Frame(options.M);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] += options.Signals.Select((strength, k) => strength * left[k][i / options.M] * right[k][i % options.M]).Sum();
        }
    }

    public long Step { get; private set; }

    /// <summary>Moves on by steps: the exact transition, whatever their number.</summary>
    public TimedWeights After(long steps)
    {
        var shrink = Math.Exp(-options.Pull * steps);
        var variance = options.Pull > 0 ? options.Diffusion * (1 - (shrink * shrink)) / (1 - Math.Exp(-2 * options.Pull)) : options.Diffusion * steps;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (shrink * values[i]) + (Math.Sqrt(variance) * random.Normal());
        }

        Step += steps;
        return new(Step, new DenseMatrix(options.N, options.M, [.. values]));
    }

    private double[][] Frame(int length) =>
        Orthonormal.Of(options.Signals.Select(_ => Enumerable.Range(0, length).Select(_ => random.Normal()).ToArray()));
}
