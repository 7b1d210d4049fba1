using Eigenscope.Dynamics;
using Eigenscope.Statistics;
using Eigenscope.Tests.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Stationary;

public sealed class StationaryFitTests
{
    [Theory]
    [InlineData("gamma_k3_rate2")]
    [InlineData("betaprime_a3_b3_scale4")]
    [InlineData("lognormal")]
    [InlineData("betaprime_a3_b1_scale2")]
    public void Fits_agree_with_the_reference(string name)
    {
        var item = TheoryReference.Of("stationary_reference").GetProperty("mle_fits").GetProperty(name);
        var fit = StationaryFit.Of(item.Numbers("x"), 800, new(0), TestContext.Current.CancellationToken).Fit!;
        foreach (var (family, key) in new[] { (StationaryFamily.Gamma, "gamma"), (StationaryFamily.InverseGamma, "inverse_gamma"), (StationaryFamily.Lognormal, "lognormal"), (StationaryFamily.BetaPrime, "betaprime") })
        {
            var expected = item.GetProperty(key);
            Assert.Equal(expected.Number("loglik"), fit[family].LogLikelihood, 1e-4);
            Assert.Equal(expected.Number("ks"), fit[family].Ks, 1e-4);
            Assert.All(fit[family].Parameters, parameter => Assert.Equal(expected.Number(parameter.Name), parameter.Value, 1e-4 * Math.Max(1, Math.Abs(parameter.Value))));
            Assert.Equal((2 * fit[family].Parameters.Count) - (2 * fit[family].LogLikelihood), fit[family].Aic, 1e-9);
            Assert.Null(fit[family].PValue);
        }

        var ratio = item.GetProperty("LR_betaprime_vs_gamma");
        Assert.Equal(ratio.Number("two_delta"), fit.LikelihoodRatio, 1e-3);
        Assert.Equal(1, fit.LikelihoodRatioP / ratio.Number("p_half_chi2"), 1e-3);
        Assert.Equal(item.GetProperty("betaprime").Number("tail_alpha"), fit.FittedExponent!.Value, 1e-2);
    }

    [Fact]
    public void A_law_that_does_not_hold_is_told_by_its_p_value_and_one_that_does_is_not()
    {
        var random = new Sampling(2);
        var law = new BetaPrime(3, 1.5, 2);
        var fit = Fit([.. Enumerable.Range(0, 300).Select(_ => law.Sample(random))], 600, new(100, 1, 2) { Beta = 0.5, Kappa = 0.6 });
        Assert.Equal(1.0 / 101, fit[StationaryFamily.Gamma].PValue!.Value, 1e-15);
        Assert.InRange(fit[StationaryFamily.BetaPrime].PValue!.Value, 0.02, 1);
        Assert.InRange(fit.LikelihoodRatioP, 0, 1e-6);
        Assert.Equal(1.5 + (0.5 / 0.36), fit.PredictedExponent!.Value, 1e-12);
        Assert.NotEqual(StationaryFamily.Gamma, fit.Preferred.Family);
    }

    [Fact]
    public void The_spectrum_of_a_random_matrix_is_nearest_to_the_law_of_Marchenko_and_Pastur()
    {
        var fit = Fit(StationaryLaws.Draw(300, 150, 1, 1, 5), 300, new(20, 1));
        Assert.NotNull(fit.Bulk);
        Assert.InRange(fit.TraceDistance, 0, Math.Log(150) / 150);
        Assert.All(fit.Candidates, candidate => Assert.True(candidate.Law is null || candidate.Ks > fit.TraceDistance));
        Assert.Equal(0.5, fit.Bulk.Variance, 0.05);
    }

    [Fact]
    public void Seeds_and_not_threads_make_the_numbers()
    {
        var lambda = StationaryLaws.Draw(60, 30, 1, 1, 5);
        double?[] P(long seed, int threads) => [.. Fit(lambda, 60, new(40, seed, threads)).Candidates.Select(candidate => candidate.PValue)];
        Assert.Equal(P(1, 1), P(1, 3));
        Assert.NotEqual(P(1, 1), P(2, 1));
    }

    [Fact]
    public void Where_no_beta_prime_law_is_likeliest_there_is_a_reason_and_the_gamma_law_stands()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(i => new StretchedExponential(1, 3).Quantile((i + 0.5) / 200))];
        var fit = Fit(x, 200, new(20));
        Assert.Null(fit[StationaryFamily.BetaPrime].Law);
        Assert.NotNull(fit[StationaryFamily.BetaPrime].Reason);
        Assert.Null(fit[StationaryFamily.BetaPrime].PValue);
        Assert.Equal((0.0, 1.0), (fit.LikelihoodRatio, fit.LikelihoodRatioP));
        Assert.Null(fit.FittedExponent);
    }

    [Fact]
    public void What_has_no_law_is_refused()
    {
        Assert.NotNull(StationaryFit.Of([1, 0, 2], 3, cancellation: TestContext.Current.CancellationToken).Reason);
        Assert.NotNull(StationaryFit.Of([1, 1], 3, cancellation: TestContext.Current.CancellationToken).Reason);
        Assert.Throws<ArgumentOutOfRangeException>(() => StationaryFit.Of([1, 2, 3], 2, cancellation: TestContext.Current.CancellationToken));
    }

    private static StationaryFit Fit(double[] lambda, int rows, StationaryFitOptions options) => StationaryFit.Of(lambda, rows, options, TestContext.Current.CancellationToken).Fit!;
}
