using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Metrics;

/// <summary>The metrics that stand for a fit or a test hold what that says, on a layer with three spikes; the fits and tests have tests of their own.</summary>
public sealed class EvidenceMetricTests
{
    private const int N = 300, M = 200;

    private static readonly double[] Eigenvalues = [.. Spectrum.Of(Matrix, SpectrumRoute.Gram).Eigenvalues];

    private static readonly LayerSpectrum Layer = Make();

    /// <summary>The names that are tested here.</summary>
    public static string[] Names { get; } =
    [
        "alpha_corrected", "alpha_se", "alpha_low", "alpha_high", "pl_p", "pl_supported", "pl_vs_exponential", "pl_vs_lognormal", "pl_vs_stretched", "pl_vs_tpl", "tpl_alpha", "tpl_lambda",
        "alpha_moment", "hill_median", "hill_median_null", "mu", "stable_rank_null", "edge_p", "signal_energy", "spike_energy", "entry_kurtosis", "entry_lambda_max", "phase_confidence",
        "quasi_null_count", "quasi_null_effect", "quasi_null_p", "num_fingers", "raw_alpha", "alpha_instability", "tpl_fit_alpha", "tpl_fit_lambda", "tpl_fit_xmin", "tpl_fit_d", "farms_alpha",
    ];

    private static Eigenscope.LinearAlgebra.DenseMatrix Matrix => TestMatrices.Spiked(NoiseKind.Gaussian, N, M, [40, 60, 90], seed: 9);

    [Fact]
    public void Hill_and_its_null()
    {
        var upper = Eigenvalues[^(M / 2)..];
        Assert.Equal(1 + (M / 2 / upper.Sum(lambda => Math.Log(lambda / upper[0]))), Value("hill_median"), 1e-12);
        Assert.InRange(Value("hill_median_null"), 2.449 - 0.001, 2.449 + 0.001);
    }

    [Fact]
    public void The_stable_rank_of_noise() => Assert.Equal(M / Math.Pow(1 + Math.Sqrt((double)M / N), 2), Value("stable_rank_null"), 1e-9);

    [Fact]
    public void The_edge_and_the_signal()
    {
        var fit = Layer.Bulk.Fit!;
        Assert.Equal(EdgeTest.Upper(Eigenvalues, N, EdgeVariance.Fitted).Test!.PValue, Value("edge_p"));
        Assert.Equal(SignalPart.Of(Eigenvalues, fit).EnergyShare, Value("signal_energy"));
        Assert.Equal(Eigenvalues[^fit.Spikes..].Sum() / Eigenvalues.Sum(), Value("spike_energy"), 1e-12);
        Assert.Equal(PhaseClassifier.Of(Eigenvalues, N).Verdict!.Confidence, Value("phase_confidence"));
    }

    [Fact]
    public void The_entries()
    {
        var entries = EntryStatistics.Of([Matrix], TestContext.Current.CancellationToken);
        Assert.Equal(entries.ExcessKurtosis, Value("entry_kurtosis"));
        Assert.Equal(entries.ExpectedLargest(N, M), Value("entry_lambda_max"));
    }

    [Fact]
    public void The_rivals()
    {
        var comparison = TailComparison.Of(Eigenvalues, Layer.Tail.Fit!.Xmin).Comparison!;
        foreach (var (name, law) in new[] { ("pl_vs_exponential", TailLaw.Exponential), ("pl_vs_lognormal", TailLaw.Lognormal), ("pl_vs_stretched", TailLaw.StretchedExponential) })
        {
            Assert.Equal(comparison[law].Verdict == RivalVerdict.Indistinguishable ? null : comparison[law].Normalized, MetricTable.All.Single(metric => metric.Name == name).Of(Layer));
        }

        Assert.Equal(Math.Min(0, comparison[TailLaw.TruncatedPowerLaw].R), Value("pl_vs_tpl"));
        var truncated = comparison[TailLaw.TruncatedPowerLaw].Model as TruncatedPowerLawTail;
        Assert.Equal((truncated?.Alpha, truncated?.Lambda), (Layer is var layer ? MetricTable.All.Single(metric => metric.Name == "tpl_alpha").Of(layer) : null, MetricTable.All.Single(metric => metric.Name == "tpl_lambda").Of(Layer)));
    }

    [Fact]
    public void The_bootstrap()
    {
        var bootstrap = Layer.Bootstrap!;
        Assert.Equal(
            [bootstrap.AlphaCorrected, bootstrap.StandardError, bootstrap.Low, bootstrap.High, bootstrap.P],
            new[] { "alpha_corrected", "alpha_se", "alpha_low", "alpha_high", "pl_p" }.Select(Value));
        Assert.Contains(Value("pl_supported"), new[] { 0.0, 1 });
    }

