using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Forecasting;

/// <summary>A band of one singular value.</summary>
/// <param name="Low">Its lower end, from 0.</param>
/// <param name="High">Its upper end.</param>
public sealed record Band(double Low, double High)
{
    /// <summary>True where a value lies inside, its ends included.</summary>
    public bool Holds(double value) => value >= Low && value <= High;
}

/// <summary>Bands about a forecast, which hold a share of outcomes if noise is as strong as it was and the method is as wrong as it was inside the history.</summary>
internal static class Bands
{
    private const long MostDrawn = 1 << 16;

    /// <summary>The route that is taken where none is asked for.</summary>
    public static BandRoute RouteFor(OpenLoop loop, ForecastMethod method, ForecastOptions options) =>
        method is ForecastMethod.SigmaLinear or ForecastMethod.SigmaDamped ? BandRoute.FirstOrder
        : options.Bands ?? (loop.Motion.Estimate.Relaxation.Factor >= 1 && (long)loop.Motion.Raw.Rows * loop.Motion.Raw.Columns <= MostDrawn ? BandRoute.Draws : BandRoute.FirstOrder);

    /// <summary>A band for each leading mode.</summary>
    public static IReadOnlyList<Band> Of(OpenLoop loop, ForecastMethod method, KnownSpectrum predicted, double horizon, ForecastOptions options, CancellationToken cancellation)
    {
        var expected = loop.Expected(method, predicted, horizon);
        return RouteFor(loop, method, options) == BandRoute.FirstOrder
            ? FirstOrder(expected, options.Level)
            : Drawn(loop, method, [.. expected.Select((mode, k) => (mode.Centre - predicted.SingularValues[k], mode.Variance))], horizon, options, cancellation);
    }

    /// <summary>Bands that reach at least as far as errors inside the history did, taken as normal: noise is not all that a forecast gets wrong.</summary>
    /// <param name="bands">The bands of noise.</param>
    /// <param name="predicted">The forecast.</param>
    /// <param name="errorOf">The relative error of each mode inside the history, root mean square; 0 where nothing was tried.</param>
    /// <param name="level">The share of outcomes that they are to hold.</param>
    public static IReadOnlyList<Band> Widened(IReadOnlyList<Band> bands, KnownSpectrum predicted, Func<int, double> errorOf, double level)
    {
        var reach = SpecialFunctions.NormalQuantile((1 + level) / 2);
        return [.. bands.Select((band, k) =>
        {
            var (sigma, error) = (predicted.SingularValues[k], reach * errorOf(k) * predicted.SingularValues[k]);
            return new Band(Math.Max(0, Math.Min(band.Low, sigma - error)), Math.Max(band.High, sigma + error));
        })];
    }

    private static Band[] FirstOrder(IReadOnlyList<(double Centre, double Variance)> expected, double level)
    {
        var reach = SpecialFunctions.NormalQuantile((1 + level) / 2);
        return [.. expected.Select(mode => new Band(Math.Max(0, mode.Centre - (reach * Math.Sqrt(mode.Variance))), mode.Centre + (reach * Math.Sqrt(mode.Variance))))];
    }

    /// <summary>Singular values of the forecast matrix with noise of the steps to come, each moved by a normal number for what of its drift is uncertain.</summary>
    private static Band[] Drawn(OpenLoop loop, ForecastMethod method, (double Shift, double Variance)[] modes, double horizon, ForecastOptions options, CancellationToken cancellation)
    {
        var centre = Entries.Of(loop.MatrixOf(method, horizon) ?? loop.Motion.Last.Weights);
        var (rows, columns) = (loop.Motion.Raw.Rows, loop.Motion.Raw.Columns);
        var ahead = loop.Motion.Spread(horizon);
        var random = new Sampling((ulong)options.Seed ^ ((ulong)BitConverter.DoubleToInt64Bits(horizon) * 0x9E3779B97F4A7C15));
        var drawn = modes.Select(_ => new double[options.Draws]).ToArray();
        for (var draw = 0; draw < options.Draws; draw++)
        {
            var values = Array.ConvertAll(centre, x => x + (Math.Sqrt(ahead) * random.Normal()));
            var sigma = Spectrum.Of(new DenseMatrix(rows, columns, values), new SpectrumOptions { Threads = options.Threads }, cancellation).SingularValues;
            for (var k = 0; k < drawn.Length; k++)
            {
                drawn[k][draw] = sigma[^(k + 1)] + modes[k].Shift + (Math.Sqrt(Math.Max(0, modes[k].Variance - ahead)) * random.Normal());
            }
        }

        return Array.ConvertAll(drawn, values => Quantiles(values, options.Level));
    }

    /// <summary>The band that leaves out as many on either side: of n draws, order statistics at (n + 1) p.</summary>
    private static Band Quantiles(double[] values, double level)
    {
        Array.Sort(values);
        return new(Math.Max(0, At(values, (1 - level) / 2)), At(values, (1 + level) / 2));
    }

    private static double At(double[] ascending, double share)
    {
        var place = Math.Clamp((share * (ascending.Length + 1)) - 1, 0, ascending.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + ((place - below) * (ascending[above] - ascending[below]));
    }
}
