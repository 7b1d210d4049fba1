namespace Eigenscope.Forecasting;

/// <summary>How often bands hold what comes.</summary>
/// <param name="Name">How the layer moves.</param>
/// <param name="Route">How the bands are found.</param>
/// <param name="Horizon">Steps ahead.</param>
/// <param name="Inside">How many singular values lay in their bands.</param>
/// <param name="Count">Of how many.</param>
public sealed record CoverageRow(string Name, BandRoute Route, long Horizon, int Inside, int Count)
{
    /// <summary>The share, 0 to 1.</summary>
    public double Share => (double)Inside / Count;
}

/// <summary>Measures the coverage of bands on layers that move as forecasts take them to.</summary>
internal static class CoverageCalibration
{
    private const long Every = 10;
    private const int Checkpoints = 9;

    /// <summary>Signals are kept apart, so that their errors are nearly independent.</summary>
    private static readonly double[] Signals = [6, 4.5, 3];

    private static readonly (string Name, ForecastMethod Method, DiffusingLayerOptions Options)[] Cases =
    [
        ("diffusion", ForecastMethod.Persistence, new() { Signals = Signals, Diffusion = 1e-5 }),
        ("diffusion", ForecastMethod.MatrixRelaxed, new() { Signals = Signals, Diffusion = 1e-5 }),
        ("pulled to zero, strong signals", ForecastMethod.MatrixRelaxed, new() { Signals = [24, 18, 12], Diffusion = 1e-5, Pull = 0.01, IsStationary = true }),
        ("pulled to zero, signals that end near the edge", ForecastMethod.MatrixRelaxed, new() { Signals = Signals, Diffusion = 1e-5, Pull = 0.01, IsStationary = true }),
    ];

    /// <param name="horizons">Steps ahead, ascending.</param>
    /// <param name="layers">The number of layers of each kind.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="draws">The matrices that a band is drawn from.</param>
    /// <param name="wanted">Tells by its name whether a kind is measured.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IReadOnlyList<CoverageRow> Of(IReadOnlyList<long> horizons, int layers, long seed, int draws, Func<string, bool> wanted, CancellationToken cancellation)
    {
        var rows = new List<CoverageRow>();
        foreach (var (name, method, options) in Cases.Where(kind => wanted($"{kind.Name}, {kind.Method.Text()}")))
        {
            foreach (var route in Enum.GetValues<BandRoute>())
            {
                var inside = new int[horizons.Count];
                for (var draw = 0; draw < layers; draw++)
                {
                    Count(options, new ForecastOptions { Horizons = horizons, Modes = Signals.Length, Method = method, Bands = route, Draws = draws, Origins = 1, Targets = 1, NoiseBandsOnly = true, Seed = seed + draw }, seed + draw, inside, cancellation);
                }

                rows.AddRange(horizons.Select((horizon, i) => new CoverageRow($"{name}, {method.Text()}", route, horizon, inside[i], layers * Signals.Length)));
            }
        }

        return rows;
    }

    /// <summary>How often bands hold what comes of a <see cref="LinearStudent"/>, whose drift changes: bands of noise alone, and bands that reach as far as errors did inside the history.</summary>
    public static IReadOnlyList<CoverageRow> OfStudents(IReadOnlyList<long> origins, IReadOnlyList<long> horizons, int trainings, long seed, CancellationToken cancellation)
    {
        var rows = new List<CoverageRow>();
        foreach (var (origin, isNoiseOnly) in origins.SelectMany(origin => new[] { (origin, true), (origin, false) }))
        {
            var found = Enumerable.Range(0, trainings).Select(draw => OpenLoopCalibration.Forecast(origin, horizons, seed + draw, cancellation, isNoiseOnly).Backtest!.Rows).ToList();
            rows.AddRange(horizons.Select((horizon, i) => new CoverageRow(
                $"linear layer from {origin}, {(isNoiseOnly ? "noise alone" : "and errors of the history")}", BandRoute.FirstOrder, horizon, found.Sum(one => one[i].Inside), found.Sum(one => one[i].Modes))));
        }

        return rows;
    }

    private static void Count(DiffusingLayerOptions layerOptions, ForecastOptions options, long seed, int[] inside, CancellationToken cancellation)
    {
        var layer = new DiffusingLayer(layerOptions, seed);
        List<TimedWeights> history = [.. Enumerable.Range(0, Checkpoints).Select(_ => layer.After(Every))];
        var last = history[^1].Step;
        List<TimedWeights> later = [.. options.Horizons.Select(horizon => layer.After(last + horizon - layer.Step))];
        var rows = LayerForecast.Of(history, options, later: later, cancellation: cancellation).Backtest!.Rows;
        for (var i = 0; i < inside.Length; i++)
        {
            inside[i] += rows[i].Inside;
        }
    }
}
