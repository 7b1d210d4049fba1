using System.Globalization;
using Eigenscope.Forecasting;

namespace Eigenscope.Cli.Terminal;

/// <summary>The tables of <c>forecast</c>: the largest singular value of each layer, now and at each horizon, and how far to trust that; then, where later checkpoints are known, how right it was.</summary>
internal static class ForecastTable
{
    private const int ReasonsShown = 6;

    public static void Print(TextScreen screen, ModelForecast forecast)
    {
        var shown = forecast.Layers.Where(layer => layer.Forecast is not null).ToList();
        screen.Line($"from {forecast.Unit} {(shown is [var any, ..] ? any.Forecast!.Step.ToString(CultureInfo.InvariantCulture) : "?")}, by {forecast.History.Count} checkpoints; largest singular values, and the interval of {Numbers.Percent(forecast.Options.Forecast.Level)}");
        screen.Line();
        var prefix = CommonPrefix.ToLeaveOut([.. forecast.Layers.Select(layer => layer.Layer.Name)], screen.Width);
        TableColumns.Print(screen, prefix.Length == 0 ? "layer" : $"{prefix}…", shown, layer => NameAfter(prefix, layer), Columns(shown));
        screen.Line();
        if (forecast.Summary.Compared > 0)
        {
            PrintComparison(screen, forecast, shown, prefix);
        }

        PrintStreamed(screen, forecast, shown, prefix);
        PrintTrust(screen, forecast, shown);
        foreach (var layer in forecast.Layers.Where(layer => layer.Forecast is null))
        {
            screen.Line($"failed: {layer.Layer.Name}: {layer.Reason}");
        }

        screen.Line($"{forecast.Untracked} tensors that are no weight matrices (biases, norms, ...) or were not chosen are left out");
    }

    private static IReadOnlyList<TableColumn<ForecastedLayer>> Columns(List<ForecastedLayer> layers)
    {
        var horizons = layers.Count == 0 ? [] : layers[0].Forecast!.Points.Select(point => point.Horizon).ToList();
        return
        [
            new("now", layer => Numbers.Text(layer.Forecast!.SingularValues is [var sigma, ..] ? sigma : null), 0),
            .. horizons.Select((horizon, i) => new TableColumn<ForecastedLayer>($"+{horizon}", layer => Sigma(layer, horizon), i + 1)),
            new("method", layer => layer.Forecast!.Points is [.., var last] ? last.Method.Text() : "", horizons.Count + 2, LeftAligned: true),
            new("trusted", layer => layer.Forecast!.Trust.IsNone ? "no" : $"+{layer.Forecast.Trust.Steps}", 1, layer => layer.Forecast!.Trust.IsNone ? "yellow" : "green"),
            new("ended by", layer => layer.Forecast!.Trust.EndedBy is { } end ? RuleText(end.Rule) : "", horizons.Count + 1, LeftAligned: true),
        ];
    }

    private static string Sigma(ForecastedLayer layer, long horizon) => layer.Forecast!.Points.FirstOrDefault(point => point.Horizon == horizon) is { SingularValues.Count: > 0 } point
        ? $"{Numbers.Text(point.SingularValues[0])} [{Numbers.Text(point.Bands[0].Low)}, {Numbers.Text(point.Bands[0].High)}]"
        : "";

    private static string RuleText(TrustRule rule) => rule switch
    {
        TrustRule.HeavyTail => "heavy tail",
        _ => rule.ToString().ToLowerInvariant(),
    };

    private static void PrintComparison(TextScreen screen, ModelForecast forecast, List<ForecastedLayer> layers, string prefix)
    {
        screen.Line($"error of the {forecast.Options.Forecast.Modes} leading singular values at {forecast.Later.Count} later checkpoints (root mean square, relative):");
        IReadOnlyList<TableColumn<ForecastedLayer>> columns =
        [
            new("chosen", layer => Numbers.Percent(layer.Forecast!.Backtest!.Chosen.Error), 0),
            .. ForecastMethods.All.Select(method => new TableColumn<ForecastedLayer>(method.Text(), layer => Numbers.Percent(layer.Forecast!.Backtest!.Scores[(int)method].Error), method <= ForecastMethod.SigmaLinear ? 1 : 3, layer => layer.Forecast!.Backtest!.Best.Method == method ? "green" : null)),
            new("in interval", layer => Numbers.Percent(layer.Forecast!.Backtest!.Coverage), 2),
            new("beyond 10 %", layer => layer.Forecast!.Backtest!.Chosen.Beyond10 is { } horizon ? $"+{horizon}" : "-", 4),
        ];
        TableColumns.Print(screen, prefix.Length == 0 ? "layer" : $"{prefix}…", [.. layers.Where(layer => layer.Forecast!.Backtest is not null)], layer => NameAfter(prefix, layer), columns);
        screen.Line();
        screen.Line($"{forecast.Summary.Sentence}; {Numbers.Percent(forecast.Summary.Coverage)} of the values came inside their interval");
    }

    private static void PrintStreamed(TextScreen screen, ModelForecast forecast, List<ForecastedLayer> layers, string prefix)
    {
        var streamed = layers.Where(layer => layer.Streamed is { Points.Count: > 0 }).ToList();
        if (streamed.Count > 0)
        {
            screen.Line();
            screen.Line($"following the gradients of {streamed[0].Streamed!.Steps} steps ({Reports.ForecastJson.MethodText(streamed[0].Streamed!.Method)}); error, and that of the last value:");
            var steps = streamed[0].Streamed!.Points.Select(point => point.Step).ToList();
            TableColumns.Print(screen, "layer", streamed, layer => NameAfter(prefix, layer), [.. steps.Select((step, i) => new TableColumn<ForecastedLayer>($"{forecast.Unit} {step}", layer => Text(layer.Streamed!.Points.FirstOrDefault(point => point.Step == step)), i))]);
        }

        foreach (var reason in layers.Select(layer => layer.Streamed?.Reason).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            screen.Line(reason);
        }
    }

    private static string Text(StreamedComparison? point) => point switch
    {
        null => "",
        { Error: { } error } => $"{Numbers.Percent(error)} ({Numbers.Percent(point.Persistence)})",
        _ => $"sigma {Numbers.Text(point.SingularValues[0])}",
    };

    private static void PrintTrust(TextScreen screen, ModelForecast forecast, List<ForecastedLayer> layers)
    {
        var summary = forecast.Summary;
        screen.Line($"trusted: in the median {summary.Trusted.ToString("0", CultureInfo.InvariantCulture)} {forecast.Unit}s; {summary.Untrusted} of {summary.Layers} layers not at all. Why it ends:");
        foreach (var layer in layers.Where(layer => layer.Forecast!.Trust.EndedBy is not null).Take(ReasonsShown))
        {
            screen.Line($"  {layer.Layer.Name}: {layer.Forecast!.Trust.Sentence}");
        }

        var others = layers.Count(layer => layer.Forecast!.Trust.EndedBy is not null) - ReasonsShown;
        if (others > 0)
        {
            screen.Line($"  and {others} more (--format json lists all)");
        }
    }

    private static string NameAfter(string prefix, ForecastedLayer layer)
    {
        var name = layer.Layer.Name.StartsWith(prefix, StringComparison.Ordinal) ? layer.Layer.Name[prefix.Length..] : layer.Layer.Name;
        return layer.Layer.PartOf is { } whole ? $"  {layer.Layer.Name[(whole.Length + 1)..]}" : name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
    }
}
