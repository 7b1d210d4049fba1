using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Laws;

/// <summary>The stationary laws of a singular value under noisy training.</summary>
public sealed class StationaryLawTests
{
    [Fact]
    public void The_published_gamma_form_agrees_with_the_reference()
    {
        Assert.All(TheoryReference.Of("stationary_reference").GetProperty("paper_eq13").GetProperty("cases").EnumerateArray(), item =>
        {
            var law = new GammaLaw((item.Number("m") - item.Number("n") + 3) / 4, item.Number("beta") / (4 * item.Number("eta") * item.Number("D")));
            Assert.All(item.Numbers("x").Zip(item.Numbers("pdf")), pair => Assert.Equal(1, 2 * pair.First * law.Density(pair.First * pair.First) / pair.Second, 1e-10));
            Assert.Equal(item.Number("mode"), Math.Sqrt((law.Shape - 0.5) / law.Rate), 1e-10);
        });
    }

    [Fact]
    public void A_single_mode_is_a_gamma_law()
    {
        var item = TheoryReference.Of("stationary_reference").GetProperty("laguerre_M1");
        var law = new GammaLaw(item.Number("N") / 2, item.Number("beta") / (item.Number("s") * item.Number("s")));
        Assert.All(item.Numbers("x").Zip(item.Numbers("pdf")), pair => Assert.Equal(pair.Second, law.Density(pair.First), 1e-10));
        Assert.All(item.Numbers("x").Zip(item.Numbers("cdf")), pair => Assert.Equal(pair.Second, law.Cumulative(pair.First), 1e-10));
    }

    [Fact]
    public void Noise_that_grows_with_the_mode_makes_a_beta_prime_law()
    {
        Assert.All(TheoryReference.Of("stationary_reference").GetProperty("betaprime").GetProperty("cases").EnumerateArray(), item =>
        {
            var law = new BetaPrime(item.Number("a"), item.Number("b"), item.Number("scale"));
            Assert.Equal(item.Number("alpha_tail"), law.TailExponent, 1e-12);
            Assert.All(item.Numbers("x").Zip(item.Numbers("pdf")), pair => Assert.Equal(pair.Second, law.Density(pair.First), 1e-10));
            Assert.All(item.Numbers("x").Zip(item.Numbers("cdf")), pair => Assert.Equal(pair.Second, law.Cumulative(pair.First), 1e-10));
        });
    }
}
