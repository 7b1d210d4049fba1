using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>Forecasts by every method from one origin, the end of a history.</summary>
internal sealed class OpenLoop
{
    private readonly KnownSpectrum now;
    private readonly KnownSpectrum before;
    private readonly KnownSpectrum? earlier;
    private readonly int modes;
    private readonly ForecastOptions options;
    private readonly CancellationToken cancellation;
    private readonly double window;
    private readonly double earlierWindow;
    private readonly Dictionary<(ForecastMethod Method, double Horizon), KnownSpectrum> predicted = [];

    /// <param name="history">Two checkpoints or more.</param>
    /// <param name="spectra">The spectrum of each, computed where it is asked for.</param>
    /// <param name="options">How.</param>
    /// <param name="gradients">At the last checkpoint, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public OpenLoop(IReadOnlyList<TimedWeights> history, Func<TimedWeights, KnownSpectrum> spectra, ForecastOptions options, GradientStatistics? gradients, CancellationToken cancellation)
    {
        (this.options, this.cancellation) = (options, cancellation);
        Motion = Motion.Of(history, options, gradients, cancellation);
        (now, before) = (spectra(Motion.Last), spectra(Motion.Before));
        modes = Math.Min(options.Modes, now.Count);
        window = Motion.Estimate.Window;
        var first = history.Where(checkpoint => checkpoint.Step < Motion.Before.Step).MinBy(checkpoint => Math.Abs(checkpoint.Step - (Motion.Before.Step - Motion.Estimate.Window)));
        (earlier, earlierWindow) = first is null ? (null, 0) : (spectra(first), Motion.Before.Step - first.Step);
    }

    public Motion Motion { get; }

    /// <summary>The spectrum at the origin.</summary>
    public KnownSpectrum Now => now;

    /// <summary>The spectrum a horizon after the origin, by a method; computed once.</summary>
    public KnownSpectrum Predict(ForecastMethod method, double horizon)
    {
        if (!predicted.TryGetValue((method, horizon), out var spectrum))
        {
            predicted.Add((method, horizon), spectrum = Computed(method, horizon));
        }

        return spectrum;
    }

    private KnownSpectrum Computed(ForecastMethod method, double horizon) => method switch
    {
        ForecastMethod.Persistence => now,
        ForecastMethod.SigmaLinear => Extrapolated(horizon / window),
        ForecastMethod.SigmaDamped => Extrapolated(Trend().Continuation(window, horizon)),
        _ => Inflated(MatrixOf(method, horizon) is { } matrix ? KnownSpectrum.Of(matrix, modes, options.Threads, cancellation) : now, method, horizon),
    };

    /// <summary>The forecast weights; null where they are those at the origin.</summary>
    public IMatrix? MatrixOf(ForecastMethod method, double horizon) => method switch
    {
        ForecastMethod.MatrixLinear when Motion.Estimate.RelativeMovement > 0 => new WeightedSum(1, Motion.Last.Weights, horizon / window, Motion.Raw),
        ForecastMethod.MatrixRelaxed when Motion.Estimate.Relaxation.IsMoving && Motion.Denoised.Matrix is { } drift => new WeightedSum(1, Motion.Last.Weights, Motion.Continuation(horizon), drift),
        _ => null,
    };

    /// <summary>
    /// Where sigma_k is expected, to first order, and the variance about it, for each leading mode: the noise of the steps to come, that of the window whose movement is continued as far as the
    /// method keeps it, and that of its relaxation. Shrinking a movement makes it nearest on the whole, and each part of it a little too small: that is undone here.
    /// </summary>
    public IReadOnlyList<(double Centre, double Variance)> Expected(ForecastMethod method, KnownSpectrum spectrum, double horizon) =>
        [.. Enumerable.Range(0, modes).Select(k => method == ForecastMethod.MatrixRelaxed && k < spectrum.Left.Count
            ? Relaxed(spectrum, k, horizon)
            : (spectrum.SingularValues[k], Motion.Spread(horizon) + (Motion.Estimate.Diffusion * window * Math.Pow(Kept(method, horizon), 2))))];

    private (double Centre, double Variance) Relaxed(KnownSpectrum spectrum, int k, double horizon)
    {
        var (drift, factor) = (Motion.Denoised, Motion.Continuation(horizon));
        var (signal, observed) = drift.Along(spectrum.Left[k], spectrum.Right[k]);
        var measured = Math.Pow(factor * drift.Noise, 2) * drift.NoiseShare(spectrum.Left[k], spectrum.Right[k]);
        var slowing = observed * Motion.Estimate.Relaxation.ContinuationError(window, horizon);
        var together = 2 * factor * observed * slowing * Motion.Estimate.Relaxation.Coupling;
        return (spectrum.SingularValues[k] + (factor * (observed - signal)), Motion.Spread(horizon) + measured + (slowing * slowing) + together);
    }

    private double Kept(ForecastMethod method, double horizon) => method switch
    {
        ForecastMethod.Persistence => 0,
        ForecastMethod.SigmaDamped => Trend().Continuation(window, horizon),
        ForecastMethod.MatrixRelaxed => Motion.Continuation(horizon),
        _ => horizon / window,
    };

    private KnownSpectrum Extrapolated(double times) =>
        times == 0 ? now : now.With(now.SingularValues.Zip(before.SingularValues, (sigma, old) => sigma + (times * (sigma - old))));

    /// <summary>The relaxation of the singular values themselves, as a movement of M numbers whose noise is s^2 each.</summary>
    private Relaxation Trend()
    {
        if (earlier is null)
        {
            return new(1, IsMoving: true, "there is no window before the last one");
        }

        double[] first = [.. before.SingularValues.Zip(earlier.SingularValues, (b, a) => b - a)], second = [.. now.SingularValues.Zip(before.SingularValues, (b, a) => b - a)];
        double product = Lanes.Dot(first.AsSpan(0, modes), second.AsSpan(0, modes)), square = Lanes.Dot(first.AsSpan(0, modes), first.AsSpan(0, modes));
        return Relaxation.Of(product, square, modes, 0, earlierWindow, window);
    }

    private KnownSpectrum Inflated(KnownSpectrum spectrum, ForecastMethod method, double horizon)
    {
        if (!options.Inflate || method != ForecastMethod.MatrixRelaxed)
        {
            return spectrum;
        }

        var added = Motion.Spread(horizon) * Math.Max(Motion.Raw.Rows, Motion.Raw.Columns);
        return spectrum with { SingularValues = [.. spectrum.SingularValues.Select(sigma => Math.Sqrt((sigma * sigma) + added))] };
    }
}