    [Fact]
    public void Quasi_null_eigenvalues()
    {
        var found = Layer.QuasiNull!;
        Assert.Equal([found.Count, found.Effect, found.PValue], new[] { "quasi_null_count", "quasi_null_effect", "quasi_null_p" }.Select(Value));
    }

    [Fact]
    public void Fingers_and_the_path_of_alpha()
    {
        var clipped = ClippedPowerLawFit.Of(Eigenvalues, new PowerLawOptions()).Fit!;
        var layer = new LayerSpectrum(Layer.Slices, N, M, 1e-7, 1e-12 * Eigenvalues[^1]) { Clips = true };
        Assert.Equal([clipped.NumFingers, clipped.RawAlpha, clipped.Fit.Alpha], new[] { "num_fingers", "raw_alpha", "alpha" }.Select(name => MetricTable.All.Single(metric => metric.Name == name).Of(layer)!.Value));
        Assert.Null(MetricTable.All.Single(metric => metric.Name == "raw_alpha").Of(Layer));
        Assert.Equal(TailPath.Of(Eigenvalues, new PowerLawOptions()).Path!.Instability, Value("alpha_instability"));
    }

    /// <summary>Its distance is the least of all starts, and that of its own parameters.</summary>
    [Fact]
    public void The_truncated_power_law_at_its_own_start()
    {
        var (alpha, lambda, xmin, distance) = (Value("tpl_fit_alpha"), Value("tpl_fit_lambda"), Value("tpl_fit_xmin"), Value("tpl_fit_d"));
        var tail = Eigenvalues.Where(value => value >= xmin).ToArray();
        Assert.Equal(distance, new TruncatedPowerLawTail(xmin, alpha, lambda).Distance(tail), 1e-12);
        var others = Enumerable.Range(0, M - 4).Select(i => TailComparison.Of(Eigenvalues, Eigenvalues[i]).Comparison![TailLaw.TruncatedPowerLaw].Model?.Distance(Eigenvalues.AsSpan(i)) ?? double.PositiveInfinity);
        Assert.All(others, other => Assert.True(other >= distance - 1e-12));
        Assert.Null(TruncatedPowerLawFit.Of([1, 1, 1, 1, 1]).Fit);
        Assert.NotNull(TruncatedPowerLawFit.Of([1, 2, 3]).Reason);
    }

    [Fact]
    public void The_exponent_of_square_windows()
    {
        var options = new FarmsOptions { Threshold = 1e-12 * Eigenvalues[^1] };
        Assert.Equal(Farms.Of(Matrix, window => Spectrum.Of(window, SpectrumRoute.Gram, TestContext.Current.CancellationToken).Eigenvalues, options).Farms!.Alpha, Value("farms_alpha"));
    }

    /// <summary>The exponent of the entries is named only where it can be told.</summary>
    [Fact]
    public void The_exponent_of_the_entries()
    {
        Assert.Null(MetricTable.All.Single(metric => metric.Name == "mu").Of(Layer));
        var heavy = new LayerSpectrum([Spectrum.Of(Matrices.Diagonal([.. Enumerable.Range(1, 400).Select(k => Math.Pow(k / 401.0, -1.0))]), SpectrumRoute.Gram, TestContext.Current.CancellationToken)], 400, 400, 1e-7, 0);
        var metric = MetricTable.All.Single(candidate => candidate.Name == "mu").Of(heavy);
        Assert.Equal(2 * (heavy.Tail.Fit!.Alpha - 1), metric!.Value, 1e-12);
    }

    private static double Value(string name) => MetricTable.All.Single(metric => metric.Name == name).Of(Layer)!.Value;

    private static LayerSpectrum Make()
    {
        var threshold = 1e-12 * Eigenvalues[^1];
        return new([Spectrum.Of(Matrix, SpectrumRoute.Gram)], N, M, 1e-7, threshold)
        {
            Entries = EntryStatistics.Of([Matrix], default),
            Bootstrap = TailBootstrap.Of(Eigenvalues, new PowerLawOptions(), new BootstrapOptions { Replicates = 40 }).Bootstrap,
            QuasiNull = QuasiNull.Of(Eigenvalues, N).Result,
            Farms = Farms.Of(Matrix, window => Spectrum.Of(window, SpectrumRoute.Gram).Eigenvalues, new FarmsOptions { Threshold = threshold }).Farms,
        };
    }
}
