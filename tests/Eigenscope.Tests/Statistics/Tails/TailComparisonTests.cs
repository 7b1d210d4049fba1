using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class TailComparisonTests
{
    [Fact]
    public void An_exponential_tail_is_told()
    {
        var comparison = Compare(Planted.Exponential(2000, 7), 1);
        Assert.Equal(RivalVerdict.Rival, comparison[TailLaw.Exponential].Verdict);
        Assert.NotEqual(TailLaw.PowerLaw, comparison.Preferred);
        Assert.NotNull(comparison.Preferred);
    }

    [Fact]
    public void A_power_law_is_told_from_an_exponential_and_not_from_what_holds_it()
    {
        var comparison = Compare(Planted.PowerLaw(2.5, 2000, 7), 1);
        Assert.Equal(RivalVerdict.PowerLaw, comparison[TailLaw.Exponential].Verdict);
        Assert.NotEqual(RivalVerdict.Rival, comparison[TailLaw.TruncatedPowerLaw].Verdict);
        Assert.Equal(TailLaw.PowerLaw, comparison.Preferred);
    }

    [Fact]
    public void A_lognormal_law_is_found()
    {
        var law = Assert.IsType<LognormalTail>(Compare(Planted.Lognormal(0.7, 5000, 7), 0.5)[TailLaw.Lognormal].Model);
        Assert.Equal(0, law.Mu, 0.1);
        Assert.Equal(0.7, law.Sigma, 0.05);
    }

    /// <summary>The likelihood is flat at a maximum: a step to any side takes from it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_neighbour_is_likelier(int seed)
    {
        var x = Planted.Lognormal(0.8, 300, seed);
        var xmin = x[100];
        var tail = x.AsSpan(100);
        var comparison = Compare(x, xmin);
        foreach (var step in new[] { -1e-3, 1e-3 })
        {
            var lognormal = Assert.IsType<LognormalTail>(comparison[TailLaw.Lognormal].Model);
            var stretched = Assert.IsType<StretchedExponentialTail>(comparison[TailLaw.StretchedExponential].Model);
            var truncated = Assert.IsType<TruncatedPowerLawTail>(comparison[TailLaw.TruncatedPowerLaw].Model);
            Assert.True((lognormal with { Mu = lognormal.Mu + step }).LogLikelihood(tail) <= comparison[TailLaw.Lognormal].LogLikelihood);
            Assert.True((lognormal with { Sigma = lognormal.Sigma * (1 + step) }).LogLikelihood(tail) <= comparison[TailLaw.Lognormal].LogLikelihood);
            Assert.True((stretched with { Beta = stretched.Beta * (1 + step) }).LogLikelihood(tail) <= comparison[TailLaw.StretchedExponential].LogLikelihood);
            Assert.True((stretched with { C = stretched.C * (1 + step) }).LogLikelihood(tail) <= comparison[TailLaw.StretchedExponential].LogLikelihood);
            Assert.True(new TruncatedPowerLawTail(xmin, truncated.Alpha + step, truncated.Lambda).LogLikelihood(tail) <= comparison[TailLaw.TruncatedPowerLaw].LogLikelihood);
            Assert.True(new TruncatedPowerLawTail(xmin, truncated.Alpha, truncated.Lambda * (1 + step)).LogLikelihood(tail) <= comparison[TailLaw.TruncatedPowerLaw].LogLikelihood);
        }
    }

    [Theory]
    [InlineData(new[] { 1.0, 2 }, "a comparison of laws needs at least three eigenvalues in the tail, and 2 are there")]
    [InlineData(new[] { 2.0, 2, 2 }, "all eigenvalues in the tail are equal")]
    public void Says_why_there_is_none(double[] x, string reason) => Assert.Equal((null, reason), TailComparison.Of(x, 1));

    private static TailComparison Compare(double[] x, double xmin) => Assert.IsType<TailComparison>(TailComparison.Of(x, xmin).Comparison);
}
