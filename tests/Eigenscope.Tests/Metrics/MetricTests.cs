using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Metrics;

/// <summary>Every metric on spectra that are worked out by hand.</summary>
public sealed class MetricTests
{
    /// <summary>lambda are right to a few eps of the largest, and no metric here magnifies that by more than a hundred.</summary>
    private const double Relative = 1e-13;

    private const double SingleEpsilon = 1.1920928955078125e-07;
    private const double DoubleEpsilon = 2.220446049250313e-16;

    private static readonly double Alpha34 = 1 + (2 / Math.Log(16.0 / 9));
    private static readonly double EntropyOfSigma34 = -((3.0 / 7 * Math.Log(3.0 / 7)) + (4.0 / 7 * Math.Log(4.0 / 7)));
    private static readonly double EntropyOfLambda34 = -((0.36 * Math.Log(0.36)) + (0.64 * Math.Log(0.64)));

    /// <summary>diag(3, 4), 4 rows by 2 columns: sigma 3 and 4, lambda 9 and 16.</summary>
    public static TheoryData<string, double> ThreeFour => new()
    {
        { "N", 4 },
        { "M", 2 },
        { "Q", 2 },
        { "rf", 1 },
        { "num_evals", 2 },
        { "alpha", Alpha34 },
        { "sigma", (Alpha34 - 1) / Math.Sqrt(2) },
        { "D", 0.5 - Math.Exp(-2) },
        { "xmin", 9 },
        { "xmax", 16 },
        { "num_pl_spikes", 2 },
        { "alpha_weighted", Alpha34 * Math.Log10(16) },
        { "log_alpha_norm", Math.Log10(Math.Pow(9, Alpha34) + Math.Pow(16, Alpha34)) },
        { "lambda_max", 16 },
        { "spectral_norm", 16 },
        { "log_spectral_norm", Math.Log10(16) },
        { "norm", 25 },
        { "log_norm", Math.Log10(25) },
        { "sv_max", 4 },
        { "sv_min", 3 },
        { "stable_rank", 25.0 / 16 },
        { "effective_rank", Math.Exp(EntropyOfSigma34) },
        { "participation_ratio", 49.0 / 25 },
        { "hard_rank", 2 },
        { "condition_number", 4.0 / 3 },
        { "num_at_floor", 0 },
        { "rank10_share", 1 },
        { "spectral_entropy", EntropyOfLambda34 / Math.Log(2) },
        { "weak_rank_loss", 0 },
        { "mp_lambda_minus", 12.5 * Math.Pow(1 - Math.Sqrt(0.5), 2) },
        { "mp_lambda_plus", 12.5 * Math.Pow(1 + Math.Sqrt(0.5), 2) },
        { "tail_fraction", 0 },
        { "detX_num", 2 },
        { "detX_val", 9 },
        { "detX_val_unrescaled", 9 / 12.5 },
        { "erg_distance", 0 },
        { "matrix_rank", 2 },
        { "rank_loss", 0 },
        { "entropy", -((0.3600000001 * Math.Log(0.3600000001)) + (0.6400000001 * Math.Log(0.6400000001))) / Math.Log(2.0000000001) },
    };

    /// <summary>Slices diag(3, 4) and diag(1, 2): the values of both, the edges of one matrix with the mean variance.</summary>
    public static TheoryData<string, double> TwoSlices => new()
    {
        { "rf", 2 },
        { "num_evals", 4 },
        { "norm", 30 },
        { "sv_max", 4 },
        { "sv_min", 1 },
        { "stable_rank", 30.0 / 16 },
        { "participation_ratio", 100.0 / 30 },
        { "condition_number", 4 },
        { "mp_lambda_plus", 30.0 / 2 / 2 * 4 },
        { "mp_lambda_minus", 0 },
        { "tail_fraction", 0 },
        { "rank_loss", 0 },
    };

    /// <summary>A zero matrix of order 2: what is a count is a number, and what is a ratio or a logarithm is undefined.</summary>
    public static TheoryData<string, double?> Zero => new()
    {
        { "num_evals", 2 },
        { "alpha", null },
        { "sigma", null },
        { "D", null },
        { "xmin", null },
        { "xmax", null },
        { "num_pl_spikes", null },
        { "alpha_weighted", null },
        { "log_alpha_norm", null },
        { "lambda_max", 0 },
        { "spectral_norm", 0 },
        { "log_spectral_norm", null },
        { "norm", 0 },
        { "log_norm", null },
        { "sv_max", 0 },
        { "sv_min", 0 },
        { "stable_rank", null },
        { "effective_rank", null },
        { "participation_ratio", null },
        { "hard_rank", 0 },
        { "condition_number", null },
        { "num_at_floor", 2 },
        { "rank10_share", null },
        { "spectral_entropy", null },
        { "weak_rank_loss", 2 },
        { "mp_lambda_minus", 0 },
        { "mp_lambda_plus", 0 },
        { "tail_fraction", null },
        { "matrix_rank", 0 },
        { "rank_loss", 2 },
        { "entropy", null },
    };

