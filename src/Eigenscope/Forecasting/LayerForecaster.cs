namespace Eigenscope.Forecasting;

/// <summary>Makes the forecast of one layer; every spectrum is computed once.</summary>
internal sealed class LayerForecaster(
    IReadOnlyList<TimedWeights> history, ForecastOptions options, GradientStatistics? gradients, IReadOnlyList<TimedWeights> later, CancellationToken cancellation)
{
    private readonly Dictionary<long, KnownSpectrum> known = [];
    private readonly Dictionary<long, (ForecastPoint Point, KnownSpectrum Spectrum)> made = [];

    public LayerForecast Run()
    {
        var loop = new OpenLoop(history, SpectrumOf, options, gradients, cancellation);
        var rolling = RollingBacktest.Of(history, SpectrumOf, options, cancellation);
        var predictions = Horizons(loop.Motion.Estimate.Window).Select(horizon => Forecast(loop, rolling, horizon)).ToList();
        List<ForecastPoint> points = [.. predictions.Select(prediction => prediction.Point)];
        var backtest = later.Count == 0 ? null : Backtest.Of([.. later.Select(checkpoint => Compare(loop, rolling, checkpoint))]);
        var trust = new TrustJudge(loop, rolling, backtest, gradients, options).Of(points, [.. predictions.Select(prediction => prediction.Spectrum)]);
        return new(history[^1].Step, loop.Motion.Estimate, Leading(loop.Now), points, rolling, backtest, trust);
    }

    private KnownSpectrum SpectrumOf(TimedWeights checkpoint)
    {
        if (!known.TryGetValue(checkpoint.Step, out var spectrum))
        {
            spectrum = KnownSpectrum.Of(checkpoint.Weights, Math.Min(options.Modes, Math.Min(checkpoint.Weights.Rows, checkpoint.Weights.Columns)), options.Threads, cancellation);
            known.Add(checkpoint.Step, spectrum);
        }

        return spectrum;
    }

    private IEnumerable<long> Horizons(long window) =>
        (options.Horizons.Count > 0 ? options.Horizons : [Math.Max(1, window / 2), window, 2 * window]).Distinct().Order();

    private (ForecastPoint Point, KnownSpectrum Spectrum) Forecast(OpenLoop loop, RollingBacktest rolling, long horizon)
    {
        if (!made.TryGetValue(horizon, out var forecast))
        {
            made.Add(horizon, forecast = Made(loop, rolling, horizon));
        }

        return forecast;
    }

    private (ForecastPoint Point, KnownSpectrum Spectrum) Made(OpenLoop loop, RollingBacktest rolling, long horizon)
    {
        var choice = rolling.Choose(horizon, options.Method);
        var method = options.Method ?? choice?.Method ?? ForecastMethod.Persistence;
        List<KnownSpectrum> all = [.. ForecastMethods.All.Select(candidate => loop.Predict(candidate, horizon))];
        var predicted = all[(int)method];
        var bands = Bands.Widened(Bands.Of(loop, method, predicted, horizon, options, cancellation), predicted, mode => options.NoiseBandsOnly ? 0 : rolling.ErrorOf(mode, method, horizon), options.Level);
        var point = new ForecastPoint(
            horizon, method, choice, Leading(predicted), bands, Bands.RouteFor(loop, method, options), [.. all.Select(Leading)], loop.Motion.Spread(horizon));
        return (point, predicted);
    }

    private BacktestRow Compare(OpenLoop loop, RollingBacktest rolling, TimedWeights checkpoint)
    {
        var (horizon, actual) = (checkpoint.Step - history[^1].Step, SpectrumOf(checkpoint));
        var (point, _) = Forecast(loop, rolling, horizon);
        var errors = RollingBacktest.ErrorsOf(loop, horizon, actual, options);
        return new(checkpoint.Step, horizon, point.Method, errors, point.Bands.Select((band, k) => band.Holds(actual.SingularValues[k])).Count(inside => inside), point.Bands.Count);
    }

    private IReadOnlyList<double> Leading(KnownSpectrum spectrum) => [.. spectrum.SingularValues.Take(options.Modes)];
}
