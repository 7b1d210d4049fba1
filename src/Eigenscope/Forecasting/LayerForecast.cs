namespace Eigenscope.Forecasting;

/// <summary>The forecast of a layer at one horizon.</summary>
/// <param name="Horizon">Steps ahead of the origin.</param>
/// <param name="Method">The method.</param>
/// <param name="Choice">What speaks for it; null where no backtest was possible.</param>
/// <param name="SingularValues">The leading singular values, descending.</param>
/// <param name="Bands">A band for each.</param>
/// <param name="Route">How the bands were found.</param>
/// <param name="ByMethod">The leading singular values by every method, in the order of <see cref="ForecastMethod"/>.</param>
/// <param name="NoiseVariance">v_h, the variance that noise adds to an entry up to then.</param>
public sealed record ForecastPoint(
    long Horizon, ForecastMethod Method, MethodChoice? Choice, IReadOnlyList<double> SingularValues, IReadOnlyList<Band> Bands, BandRoute Route, IReadOnlyList<IReadOnlyList<double>> ByMethod, double NoiseVariance);

/// <summary>The forecast of the singular values of one layer from its checkpoints alone.</summary>
/// <remarks>
/// The movement over the last window is measured, rid of its noise, and goes on at a speed that relaxes; the singular values are those of the matrix so found. Beside it stand the last value and
/// two trends of singular values, and at each horizon the method is taken that was nearest inside the history: none is best throughout a training. How often it is right: docs/forecast.md.
/// </remarks>
/// <param name="Step">The step of the last checkpoint, from which horizons count.</param>
/// <param name="Motion">How the layer moves there.</param>
/// <param name="SingularValues">The leading singular values there, descending.</param>
/// <param name="Points">The forecast at each horizon, ascending.</param>
/// <param name="Rolling">The backtest inside the history.</param>
/// <param name="Backtest">The forecast held against later checkpoints; null where none are given.</param>
/// <param name="Trust">How far it is to be trusted.</param>
public sealed record LayerForecast(
    long Step, MotionEstimate Motion, IReadOnlyList<double> SingularValues, IReadOnlyList<ForecastPoint> Points, RollingBacktest Rolling, Backtest? Backtest, TrustedHorizon Trust)
{
    /// <summary>Forecasts a layer.</summary>
    /// <param name="history">Its checkpoints in ascending order of steps, at least two, of one shape; spaced as they may be.</param>
    /// <param name="options">How.</param>
    /// <param name="gradients">What is known of the gradients at the last checkpoint, or null.</param>
    /// <param name="later">Checkpoints after the last one, in ascending order, with which the forecast is compared; nothing is learned from them but the trust.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">There are fewer than two checkpoints, their shapes differ, or steps do not ascend.</exception>
    /// <exception cref="LinearAlgebra.NonFiniteElementException">A checkpoint holds a NaN or an infinity.</exception>
    public static LayerForecast Of(
        IReadOnlyList<TimedWeights> history, ForecastOptions options, GradientStatistics? gradients = null, IReadOnlyList<TimedWeights>? later = null, CancellationToken cancellation = default)
    {
        ForecastInput.Check(history, later ?? [], options, gradients);
        return new LayerForecaster(history, options, gradients, later ?? [], cancellation).Run();
    }
}
