using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>
/// The approximate route: the largest singular values by block Lanczos, as far down as their residuals are small, and the others at the quantiles of the
/// density that the same process gives by stochastic quadrature.
/// </summary>
internal sealed class LanczosSpectrum
{
    /// <summary>The steps of Lanczos. Each reads W once and costs 4 * 24 N M flops.</summary>
    public const int Steps = 32;

    /// <summary>The smaller side up to which the Gram route is about as fast: the basis of Lanczos takes a quarter of the space or more.</summary>
    public const int LargestExact = 4 * Steps * Frame.Width;

    /// <summary>The relative residual up to which a Ritz value is resolved.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Standard deviations of the weights that are taken for chance.</summary>
    private const double Deviations = 4;

    /// <summary>The rounding of a residual is within this times sqrt(M) lambda_max.</summary>
    private const double RoundingFactor = 8 * 2.220446049250313e-16;

    private readonly RitzValues ritz;
    private readonly double trace;
    private readonly int order;
    private readonly double rounding;
    private readonly double[] sigma;
    private readonly double[] weights;
    private readonly int resolved;

    private LanczosSpectrum(RitzValues ritz, double trace, int order)
    {
        (this.ritz, this.trace, this.order) = (ritz, trace, order);
        rounding = RoundingFactor * Math.Sqrt(order) * Math.Max(0, ritz.Values[^1]);
        sigma = Array.ConvertAll(ritz.Values, theta => theta > rounding ? Math.Sqrt(theta) : 0);
        weights = [.. Enumerable.Range(0, ritz.Count).Select(j => MeanWeight(ritz, j))];
        resolved = CountResolved();
    }

    private int StepsTaken => ritz.Count / Frame.Width;

    /// <summary>Singular values of W, ascending and as many as the smaller side has rows, and how far to trust them.</summary>
    public static (double[] Sigma, SpectrumApproximation Evidence) Of(IMatrix w, ulong seed, Execution execution, int steps = Steps)
    {
        using var gram = new GramOperator(w, execution);
        var t = BlockLanczos.Of(gram, steps, seed, execution);
        var (fine, coarse) = (Of(t), Of(t.Leading(steps / 2)));
        var (values, traceError) = fine.Values();
        var evidence = new SpectrumApproximation(fine.resolved, fine.ResidualBound(), fine.DensityError(coarse), traceError, steps, Frame.Width);
        return (Array.ConvertAll(values, value => value * gram.Scale), evidence);

        LanczosSpectrum Of(BlockTridiagonal projection) => new(RitzValues.Of(projection, execution.Cancellation), gram.Trace, gram.Order);
    }

    private static double MeanWeight(RitzValues ritz, int j)
    {
        var sum = 0.0;
        for (var c = 0; c < Frame.Width; c++)
        {
            sum += ritz.Weights[(j * Frame.Width) + c];
        }

        return sum / Frame.Width;
    }

    /// <summary>
    /// Ritz values from the largest down, until one has too large a residual or their weights say that values are missing among them: those of an eigenvalue that
    /// repeats more often than there are random vectors. The weights of k values sum to k / M with a relative variance of 2 / (24 k).
    /// </summary>
    private int CountResolved()
    {
        var (complete, mass) = (1, 0.0);
        for (var k = 1; k <= ritz.Count && RelativeResidual(k - 1) <= Tolerance; k++)
        {
            mass += weights[^k] * order;
            complete = mass - k <= Deviations * Math.Sqrt(2.0 * k / Frame.Width) ? k : complete;
        }

        return complete;
    }

    /// <summary>Of the Ritz value with that many above it; that of zero is 0.</summary>
    private double RelativeResidual(int above)
    {
        var (theta, residual) = (ritz.Values[^(above + 1)], ritz.Residuals[^(above + 1)]);
        return theta > rounding ? (residual + rounding) / theta : above == 0 ? 0 : double.PositiveInfinity;
    }

    private double ResidualBound() => Enumerable.Range(0, resolved).Max(RelativeResidual);

    /// <summary>The resolved values, and below them the quantiles of the other Ritz values, matched to the trace.</summary>
    private (double[] Sigma, double TraceError) Values()
    {
        var (known, others) = (ritz.Count - resolved, order - resolved);
        var measure = new SpectralMeasure(sigma.AsSpan(0, known), weights.AsSpan(0, known), StepsTaken);
        var values = new double[order];
        for (var i = 0; i < others; i++)
        {
            values[i] = Math.Min(measure.Quantile((i + 0.5) / others), sigma[known]);
        }

        sigma.AsSpan(known).CopyTo(values.AsSpan(others));
        var rest = Math.Max(0, trace - Squares(values.AsSpan(others)));
        var error = trace > 0 ? (Squares(values.AsSpan(0, others)) - rest) / trace : 0;
        Match(values.AsSpan(0, others), rest, values[others]);
        return (values, error);
    }

    /// <summary>
    /// lambda := lambda (1 + b (lambda_k - lambda)) such that the sum is as given: 1 + b (lambda_k - lambda) is kept within 1/2 and 3/2, so the order stays,
    /// and nothing passes the smallest resolved value.
    /// </summary>
    private static void Match(Span<double> values, double sum, double largest)
    {
        var (square, room) = (largest * largest, 0.0);
        foreach (var value in values)
        {
            room += value * value * (square - (value * value));
        }

        if (room <= 0)
        {
            return;
        }

        var factor = Math.Clamp((sum - Squares(values)) / room, -0.5 / square, 0.5 / square);
        foreach (ref var value in values)
        {
            value *= Math.Sqrt(1 + (factor * (square - (value * value))));
        }
    }

    private static double Squares(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>Twice the standard error over the random vectors, and what half of the steps change.</summary>
    private double DensityError(LanczosSpectrum coarse)
    {
        var unit = Math.Sqrt(trace / order);
        return (2 * StandardError()) + Measure(this).Distance(Measure(coarse), unit);

        static SpectralMeasure Measure(LanczosSpectrum spectrum) => new(spectrum.sigma, spectrum.weights, spectrum.StepsTaken);
    }

    /// <summary>
    /// The standard error of the cumulative distribution where it is largest: each random vector has a distribution of its own. Repeated values count together.
    /// </summary>
    private double StandardError()
    {
        Span<double> below = stackalloc double[Frame.Width];
        below.Clear();
        var (mean, largest) = (0.0, 0.0);
        for (var j = 0; j < ritz.Count; j++)
        {
            var squares = 0.0;
            mean += weights[j];
            for (var c = 0; c < Frame.Width; c++)
            {
                below[c] += ritz.Weights[(j * Frame.Width) + c];
                squares += (below[c] - mean) * (below[c] - mean);
            }

            largest = j + 1 < ritz.Count && SpectralMeasure.AreOne(sigma[j], sigma[j + 1]) ? largest : Math.Max(largest, squares);
        }

        return Math.Sqrt(largest / (Frame.Width * (Frame.Width - 1)));
    }
}
