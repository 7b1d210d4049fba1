using System.Globalization;
using Eigenscope.Forecasting;

namespace Eigenscope.Reports;

/// <summary>A forecast as CSV: one row for each layer, horizon and leading singular value.</summary>
public static class ForecastCsv
{
    /// <summary>The rows under a header; UTF-8.</summary>
    public static byte[] Of(ModelForecast forecast)
    {
        var rows = from layer in forecast.Layers
                   where layer.Forecast is not null
                   from point in layer.Forecast!.Points
                   from k in Enumerable.Range(0, point.SingularValues.Count)
                   select Row(layer, layer.Forecast!, point, k);
        return CsvReport.Table(rows.Prepend(["name", "from_step", "horizon", "mode", "sigma_now", "method", "sigma", "low", "high", .. ForecastMethods.All.Select(ForecastJson.Key), "actual", "trusted_steps"]));
    }

    private static IEnumerable<string?> Row(ForecastedLayer layer, LayerForecast forecast, ForecastPoint point, int k)
    {
        var error = forecast.Backtest?.Rows.FirstOrDefault(row => row.Horizon == point.Horizon)?.Error.Modes[k];
        return
        [
            layer.Layer.Name, Text(forecast.Step), Text(point.Horizon), Text(k + 1), Text(forecast.SingularValues[k]), point.Method.Text(), Text(point.SingularValues[k]), Text(point.Bands[k].Low), Text(point.Bands[k].High),
            .. point.ByMethod.Select(values => Text(values[k])), error is { } e && double.IsFinite(e) ? Text(point.SingularValues[k] / (1 + e)) : null, Text(forecast.Trust.Modes[k]),
        ];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
