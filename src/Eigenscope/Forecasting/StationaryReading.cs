using Eigenscope.Dynamics;
using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Forecasting;

/// <summary>Laws of stationary singular values fitted to a layer, beside the exponent that the noise of its gradients predicts.</summary>
/// <param name="Fit">The fits.</param>
/// <param name="Noise">How the noise of the gradient grows along modes, in squared units of the gradient; null where no gradients lie beside the model.</param>
/// <param name="Note">What the prediction rests on, or why there is none.</param>
public sealed record StationaryReading(StationaryFit Fit, MultiplicativeNoise? Noise, string Note)
{
    private const double LeastZ = 3;

    /// <summary>Fits a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="spectrum">Its spectrum, of one matrix.</param>
    /// <param name="model">Where the model is; <c>gradients.safetensors</c> in its folder tells the noise of its gradients.</param>
    /// <param name="options">How many samples are drawn, with which seed and threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The fits; or null with the reason, such as a spectrum of several matrices.</returns>
    /// <exception cref="ModelFormatException">The file of gradients cannot be read.</exception>
    public static (StationaryReading? Reading, string? Reason) Of(WeightMatrix layer, LayerSpectrum spectrum, string model, StationaryFitOptions options, CancellationToken cancellation = default)
    {
        if (layer.Slices.Count > 1 || spectrum.Spectrum.Approximation is not null)
        {
            return (null, "laws are fitted to all eigenvalues of one matrix");
        }

        double[] lambda = [.. spectrum.Eigenvalues.Where((value, i) => value > 0 && spectrum.SingularValues[i] > spectrum.Spectrum.Floor)];
        var (statistics, noise, note) = NoiseOf(layer, model);
        if (statistics is { WeightDecay: > 0 } && noise is not null && noise.Z >= LeastZ)
        {
            options = options with { Beta = statistics.WeightDecay, Kappa = Math.Sqrt(statistics.EffectiveRate) * noise.Kappa };
        }

        var (fit, reason) = lambda.Length < 2 ? (null, "fewer than two eigenvalues are above the floor") : StationaryFit.Of(lambda, Math.Max(layer.Rows, layer.Columns), options with { Columns = null }, cancellation);
        return fit is null ? (null, reason) : (new(fit, noise, note), null);
    }

    private static (GradientStatistics? Statistics, MultiplicativeNoise? Noise, string Note) NoiseOf(WeightMatrix layer, string model)
    {
        using var file = GradientFiles.OpenStatistics(model);
        if ((file is null ? null : GradientFiles.StatisticsOf(file, layer.Tensor.Name)) is not { } statistics)
        {
            return (null, null, "no exponent is predicted: no gradients.safetensors beside the model tells the noise of its gradients (train --gradients writes one)");
        }

        var (noise, reason) = MultiplicativeNoise.Of([.. statistics.Modes.Select(mode => mode.Eigenvalue)], [.. statistics.Modes.Select(mode => mode.Variance)]);
        return (statistics, noise,
            noise is null ? $"no exponent is predicted: {reason}"
            : noise.Z < LeastZ ? FormattableString.Invariant($"no exponent is predicted: the noise of the gradient does not clearly grow with lambda (z = {noise.Z:G3}), and so no power law follows from it")
            : statistics.WeightDecay == 0 ? "no exponent is predicted: without weight decay no pull is known"
            : FormattableString.Invariant($"predicted from the weight decay {statistics.WeightDecay:G3} as the only pull and noise along {noise.Modes} modes (z = {noise.Z:G3}): a loss that pulls too makes the tail steeper"));
    }
}
