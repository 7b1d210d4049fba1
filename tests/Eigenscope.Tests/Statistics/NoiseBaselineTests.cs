using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics;

public sealed class NoiseBaselineTests
{
    [Fact]
    public void Moments_agree_with_the_reference()
    {
        Assert.All(TheoryReference.Of("mp_reference").GetProperty("cases").EnumerateArray(), item =>
        {
            var variance = item.Number("sigma") * item.Number("sigma");
            var noise = new NoiseBaseline(item.Number("Q"), variance);
            var tolerance = 1e-12 * Math.Max(1, variance * variance);
            Assert.Equal(item.Number("variance"), noise.Variance, tolerance);
            Assert.Equal(item.Number("E_log"), noise.MeanLog, tolerance);
            Assert.Equal(item.Number("E_xlogx"), noise.MeanXLogX, tolerance);
            Assert.Equal(item.Number("stable_rank_over_M"), noise.StableRankShare, tolerance);
            Assert.Equal(item.Number("entropy_deficit_nats"), noise.EntropyDeficit, tolerance);
        });
    }

    [Fact]
    public void Metrics_of_noise_agree_with_the_reference()
    {
        Assert.All(TheoryReference.Of("mp_null_baselines").GetProperty("rows").EnumerateArray(), item =>
        {
            var noise = new NoiseBaseline(item.Number("Q"));
            Assert.Equal(item.Number("alpha_hill_mid_null"), noise.HillMedianAlpha, 1e-9);
            Assert.Equal(item.Number("detX_threshold_null"), noise.DetXThreshold, 1e-9);
            Assert.Equal(item.Number("detX_tail_fraction_null"), noise.DetXTailFraction, 1e-9);
            Assert.Equal(item.Number("stable_rank_over_M"), noise.StableRankShare, 1e-12);
            Assert.Equal(item.Number("matrix_entropy_M1000"), noise.MatrixEntropy(1000), 1e-4);
        });
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(7)]
    public void Means_are_integrals_over_the_law(double q)
    {
        var (noise, law) = (new NoiseBaseline(q, 0.7), new MarchenkoPastur(q, 0.7));
        double Mean(Func<double, double> function) => GaussLegendre.Integral(
            t => function(At(law, t)) * law.Density(At(law, t)) * (law.LambdaPlus - law.LambdaMinus) * Math.Sin(2 * t), 0, Math.PI / 2, 50);
        Assert.Equal(Mean(Math.Log), noise.MeanLog, 1e-11);
        Assert.Equal(Mean(x => x * Math.Log(x)), noise.MeanXLogX, 1e-11);
        Assert.Equal(Mean(x => (x - 0.7) * (x - 0.7)), noise.Variance, 1e-11);
        Assert.Equal(0, Mean(x => Math.Log(x / 0.7)) - Mean(x => x / 0.7 < noise.DetXThreshold ? Math.Log(x / 0.7) : 0), 0.01);
    }

    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(2, 0)]
    public void Other_arguments_are_refused(double q, double variance) => Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseBaseline(q, variance));

    [Fact]
    public void A_single_eigenvalue_has_no_entropy() => Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseBaseline(2).MatrixEntropy(1));

    private static double At(MarchenkoPastur law, double t) => law.LambdaMinus + ((law.LambdaPlus - law.LambdaMinus) * Math.Sin(t) * Math.Sin(t));
}
