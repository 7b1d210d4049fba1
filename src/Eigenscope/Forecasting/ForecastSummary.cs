using System.Globalization;

namespace Eigenscope.Forecasting;

/// <summary>One method over all layers.</summary>
/// <param name="Method">The method.</param>
/// <param name="Error">The root of the mean square of its errors over layers and later checkpoints.</param>
/// <param name="Best">In how many layers it was nearest.</param>
public sealed record MethodSummary(ForecastMethod Method, double Error, int Best);

/// <summary>The forecasts of all wholes together, held against what came.</summary>
/// <param name="Layers">How many wholes were forecast.</param>
/// <param name="Compared">How many of them could be compared with later checkpoints.</param>
/// <param name="Methods">Every method, in the order of <see cref="ForecastMethod"/>; none where nothing was compared.</param>
/// <param name="Chosen">The error of the forecasts as chosen; null where nothing was compared.</param>
/// <param name="Coverage">The share of leading singular values that came inside their bands; null where nothing was compared.</param>
/// <param name="Trusted">The median trusted horizon over the wholes, in steps.</param>
/// <param name="Untrusted">How many wholes are not to be trusted at all.</param>
public sealed record ForecastSummary(int Layers, int Compared, IReadOnlyList<MethodSummary> Methods, double? Chosen, double? Coverage, double Trusted, int Untrusted)
{
    /// <summary>Which method was right over all layers, the baselines among them; null where nothing was compared.</summary>
    public string? Sentence => Compared == 0 ? null : Said();

    /// <summary>From the layers.</summary>
    internal static ForecastSummary Of(IReadOnlyList<ForecastedLayer> layers)
    {
        var forecasts = layers.Where(layer => layer.Layer.PartOf is null).Select(layer => layer.Forecast).OfType<LayerForecast>().ToList();
        var tests = forecasts.Select(forecast => forecast.Backtest).OfType<Backtest>().ToList();
        var trusted = forecasts.Select(forecast => (double)forecast.Trust.Steps).Order().ToList();
        return new(
            forecasts.Count,
            tests.Count,
            tests.Count == 0 ? [] : [.. ForecastMethods.All.Select(method => new MethodSummary(method, Pooled(tests.Select(test => test.Scores[(int)method].Error)), tests.Count(test => test.Best.Method == method)))],
            tests.Count == 0 ? null : Pooled(tests.Select(test => test.Chosen.Error)),
            tests.Count == 0 ? null : tests.Sum(test => test.Rows.Sum(row => row.Inside)) / (double)tests.Sum(test => test.Rows.Sum(row => row.Modes)),
            trusted.Count == 0 ? 0 : (trusted[(trusted.Count - 1) / 2] + trusted[trusted.Count / 2]) / 2,
            forecasts.Count(forecast => forecast.Trust.IsNone));
    }

    private string Said()
    {
        var best = Methods.MinBy(method => method.Error)!;
        MethodSummary persistence = Methods[(int)ForecastMethod.Persistence], linear = Methods[(int)ForecastMethod.SigmaLinear];
        var winner = best.Method == ForecastMethod.Persistence ? $"no method is better than the last value, off by {Percent(persistence.Error)}; sigma-linear is off by {Percent(linear.Error)}"
            : best.Method == ForecastMethod.SigmaLinear ? $"the baseline sigma-linear is nearest, off by {Percent(linear.Error)}; the last value is off by {Percent(persistence.Error)}"
            : $"{best.Method.Text()} is nearest, off by {Percent(best.Error)}; the last value is off by {Percent(persistence.Error)}, sigma-linear by {Percent(linear.Error)}";
        return $"over {Compared} {(Compared == 1 ? "layer" : "layers")} {winner}; the methods as chosen are off by {Percent(Chosen!.Value)}";
    }

    private static double Pooled(IEnumerable<double> errors) => Math.Sqrt(errors.Average(error => error * error));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:G3} %");
}
