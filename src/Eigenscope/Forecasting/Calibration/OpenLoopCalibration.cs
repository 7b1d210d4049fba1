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
        var rows = new List<OpenLoopRow>();
        foreach (var origin in origins)
        {
            List<Backtest> tests = [.. Enumerable.Range(0, trainings).Select(draw => Forecast(origin, horizons, seed + draw, cancellation).Backtest!)];
            for (var i = 0; i < horizons.Count; i++)
            {
                var place = i;
                rows.AddRange(ForecastMethods.All.Select(method => Row(method, origin, horizons[place], tests.Select(test => test.Rows[place].Errors[(int)method].Rms))));
                rows.Add(Row(null, origin, horizons[place], tests.Select(test => test.Rows[place].Error.Rms)));
            }
        }

        return rows;
    }

    /// <summary>The forecast at one origin of one training, with what came.</summary>
    public static LayerForecast Forecast(long origin, IReadOnlyList<long> horizons, long seed, CancellationToken cancellation)
    {
        var student = new LinearStudent(new LinearStudentOptions(), seed);
        var history = student.Train(origin, Every);
        List<Checkpoint> later = [.. horizons.Select(horizon => student.Train(origin + horizon, origin + horizon)[^1])];
        return LayerForecast.Of(history, new ForecastOptions { Horizons = horizons, Seed = seed }, later: later, cancellation: cancellation);
    }

    private static OpenLoopRow Row(ForecastMethod? method, long origin, long horizon, IEnumerable<double> errors)
    {
        var all = errors.ToList();
        return new(method, origin, horizon, all.Average(), all.Min(), all.Max());
    }
}
