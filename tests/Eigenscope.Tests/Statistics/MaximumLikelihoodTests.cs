using System.Text.Json;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics;

public sealed class MaximumLikelihoodTests
{
    public static TheoryData<string> Samples => ["gamma_k3_rate2", "betaprime_a3_b3_scale4", "lognormal", "betaprime_a3_b1_scale2"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Fits_agree_with_the_reference(string name)
    {
        var item = TheoryReference.Of("stationary_reference").GetProperty("mle_fits").GetProperty(name);
        var x = item.Numbers("x");
        var gamma = MaximumLikelihood.Gamma(x).Fit!;
        var inverse = MaximumLikelihood.InverseGamma(x).Fit!;
        var lognormal = MaximumLikelihood.Lognormal(x).Fit!;
        var ratio = MaximumLikelihood.BetaPrime(x).Fit!;
        Agrees(item.GetProperty("gamma"), gamma, ("shape", gamma.Law.Shape), ("rate", gamma.Law.Rate));
        Agrees(item.GetProperty("inverse_gamma"), inverse, ("shape", inverse.Law.Shape), ("scale", inverse.Law.Scale));
        Agrees(item.GetProperty("lognormal"), lognormal, ("mu", lognormal.Law.Mu), ("sigma", lognormal.Law.Sigma));
        Agrees(item.GetProperty("betaprime"), ratio, ("a", ratio.Law.A), ("b", ratio.Law.B), ("scale", ratio.Law.Scale), ("tail_alpha", ratio.Law.TailExponent));
        Assert.Equal(item.GetProperty("LR_betaprime_vs_gamma").Number("two_delta"), 2 * (ratio.LogLikelihood - gamma.LogLikelihood), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_law_nearby_is_likelier(string name)
    {
        var x = TheoryReference.Of("stationary_reference").GetProperty("mle_fits").GetProperty(name).Numbers("x");
        var (gamma, ratio) = (MaximumLikelihood.Gamma(x).Fit!, MaximumLikelihood.BetaPrime(x).Fit!);
        foreach (var factor in new[] { 0.999, 1.001 })
        {
            Assert.True(Likelihood(new GammaLaw(gamma.Law.Shape * factor, gamma.Law.Rate), x) < gamma.LogLikelihood);
            Assert.True(Likelihood(new GammaLaw(gamma.Law.Shape, gamma.Law.Rate * factor), x) < gamma.LogLikelihood);
            Assert.True(Likelihood(new BetaPrime(ratio.Law.A * factor, ratio.Law.B, ratio.Law.Scale), x) < ratio.LogLikelihood);
            Assert.True(Likelihood(new BetaPrime(ratio.Law.A, ratio.Law.B * factor, ratio.Law.Scale), x) < ratio.LogLikelihood);
            Assert.True(Likelihood(new BetaPrime(ratio.Law.A, ratio.Law.B, ratio.Law.Scale * factor), x) < ratio.LogLikelihood);
        }
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void The_unit_of_a_sample_only_scales_the_law(double unit)
    {
        var random = new Sampling(3);
        double[] x = [.. Enumerable.Range(0, 300).Select(_ => new BetaPrime(2, 3, 1).Sample(random))];
        double[] scaled = [.. x.Select(value => value * unit)];
        var (law, other) = (MaximumLikelihood.BetaPrime(x).Fit!.Law, MaximumLikelihood.BetaPrime(scaled).Fit!.Law);
        Assert.Equal(1, other.A / law.A, 1e-6);
        Assert.Equal(1, other.B / law.B, 1e-6);
        Assert.Equal(1, other.Scale / unit / law.Scale, 1e-6);
        Assert.Equal(1, MaximumLikelihood.Gamma(scaled).Fit!.Law.Shape / MaximumLikelihood.Gamma(x).Fit!.Law.Shape, 1e-10);
        Assert.Equal(1, MaximumLikelihood.InverseGamma(scaled).Fit!.Law.Shape / MaximumLikelihood.InverseGamma(x).Fit!.Law.Shape, 1e-10);
    }

    [Fact]
    public void Nearly_equal_numbers_are_a_gamma_law_of_large_shape()
    {
        var law = MaximumLikelihood.Gamma([1 - 1e-6, 1 + 1e-6]).Fit!.Law;
        Assert.Equal(1, law.Shape * 1e-12, 1e-3);
    }

    [Fact]
    public void Where_a_gamma_law_is_likelier_than_any_beta_prime_law_there_is_no_fit()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(i => new StretchedExponential(1, 3).Quantile((i + 0.5) / 200))];
        var (fit, reason) = MaximumLikelihood.BetaPrime(x);
        Assert.Null(fit);
        Assert.Contains("gamma", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_no_law_fits_are_refused_with_a_reason()
    {
        double[][] samples = [[], [1], [2, 2, 2], [1, 0], [1, -1], [1, double.NaN], [1, double.PositiveInfinity]];
        Assert.All(samples, x =>
        {
            Assert.Equal((null, true), (MaximumLikelihood.Gamma(x).Fit, MaximumLikelihood.Gamma(x).Reason is not null));
            Assert.Equal((null, true), (MaximumLikelihood.InverseGamma(x).Fit, MaximumLikelihood.InverseGamma(x).Reason is not null));
            Assert.Equal((null, true), (MaximumLikelihood.Lognormal(x).Fit, MaximumLikelihood.Lognormal(x).Reason is not null));
            Assert.Equal((null, true), (MaximumLikelihood.BetaPrime(x).Fit, MaximumLikelihood.BetaPrime(x).Reason is not null));
        });
    }

    private static double Likelihood(IContinuousLaw law, double[] x) => x.Sum(law.LogDensity);

    private static void Agrees<T>(JsonElement item, LawFit<T> fit, params (string Name, double Value)[] parameters)
        where T : IContinuousLaw
    {
        Assert.All(parameters, parameter => Assert.Equal(item.Number(parameter.Name), parameter.Value, 1e-4 * Math.Max(1, Math.Abs(parameter.Value))));
        Assert.Equal(item.Number("loglik"), fit.LogLikelihood, 1e-4);
        Assert.Equal(item.Number("ks"), fit.Ks, 1e-4);
    }
}
