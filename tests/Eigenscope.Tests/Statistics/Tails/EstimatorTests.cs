using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class EstimatorTests
{
    [Fact]
    public void Hill_by_hand()
    {
        var path = HillEstimator.Path([1, Math.E, Math.Exp(3)]);
        Assert.Equal([1, 2], path.Select(point => point.K));
        Assert.Equal(1.5, path[0].Alpha, 1e-14);
        Assert.Equal(1.5, path[1].Alpha, 1e-14);
        Assert.Equal(1.96 * 0.5 / Math.Sqrt(2), path[1].HalfWidth, 1e-14);
        Assert.Equal(1.0, path[1].Threshold);
    }

    [Fact]
    public void Hill_of_equal_values_is_left_out() => Assert.Empty(HillEstimator.Path([2, 2, 2]));

    [Fact]
    public void Hill_of_the_upper_half_by_hand()
    {
        // From index 2 of 4 on: ln 1 + ln e^2 = 2, two values.
        Assert.Equal(2, HillEstimator.UpperHalf([0.1, 0.5, 1, Math.Exp(2)]).Alpha!.Value, 1e-14);
        Assert.Equal((null, "the upper half of the eigenvalues is constant"), HillEstimator.UpperHalf([1, 2, 2]));
        Assert.Equal((null, "Hill's estimator needs at least two eigenvalues"), HillEstimator.UpperHalf([1]));
    }

    [Theory]
    [InlineData(1.8)]
    [InlineData(2.5)]
    [InlineData(4)]
    public void Estimators_find_a_planted_law(double alpha)
    {
        var x = Planted.PowerLaw(alpha, 20_000, 9);

        // The standard errors over alpha - 1 with k = 10,000: 1/100 for Hill's, sqrt(1 + gamma^2) / (100 gamma) for the moment estimator.
        var gamma = 1 / (alpha - 1);
        Assert.Equal(alpha, HillEstimator.UpperHalf(x).Alpha!.Value, 4 * (alpha - 1) / 100);
        Assert.Equal(alpha, HillEstimator.Path(x)[9_999].Alpha, 4 * (alpha - 1) / 100);
        Assert.Equal(alpha, MomentEstimator.Alpha(x, 10_000).Alpha!.Value, 4 * (alpha - 1) * Math.Sqrt(1 + (gamma * gamma)) / (100 * gamma));
    }

    [Fact]
    public void Moments_tell_a_tail_that_is_no_power_law()
    {
        Assert.Equal(0, MomentEstimator.Index(Planted.Exponential(100_000, 3), 2000).Gamma!.Value, 0.25);
        Assert.Equal((null, "the moment estimator needs 2 to 2 of 3 eigenvalues, not 3"), MomentEstimator.Alpha([1, 2, 3], 3));
        Assert.Equal((null, "the largest eigenvalues are equal"), MomentEstimator.Alpha([1, 2, 2], 2));
    }

    [Fact]
    public void A_path_holds_the_fit()
    {
        var x = Planted.PowerLaw(2.5, 400, 5);
        var (path, fit) = (TailPath.Of(x, new PowerLawOptions()).Path, PowerLawFit.Of(x).Fit);
        Assert.NotNull(path);
        Assert.NotNull(fit);
        Assert.Equal(399, path.Points.Count);
        Assert.Equal((fit.Xmin, fit.Alpha, fit.TailCount), (path.Points[path.Best].Xmin, path.Points[path.Best].Alpha, path.Points[path.Best].TailCount));
        Assert.Equal(fit.D, path.Points[path.Best].D, 1e-14);
        Assert.True(path.Instability < 2, $"{path.Instability}");
        Assert.Equal((null, "no eigenvalue can be the start of a tail"), TailPath.Of([1, 1], new PowerLawOptions()));
    }

    [Theory]
    [InlineData(1.5, 1)]
    [InlineData(1.8, 1.6)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(3.5, 2.5)]
    public void Mu_as_in_WeightWatcher(double alpha, double mu) => Assert.Equal(mu, UniversalityClass.Mu4Alpha(alpha), 1e-15);

    [Fact]
    public void Mu_is_told_where_it_is_known()
    {
        Assert.Equal(1, UniversalityClass.Of(1.5).Mu!.Value, 1e-15);
        Assert.Equal((EntryTail.ModeratelyHeavy, null, 1.4, 2.4), (UniversalityClass.Of(2.2).Class, UniversalityClass.Of(2.2).Mu, UniversalityClass.Of(2.2).Low, UniversalityClass.Of(2.2).High));
        Assert.Equal(new UniversalityClass(4, EntryTail.NotIdentifiable, null, null, null), UniversalityClass.Of(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => UniversalityClass.Of(1));
        Assert.Equal(1, UniversalityClass.LegacyMu(0.649 + 0.862), 1e-14);
        Assert.Equal(3, UniversalityClass.LegacyMu((3 * 1.21) - 0.0253), 1e-14);
    }

    /// <summary>The reference has 2.12 for square Gaussian matrices with a spread of 0.01, and for windows of long ones too, which alone have 3.47.</summary>
    [Fact]
    public void Windows_take_the_aspect_ratio_away()
    {
        var w = new DenseMatrix(512, 128, new Draws(3).Normals(512 * 128));
        var (farms, _) = Farms.Of(w, window => Spectrum.Of(window, SpectrumRoute.Gram, TestContext.Current.CancellationToken).Eigenvalues, new FarmsOptions { Side = 64, Grid = 4 });
        Assert.NotNull(farms);
        Assert.Equal((16, 64), (farms.Windows, farms.Side));
        Assert.Equal(2.12, farms.Alpha, 0.05);
        Assert.Equal(3.47, HillEstimator.UpperHalf([.. Spectrum.Of(w, SpectrumRoute.Gram, TestContext.Current.CancellationToken).Eigenvalues]).Alpha!.Value, 0.15);
    }

    [Fact]
    public void Support_needs_every_condition()
    {
        var strong = Support(Planted.PowerLaw(2.5, 2000, 3));
        Assert.True(strong.Supported);
        Assert.Empty(strong.Reasons);
        var weak = Support(Planted.PowerLaw(8, 40, 3));
        Assert.False(weak.Supported);
        Assert.NotEmpty(weak.Reasons);
    }

    private static PowerLawSupport Support(double[] x)
    {
        var fit = PowerLawFit.Of(x).Fit!;
        return PowerLawSupport.Of(fit, TailBootstrap.Of(x, new PowerLawOptions(), new BootstrapOptions()).Bootstrap!, TailComparison.Of(x, fit.Xmin).Comparison!);
    }
}