    /// <summary>The matrix (3), whose tail has no law.</summary>
    public static TheoryData<string, double?> OneValue => new()
    {
        { "num_evals", 1 },
        { "Q", 1 },
        { "alpha", null },
        { "num_pl_spikes", null },
        { "alpha_weighted", null },
        { "log_alpha_norm", null },
        { "norm", 9 },
        { "stable_rank", 1 },
        { "effective_rank", 1 },
        { "participation_ratio", 1 },
        { "hard_rank", 1 },
        { "condition_number", 1 },
        { "rank10_share", 1 },
        { "spectral_entropy", 0 },
        { "mp_lambda_plus", 36 },
        { "tail_fraction", 0 },
    };

    [Theory]
    [MemberData(nameof(ThreeFour))]
    public void Diagonal_three_four(string name, double expected) => Near(expected, Value(name, Layer(4, 2, 3, 4)));

    /// <summary>Metrics that are held against the figures of another program, or need more than two eigenvalues.</summary>
    private static HashSet<string> Elsewhere => [.. Densities.All.Concat(Vectors.All).Select(metric => metric.Name), "level_ratio", "level_ratio_se", .. EvidenceMetricTests.Names];

    [Fact]
    public void Every_metric_has_an_example() =>
        Assert.Equal(
            MetricTable.All.Where(metric => !Elsewhere.Contains(metric.Name)).Select(metric => metric.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ThreeFour.Select(row => row.Data.Item1).Concat(RandomPartTests.Bulk.Select(row => row.Data.Item1)).Concat(RandomPartTests.Controls.Select(row => row.Data.Item1)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(TwoSlices))]
    public void Two_slices(string name, double expected) => Near(expected, Value(name, Sliced()));

    [Fact]
    public void Smallest_singular_value_as_in_WeightWatcher_is_the_largest_of_the_smallest() =>
        Near(3, MetricTable.For(weightWatcher: true).Single(metric => metric.Name == "sv_min").Of(Sliced()));

    [Theory]
    [MemberData(nameof(Zero))]
    public void Zero_matrix(string name, double? expected) => Assert.Equal(expected, Value(name, Layer(2, 2, 0, 0)));

    [Theory]
    [MemberData(nameof(OneValue))]
    public void Single_value(string name, double? expected) => Near(expected, Value(name, Layer(1, 1, 3)));

    [Fact]
    public void Says_why_there_is_no_tail()
    {
        Assert.Equal("all eigenvalues are equal", Layer(2, 2, 5, 5).Tail.Reason);
        Assert.Contains("0 are large enough", Layer(2, 2, 0, 0).Tail.Reason, StringComparison.Ordinal);
        Assert.Contains("1 is large enough", Of([Diagonal(SpectrumRoute.Gram, 2, 2, 3, 4)], 2, 2, threshold: 10).Tail.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_above_the_threshold_is_fitted()
    {
        var spectrum = Diagonal(SpectrumRoute.Gram, 3, 3, 1, 2, 3);
        Assert.Equal(3, Of([spectrum], 3, 3, threshold: 0.5).Tail.Fit!.TailCount);
        Assert.Equal(2, Of([spectrum], 3, 3, threshold: 2).Tail.Fit!.TailCount);
    }

    /// <summary>lambda 1, 4, 9, ..., 144: the ten largest make 645 of 650.</summary>
    [Fact]
    public void Share_of_ten_of_twelve() => Near(645.0 / 650, Value("rank10_share", Layer(12, 12, [.. Enumerable.Range(1, 12).Select(k => (double)k)])));

    [Fact]
    public void Eigenvalues_near_zero_are_below_1e_6() => Near(2, Value("weak_rank_loss", Layer(4, 4, 1, 0.002, 0.0009, 1e-5)));

    /// <summary>One direction of 10 among 99 of 1: of the variance 199 / 100 the edge is 7.96, and only 100 lies beyond.</summary>
    [Fact]
    public void Tail_fraction_counts_what_lies_beyond_the_edge() =>
        Near(0.01, Value("tail_fraction", Layer(100, 100, [10, .. Enumerable.Repeat(1.0, 99)])));

    /// <summary>diag(4, 3, 0): by float32 the threshold is 1.4e-6 sigma-units, above the Gram floor; by float64 it is below, so only the accurate route tells.</summary>
    [Theory]
    [InlineData(SpectrumRoute.Gram, SingleEpsilon, 2.0)]
    [InlineData(SpectrumRoute.Accurate, SingleEpsilon, 2.0)]
    [InlineData(SpectrumRoute.Gram, DoubleEpsilon, null)]
    [InlineData(SpectrumRoute.Accurate, DoubleEpsilon, 2.0)]
    [InlineData(SpectrumRoute.Accurate, 1.0 / 128, null)]
    public void Hard_rank_where_the_route_resolves_it(SpectrumRoute route, double epsilon, double? expected) =>
        Assert.Equal(expected, Value("hard_rank", Of([Diagonal(route, 3, 3, 4, 3, 0)], 3, 3, epsilon)));

    [Theory]
    [InlineData(SpectrumRoute.Gram, 1e-9, null)]
    [InlineData(SpectrumRoute.Accurate, 1e-9, 1e9)]
    [InlineData(SpectrumRoute.Accurate, 0, null)]
    public void Condition_number_where_the_route_resolves_it(SpectrumRoute route, double smallest, double? expected) =>
        Near(expected, Value("condition_number", Layer(route, 2, 2, 1, smallest)), 1e-5);

    [Theory]
    [InlineData(SpectrumRoute.Gram, 1)]
    [InlineData(SpectrumRoute.Accurate, 0)]
    public void Counts_values_at_the_floor(SpectrumRoute route, double expected) =>
        Assert.Equal(expected, Value("num_at_floor", Layer(route, 2, 2, 1, 1e-9)));

    [Fact]
    public void Ranks_as_in_WeightWatcher_use_float64()
    {
        var layer = Layer(SpectrumRoute.Accurate, 3, 3, 1, 1e-10, 0);
        Assert.Equal((2, 1), (Value("matrix_rank", layer), Value("rank_loss", layer)));
    }

    [Fact]
    public void Numbers_that_do_not_fit_in_float64_are_undefined()
    {
        var metric = MetricTable.All[0] with { Compute = _ => double.PositiveInfinity };
        Assert.Null(metric.Of(Layer(1, 1, 1)));
        Assert.Null((metric with { Compute = _ => double.NaN }).Of(Layer(1, 1, 1)));
    }

    /// <summary>log10 sum lambda^alpha stays finite where lambda^alpha does not.</summary>
    [Fact]
    public void The_log_of_the_alpha_norm_does_not_overflow()
    {
        var layer = Layer(2, 2, 1e20, 1.000001e20);
        var alpha = Value("alpha", layer)!.Value;
        Assert.True(alpha > 1e5);
        Assert.InRange(Value("log_alpha_norm", layer)!.Value, alpha * 39.9, alpha * 40.1);
    }

    private static double? Value(string name, LayerSpectrum layer) => MetricTable.All.First(metric => metric.Name == name).Of(layer);

    private static LayerSpectrum Layer(int rows, int columns, params double[] sigma) => Layer(SpectrumRoute.Gram, rows, columns, sigma);

    private static LayerSpectrum Layer(SpectrumRoute route, int rows, int columns, params double[] sigma) =>
        Of([Diagonal(route, rows, columns, sigma)], Math.Max(rows, columns), Math.Min(rows, columns));

    private static LayerSpectrum Sliced() =>
        Of([Diagonal(SpectrumRoute.Gram, 2, 2, 3, 4), Diagonal(SpectrumRoute.Gram, 2, 2, 1, 2)], 2, 2);

    private static LayerSpectrum Of(Spectrum[] slices, int n, int m, double epsilon = SingleEpsilon, double threshold = 1e-12) =>
        new(slices, n, m, epsilon, threshold);

    private static Spectrum Diagonal(SpectrumRoute route, int rows, int columns, params double[] sigma) =>
        Spectrum.Of(Matrices.Diagonal(rows, columns, sigma), route);

    private static void Near(double? expected, double? actual, double relative = Relative)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, relative * Math.Max(1, Math.Abs(expected ?? 0)));
    }
}
