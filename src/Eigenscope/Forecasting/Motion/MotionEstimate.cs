using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>How a layer moves at its last checkpoint, as far as its checkpoints tell.</summary>
/// <param name="Window">w, the steps of the last window.</param>
/// <param name="Diffusion">s^2, the variance that noise adds to an entry in a step.</param>
/// <param name="DiffusionBasis">How it was got.</param>
/// <param name="Relaxation">phi, by which the speed falls in a step.</param>
/// <param name="Drift">Where the drift comes from.</param>
/// <param name="Rank">The number of directions of the drift above its noise.</param>
/// <param name="RelativeMovement">|D|_F / |W|_F, the movement over the last window, its noise included; 0 for a matrix of zeros.</param>
public sealed record MotionEstimate(long Window, double Diffusion, string DiffusionBasis, Relaxation Relaxation, DriftSource Drift, int Rank, double RelativeMovement);

/// <summary>The movement of a layer over its last window, from which it goes on.</summary>
internal sealed class Motion
{
    private Motion(TimedWeights last, TimedWeights before, MotionEstimate estimate, DenoisedMatrix denoised, double squaredNorm, double squaredMovement, CancellationToken cancellation)
    {
        (Last, Before, Estimate, Denoised, SquaredNorm, SquaredMovement) = (last, before, estimate, denoised, squaredNorm, squaredMovement);
        Raw = NoiseEstimate.Movement(before, last);
        SquaredDrift = denoised.Matrix is { } drift ? Entries.SquaredNorm(drift, cancellation) : 0;
    }

    /// <summary>The last checkpoint.</summary>
    public TimedWeights Last { get; }

    /// <summary>The checkpoint at which the last window begins.</summary>
    public TimedWeights Before { get; }

    public MotionEstimate Estimate { get; }

    /// <summary>The movement that a window like the last one would make at the present drift, rid of its noise.</summary>
    public DenoisedMatrix Denoised { get; }

    /// <summary>|W(t0)|_F^2.</summary>
    public double SquaredNorm { get; }

    /// <summary>|<see cref="Raw"/>|_F^2.</summary>
    public double SquaredMovement { get; }

    /// <summary>|<see cref="Denoised"/>|_F^2.</summary>
    public double SquaredDrift { get; }

    /// <summary>W(t0) - W(t0 - w) as it is.</summary>
    public IMatrix Raw { get; }

    /// <summary>What <see cref="Denoised"/> is multiplied by for a horizon.</summary>
    public double Continuation(double horizon) => Estimate.Relaxation.Continuation(Estimate.Window, horizon);

    /// <summary>v_h: the variance that noise adds to an entry up to a horizon.</summary>
    public double Spread(double horizon) => Estimate.Relaxation.Spread(Estimate.Diffusion, horizon);

    /// <summary>Measures the movement at the end of a history of two checkpoints or more.</summary>
    public static Motion Of(IReadOnlyList<TimedWeights> history, ForecastOptions options, GradientStatistics? gradients, CancellationToken cancellation)
    {
        var last = history[^1];
        var middle = Nearest(history, history.Count - 1, last.Step - (options.Window ?? ((last.Step - history[0].Step) / 2)));
        var window = last.Step - history[middle].Step;
        var first = middle == 0 ? -1 : Nearest(history, middle, history[middle].Step - window);
        var raw = NoiseEstimate.Movement(history[middle], last);
        var entries = (double)raw.Rows * raw.Columns;
        var squared = Entries.SquaredNorm(raw, cancellation);

        var noise = gradients is null
            ? NoiseEstimate.Of([.. history.Skip(Math.Max(0, first))], options.Momentum, cancellation)
            : new NoiseEstimate(gradients.Diffusion, 1, "variance of gradients over mini-batches");
        var relaxation = first < 0 || noise is null
            ? new Relaxation(1, squared > 0, history.Count == 2 ? "two checkpoints alone show no change of speed" : "the window reaches back to the first checkpoint, so that there is none before it")
            : OfWindows(NoiseEstimate.Movement(history[first], history[middle]), raw, noise.Variance, history[middle].Step - history[first].Step, window, cancellation);

        var source = gradients is null ? DriftSource.Displacement : options.Drift;
        var denoised = Denoise(raw, window, noise, relaxation, gradients, source, last.Weights, options.Threads, cancellation);
        noise ??= new NoiseEstimate(denoised.Noise * denoised.Noise / window, 1, "median singular value of the only movement");
        if (source != DriftSource.Displacement && denoised.Matrix is not null)
        {
            relaxation = relaxation with { IsMoving = true };
        }

        var norm = Entries.SquaredNorm(last.Weights, cancellation);
        var estimate = new MotionEstimate(
            window, noise.Variance, noise.Basis, relaxation, source, relaxation.IsMoving ? denoised.Rank : 0, norm > 0 ? Math.Sqrt(squared / norm) : 0);
        return new Motion(last, history[middle], estimate, denoised, norm, squared, cancellation);
    }

    private static Relaxation OfWindows(MatrixDifference first, MatrixDifference second, double noise, double firstSteps, double secondSteps, CancellationToken cancellation) => Relaxation.Of(
        Entries.Dot(first, second, cancellation),
        Entries.SquaredNorm(first, cancellation),
        (double)first.Rows * first.Columns,
        noise,
        firstSteps,
        secondSteps);

    /// <summary>The checkpoint before <paramref name="end"/> whose step is nearest to a wanted one; of two as near the later.</summary>
    private static int Nearest(IReadOnlyList<TimedWeights> history, int end, long step)
    {
        var nearest = end - 1;
        for (var i = end - 2; i >= 0; i--)
        {
            nearest = Math.Abs(history[i].Step - step) < Math.Abs(history[nearest].Step - step) ? i : nearest;
        }

        return nearest;
    }

    /// <summary>
    /// The window's movement by displacement, or what the mean gradient makes in such a window if <see cref="Continuation"/> is to continue it: a speed over <c>Continuation</c> for one step.
    /// Both are measurements of one matrix with noise of known strength, and combine by its inverse.
    /// </summary>
    private static DenoisedMatrix Denoise(
        IMatrix raw, long window, NoiseEstimate? noise, Relaxation relaxation, GradientStatistics? gradients, DriftSource source, IMatrix w, int threads, CancellationToken cancellation)
    {
        double? displaced = noise is null ? null : noise.Variance * window;
        if (gradients is null || source == DriftSource.Displacement)
        {
            return DenoisedMatrix.Of(raw, displaced is { } variance ? Math.Sqrt(variance) : null, threads, cancellation);
        }

        var scale = gradients.EffectiveRate / (relaxation with { IsMoving = true }).Continuation(window, 1);
        var drift = new WeightedSum(-scale, gradients.Mean, -scale * gradients.WeightDecay, w);
        var uncertain = scale * scale * gradients.NoiseVariance / gradients.Batches;
        if (source == DriftSource.Gradient || displaced is null)
        {
            return DenoisedMatrix.Of(drift, Math.Sqrt(uncertain), threads, cancellation);
        }

        var share = displaced.Value + uncertain > 0 ? displaced.Value / (displaced.Value + uncertain) : 0.5;
        var both = new WeightedSum(1 - share, raw, share, drift);
        return DenoisedMatrix.Of(both, Math.Sqrt(share * uncertain), threads, cancellation);
    }
}
