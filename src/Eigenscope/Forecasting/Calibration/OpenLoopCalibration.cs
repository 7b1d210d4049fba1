namespace Eigenscope.Forecasting;

/// <summary>The error of one method at one origin and horizon over several trainings.</summary>
/// <param name="Method">The method; null for the forecast as it is chosen by the backtest.</param>
/// <param name="Origin">The step of the last checkpoint.</param>
/// <param name="Horizon">Steps from there.</param>
/// <param name="Mean">The mean over trainings of <see cref="ForecastError.Rms"/>.</param>
/// <param name="Least">The least of them.</param>
/// <param name="Most">The largest.</param>
public sealed record OpenLoopRow(ForecastMethod? Method, long Origin, long Horizon, double Mean, double Least, double Most);

/// <summary>Measures forecasts from checkpoints of a <see cref="LinearStudent"/>.</summary>
internal static class OpenLoopCalibration
{
    private const long Every = 10;

    public static IReadOnlyList<OpenLoopRow> Of(IReadOnlyList<long> origins, IReadOnlyList<long> horizons, int trainings, long seed, CancellationToken cancellation)
    {
        var tests = Enumerable.Range(0, trainings).Select(draw => Backtests(origins, horizons, seed + draw, cancellation)).ToList();
        return [.. from origin in origins from i in Enumerable.Range(0, horizons.Count) from row in Rows(origin, horizons[i], [.. tests.Select(test => test[origin].Rows[i])]) select row];
    }

    /// <summary>The forecast at one origin of one training, with what came.</summary>
    public static LayerForecast Forecast(long origin, IReadOnlyList<long> horizons, long seed, CancellationToken cancellation, bool noiseBandsOnly = false) =>
        Forecast(new LinearStudent(new LinearStudentOptions(), seed).Train(origin + horizons[^1], Every), origin, horizons, seed, cancellation, noiseBandsOnly);

    private static Dictionary<long, Backtest> Backtests(IReadOnlyList<long> origins, IReadOnlyList<long> horizons, long seed, CancellationToken cancellation)
    {
        var training = new LinearStudent(new LinearStudentOptions(), seed).Train(origins.Max() + horizons[^1], Every);
        return origins.ToDictionary(origin => origin, origin => Forecast(training, origin, horizons, seed, cancellation).Backtest!);
    }

    private static LayerForecast Forecast(IReadOnlyList<TimedWeights> training, long origin, IReadOnlyList<long> horizons, long seed, CancellationToken cancellation, bool noiseBandsOnly = false)
    {
        List<TimedWeights> history = [.. training.Where(checkpoint => checkpoint.Step <= origin)], later = [.. training.Where(checkpoint => horizons.Contains(checkpoint.Step - origin))];
        return LayerForecast.Of(history, new ForecastOptions { Horizons = horizons, Seed = seed, NoiseBandsOnly = noiseBandsOnly }, later: later, cancellation: cancellation);
    }

    /// <summary>A row for each method, and one for the choice.</summary>
    private static IEnumerable<OpenLoopRow> Rows(long origin, long horizon, IReadOnlyList<BacktestRow> found) =>
        [.. ForecastMethods.All.Select(method => Row(method, origin, horizon, found.Select(row => row.Errors[(int)method].Rms))), Row(null, origin, horizon, found.Select(row => row.Error.Rms))];

    private static OpenLoopRow Row(ForecastMethod? method, long origin, long horizon, IEnumerable<double> errors)
    {
        var all = errors.ToList();
        return new(method, origin, horizon, all.Average(), all.Min(), all.Max());
    }
}
