using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Metrics;

/// <summary>The metrics of the random part and of the shuffled controls, on spectra that are worked out by hand.</summary>
public sealed class RandomPartTests
{
    private const int N = 200;
    private const int M = 100;
    private const double Deviation = 0.25;

    /// <summary>Exactly the quantiles of the law, the largest one N s^2 F^-1(0.995).</summary>
    private static readonly double[] Quantiles =
        [.. Enumerable.Range(0, M).Select(i => N * Deviation * Deviation * new MarchenkoPastur((double)N / M, 1).Quantile((i + 0.5) / M))];

    private static readonly double Edge = Deviation * Deviation * Math.Pow(Math.Sqrt(N) + Math.Sqrt(M), 2);

    public static TheoryData<string, double> Bulk => new()
    {
        { "bulk_sigma", Deviation },
        { "bulk_lambda_minus", Deviation * Deviation * Math.Pow(Math.Sqrt(N) - Math.Sqrt(M), 2) },
        { "bulk_lambda_plus", Edge },
        { "bulk_spikes", 0 },
        { "bulk_softrank", Edge / Quantiles[^1] },
        { "bulk_distance", 0.5 },
    };

    /// <summary>lambda 9 and 16 beside 1 and 4, and beside 1 and 9.</summary>
    public static TheoryData<string, double?> Controls => new()
    {
        { "max_rand_eval", 6.5 },
        { "max_rand_eval_sd", Math.Sqrt(12.5) },
        { "rand_distance", (Distance(0.2) + Distance(0.1)) / 2 },
        { "rand_distance_sd", Math.Abs(Distance(0.2) - Distance(0.1)) / Math.Sqrt(2) },
        { "ww_softrank", 6.5 / 16 },
        { "ww_maxdist", 9.5 },
        { "correlation_traps", null },
    };

    [Theory]
    [MemberData(nameof(Bulk))]
    public void Random_part(string name, double expected) => Assert.Equal(expected, Value(name, new LayerSpectrum([Spectrum(N, M, Quantiles)], N, M, 1e-7, 0))!.Value, 1e-9 * Math.Max(1, expected));

    [Theory]
    [MemberData(nameof(Controls))]
    public void Shuffled_controls(string name, double? expected)
    {
        var layer = Small([Spectrum(2, 2, 1, 4), Spectrum(2, 2, 1, 9)]);
        Assert.Equal(expected is null, Value(name, layer) is null);
        Assert.Equal(expected ?? 0, Value(name, layer) ?? 0, 1e-12);
    }

    [Fact]
    public void One_shuffle_has_no_spread_and_none_no_control()
    {
        Assert.Null(Value("max_rand_eval_sd", Small([Spectrum(2, 2, 1, 4)])));
        Assert.Null(Value("rand_distance_sd", Small([Spectrum(2, 2, 1, 4)])));
        Assert.All(Controls, row => Assert.Null(Value(row.Data.Item1, Small([]))));
    }

    /// <summary>Two values far beyond the edge in one of two controls.</summary>
    [Fact]
    public void Traps_are_the_mean_of_the_spikes()
    {
        double[] spiked = [.. Quantiles.Select((lambda, i) => i < M - 2 ? lambda : 100 * Edge)];
        var layer = new LayerSpectrum([Spectrum(N, M, Quantiles)], N, M, 1e-7, 0) { Controls = [Spectrum(N, M, Quantiles), Spectrum(N, M, spiked)] };
        Assert.Equal(1, Value("correlation_traps", layer));
    }

    [Fact]
    public void Several_slices_have_no_random_part()
    {
        var slice = Spectrum(N, M, Quantiles);
        Assert.Equal((null, "the layer is analysed as several matrices"), new LayerSpectrum([slice, slice], N, M, 1e-7, 0).Bulk);
    }

    /// <summary>The Jensen-Shannon distance of (p, 1 - p) and (0.36, 0.64) from entropies.</summary>
    private static double Distance(double p) => Math.Sqrt(Entropy((p + 0.36) / 2) - ((Entropy(p) + Entropy(0.36)) / 2));

    private static double Entropy(double p) => -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));

    private static double? Value(string name, LayerSpectrum layer) => MetricTable.All.Single(metric => metric.Name == name).Of(layer);

    private static LayerSpectrum Small(Spectrum[] controls) => new([Spectrum(2, 2, 9, 16)], 2, 2, 1e-7, 0) { Controls = controls };

    private static Spectrum Spectrum(int rows, int columns, params double[] lambda) =>
        Eigenscope.Spectra.Spectrum.Of(Matrices.Diagonal(rows, columns, Array.ConvertAll(lambda, Math.Sqrt)), SpectrumRoute.Gram);
}
