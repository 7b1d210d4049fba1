namespace Eigenscope.Forecasting;

/// <summary>A forecast made inside the history of a later checkpoint of it.</summary>
/// <param name="Origin">The step up to which checkpoints were used.</param>
/// <param name="Horizon">Steps from there to the checkpoint that was forecast.</param>
/// <param name="Errors">The error of every method, in the order of <see cref="ForecastMethod"/>.</param>
public sealed record RollingForecast(long Origin, long Horizon, IReadOnlyList<ForecastError> Errors);

/// <summary>The method for one horizon, and what speaks for it.</summary>
/// <param name="Method">The method of least error over the forecasts that count.</param>
/// <param name="Error">Its pooled error: the root of the mean square of <see cref="ForecastError.Rms"/>.</param>
/// <param name="Persistence">The same of the last value.</param>
/// <param name="Forecasts">How many forecasts count: those of horizons between a half of this and twice it; 0 where there are none, and then the longest ones are taken.</param>
public sealed record MethodChoice(ForecastMethod Method, double Error, double Persistence, int Forecasts)
{
    /// <summary>1 - error / error of the last value; null where nothing counts, or the last value is exact.</summary>
    public double? Skill => Forecasts > 0 ? ForecastError.Skill(Error, Persistence) : null;
}

/// <summary>A backtest with a rolling origin (Tashman 2000) inside the history: at each origin every method forecasts, from the checkpoints up to there, those that came after it.</summary>
/// <param name="Forecasts">All of them, by origin and horizon; none for a history of less than four checkpoints, since an origin needs three and a checkpoint after it.</param>
public sealed record RollingBacktest(IReadOnlyList<RollingForecast> Forecasts)
{
    /// <summary>The checkpoints that an origin needs up to it: two windows.</summary>
    public const int LeastHistory = 3;

    /// <summary>The longest horizon that was tried; 0 without forecasts.</summary>
    public long LongestHorizon => Forecasts.Count == 0 ? 0 : Forecasts.Max(forecast => forecast.Horizon);

    /// <summary>The method of least error for a horizon; null without forecasts.</summary>
    /// <param name="horizon">Steps, from 1.</param>
    /// <param name="only">A method that is taken whatever its error; null for the best.</param>
    public MethodChoice? Choose(long horizon, ForecastMethod? only = null)
    {
        if (Forecasts.Count == 0)
        {
            return null;
        }

        var near = Near(horizon);
        var used = near.Count > 0 ? near : [.. Forecasts.Where(forecast => forecast.Horizon == LongestHorizon)];
        var method = only ?? ForecastMethods.All.MinBy(candidate => Pooled(used, candidate));
        return new(method, Pooled(used, method), Pooled(used, ForecastMethod.Persistence), near.Count);
    }

    /// <summary>
    /// The root of the mean squared relative error of a mode by a method, from the forecasts that count for a horizon; where they are shorter than it, their errors are taken to grow with the horizon. 0 without forecasts.
    /// </summary>
    internal double ErrorOf(int mode, ForecastMethod method, long horizon)
    {
        var near = Near(horizon);
        var used = near.Count > 0 ? near : [.. Forecasts.Where(forecast => forecast.Horizon == LongestHorizon)];
        var errors = used.Select(forecast => ErrorOf(forecast, mode, method) * Math.Max(1, (double)horizon / forecast.Horizon)).Where(double.IsFinite).ToList();
        return errors.Count == 0 ? 0 : Math.Sqrt(errors.Average(error => error * error));
    }

    private static double ErrorOf(RollingForecast forecast, int mode, ForecastMethod method) => forecast.Errors[(int)method].Modes is var modes && mode < modes.Count ? modes[mode] : double.NaN;

    /// <summary>The forecasts of horizons from a half of one to twice it.</summary>
    internal List<RollingForecast> Near(long horizon) => [.. Forecasts.Where(forecast => 2 * forecast.Horizon >= horizon && forecast.Horizon <= 2 * horizon)];

    private static double Pooled(IReadOnlyList<RollingForecast> forecasts, ForecastMethod method) =>
        Math.Sqrt(forecasts.Average(forecast => Math.Pow(forecast.Errors[(int)method].Rms, 2)));

    /// <summary>Runs the backtest.</summary>
    internal static RollingBacktest Of(IReadOnlyList<TimedWeights> history, Func<TimedWeights, KnownSpectrum> spectra, ForecastOptions options, CancellationToken cancellation)
    {
        var origins = Enumerable.Range(LeastHistory - 1, Math.Max(0, history.Count - LeastHistory)).TakeLast(options.Origins);
        return new([.. origins.SelectMany(origin => From(history, origin, spectra, options, cancellation))]);
    }

    private static IEnumerable<RollingForecast> From(
        IReadOnlyList<TimedWeights> history, int origin, Func<TimedWeights, KnownSpectrum> spectra, ForecastOptions options, CancellationToken cancellation)
    {
        var loop = new OpenLoop([.. history.Take(origin + 1)], spectra, options, gradients: null, cancellation);
        foreach (var target in Targets(origin + 1, history.Count - 1, options.Targets))
        {
            var horizon = history[target].Step - history[origin].Step;
            var actual = spectra(history[target]);
            yield return new(history[origin].Step, horizon, ErrorsOf(loop, horizon, actual, options));
        }
    }

    /// <summary>The error of every method at a horizon.</summary>
    internal static IReadOnlyList<ForecastError> ErrorsOf(OpenLoop loop, long horizon, KnownSpectrum actual, ForecastOptions options) =>
        [.. ForecastMethods.All.Select(method => ForecastError.Of(method, loop.Predict(method, horizon), actual, Math.Min(options.Modes, actual.Count)))];

    /// <summary>Up to so many places from first to last, both of them included, evenly spread.</summary>
    private static IEnumerable<int> Targets(int first, int last, int most) =>
        last - first + 1 <= most ? Enumerable.Range(first, last - first + 1)
        : most == 1 ? [last]
        : Enumerable.Range(0, most).Select(i => first + (int)Math.Round((double)i * (last - first) / (most - 1)));
}
