using Eigenscope.Spectra;

namespace Eigenscope.Forecasting;

/// <summary>When the onset of a heavy tail was seen in one layer, and when the forecast made before it failed.</summary>
/// <param name="BySpectrum">The horizon at which the spectrum alone shows it; null for never.</param>
/// <param name="ByNoise">The same with the noise along modes known at every checkpoint.</param>
/// <param name="Failure">The first horizon at which the error of the forecast exceeds 10 %; null for never.</param>
public sealed record OnsetDraw(long? BySpectrum, long? ByNoise, long? Failure);

/// <summary>How early <see cref="HeavyTailOnset"/> is, on layers of one kind.</summary>
/// <param name="Growth">The variance of the noise that grows with lambda relative to that of the weights, in a step; 0 for layers without it, in which every sign is a false one.</param>
/// <param name="Draws">The layers.</param>
public sealed record OnsetRow(double Growth, IReadOnlyList<OnsetDraw> Draws)
{
    /// <summary>How many were seen no later than the forecast failed, by the spectrum alone.</summary>
    public int InTimeBySpectrum => Draws.Count(draw => draw.BySpectrum is { } seen && seen <= (draw.Failure ?? long.MaxValue));

    /// <summary>The same with the noise along modes.</summary>
    public int InTimeByNoise => Draws.Count(draw => draw.ByNoise is { } seen && seen <= (draw.Failure ?? long.MaxValue));

    /// <summary>How many forecasts failed.</summary>
    public int Failures => Draws.Count(draw => draw.Failure is not null);
}

/// <summary>Measures <see cref="HeavyTailOnset"/> on layers whose noise changes after the last checkpoint of a forecast.</summary>
internal static class OnsetCalibration
{
    private const long Origin = 60;
    private const long Every = 10;
    private const int NoiseDraws = 24;

    /// <param name="growths">The variance of the noise that grows, relative to the weights', in a step.</param>
    /// <param name="layers">The number of layers of each.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="spacing">Steps between the checkpoints that are looked at after the forecast.</param>
    /// <param name="last">The horizon of the last one.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IReadOnlyList<OnsetRow> Of(IReadOnlyList<double> growths, int layers, long seed, long spacing, long last, CancellationToken cancellation)
    {
        var horizons = Enumerable.Range(1, (int)(last / spacing)).Select(i => i * spacing).ToList();
        return [.. growths.Select(growth => new OnsetRow(growth, [.. Enumerable.Range(0, layers).Select(draw => Draw(growth, seed + draw, horizons, cancellation))]))];
    }

    private static OnsetDraw Draw(double growth, long seed, IReadOnlyList<long> horizons, CancellationToken cancellation)
    {
        var layer = new HeavyTailGrowth(growth, Origin, seed);
        List<TimedWeights> history = [.. Enumerable.Range(0, (int)(Origin / Every) + 1).Select(i => layer.To(i * Every))];
        var later = new List<TimedWeights>();
        long? bySpectrum = null, byNoise = null;
        foreach (var horizon in horizons)
        {
            later.Add(layer.To(Origin + horizon));
            var eigenvalues = Spectrum.Of(later[^1].Weights, SpectrumRoute.Gram, cancellation).Eigenvalues.ToArray();
            bySpectrum ??= HeavyTailOnset.Of(eigenvalues, later[^1].Weights.Rows).HasBegun ? horizon : null;
            byNoise ??= HeavyTailOnset.Of(eigenvalues, later[^1].Weights.Rows, layer.ModeNoise(NoiseDraws, cancellation)).HasBegun ? horizon : null;
        }

        var options = new ForecastOptions { Horizons = horizons, Bands = BandRoute.FirstOrder };
        var forecast = LayerForecast.Of(history, options, later: later, cancellation: cancellation);
        return new(bySpectrum, byNoise, forecast.Backtest!.Chosen.Beyond10);
    }
}
