using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Laws;

/// <summary>What holds for every law.</summary>
public sealed class ContinuousLawTests
{
    private static readonly double[] Shares = [1e-12, 1e-6, 0.001, 0.01, 0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6, 1 - 1e-9];

    private static readonly Dictionary<string, IContinuousLaw> Laws = new()
    {
        ["Marchenko-Pastur 1"] = new MarchenkoPastur(1, 2),
        ["Marchenko-Pastur 3"] = new MarchenkoPastur(3, 0.5),
        ["Semicircle"] = new WignerSemicircle(1.7),
        ["Tracy-Widom real"] = TracyWidom.Real,
        ["Tracy-Widom complex"] = TracyWidom.Complex,
        ["Power law 1.5"] = new PowerLaw(1.5, 0.2),
        ["Power law 4"] = new PowerLaw(4, 3e5),
        ["Truncated power law 2.5"] = new TruncatedPowerLaw(2.5, 0.1, 1),
        ["Truncated power law 3"] = new TruncatedPowerLaw(3, 1e-6, 2),
        ["Truncated power law 1"] = new TruncatedPowerLaw(1, 3, 0.5),
        ["Truncated power law -2"] = new TruncatedPowerLaw(-2, 3, 0.5),
        ["Lognormal"] = new Lognormal(0.3, 0.8),
        ["Lognormal from 2"] = new Lognormal(0.3, 0.8, 2),
        ["Lognormal from far out"] = new Lognormal(-30, 3, 2),
        ["Exponential"] = new Exponential(2),
        ["Exponential from 3"] = new Exponential(0.2, 3),
        ["Stretched exponential"] = new StretchedExponential(1.5, 0.7),
        ["Stretched exponential from 2"] = new StretchedExponential(1.5, 0.3, 2),
        ["Weibull 3"] = new StretchedExponential(0.1, 3, 0.5),
        ["Gamma 0.3"] = new GammaLaw(0.3, 2),
        ["Gamma 3"] = new GammaLaw(3, 0.01),
        ["Gamma 800"] = new GammaLaw(800, 5),
        ["Inverse gamma 0.5"] = new InverseGamma(0.5, 2),
        ["Inverse gamma 4"] = new InverseGamma(4, 0.1),
        ["Frechet"] = new Frechet(1.5, 3),
        ["Beta-prime 3 2"] = new BetaPrime(3, 2.0625, 1.6),
        ["Beta-prime 0.4 0.7"] = new BetaPrime(0.4, 0.7, 0.1),
        ["Beta-prime 30 200"] = new BetaPrime(30, 200, 1),
    };

    public static TheoryData<string> Names => [.. Laws.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_integrates_to_the_distribution(string name)
    {
        var law = Laws[name];
        for (var i = 3; i < Shares.Length - 3; i++)
        {
            var (low, high) = (law.Quantile(Shares[i]), law.Quantile(Shares[i + 1]));
            var integral = low > 0
                ? GaussLegendre.Integral(t => Math.Exp(t) * law.Density(Math.Exp(t)), Math.Log(low), Math.Log(high), 40)
                : GaussLegendre.Integral(law.Density, low, high, 40);
            Assert.Equal(law.Cumulative(high) - law.Cumulative(low), integral, 1e-11);
            Assert.Equal(law.Survival(low) - law.Survival(high), integral, 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_quantile_is_the_inverse_of_the_distribution(string name)
    {
        var law = Laws[name];
        var tolerance = law is MarchenkoPastur ? 1e-13 : law.Quantile(0) is 0 or double.NegativeInfinity ? 0 : 2e-14;
        Assert.All(Shares, p => Assert.Equal(p, law.Cumulative(law.Quantile(p)), (1e-11 * p) + tolerance));
        Assert.All(Shares, p => Assert.Equal(1 - p, law.Survival(law.Quantile(p)), (1e-11 * (1 - p)) + tolerance));
        Assert.Equal(0, law.Cumulative(law.Quantile(0)), 1e-15);
        Assert.Equal(0, law.Survival(law.Quantile(1)), 1e-15);
        Assert.All(Shares.Zip(Shares.Skip(1)), pair => Assert.True(law.Quantile(pair.First) < law.Quantile(pair.Second)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_logarithm_of_the_density_is_that(string name)
    {
        var law = Laws[name];
        Assert.All(Shares, p => Assert.Equal(1, Math.Exp(law.LogDensity(law.Quantile(p))) / law.Density(law.Quantile(p)), 1e-12));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Beyond_its_ends_a_law_has_no_mass(string name)
    {
        var law = Laws[name];
        Assert.All([double.NegativeInfinity, law.Quantile(0) - 1], x => Assert.Equal((0, 0, 1), (Rounded(law.Density(x)), Rounded(law.Cumulative(x)), law.Survival(x))));
        Assert.Equal((0, 1, 0), (law.Density(double.PositiveInfinity), law.Cumulative(double.PositiveInfinity), law.Survival(double.PositiveInfinity)));
        Assert.Equal(double.NegativeInfinity, law.LogDensity(double.PositiveInfinity));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_follow_the_law(string name)
    {
        const int Count = 4000;
        const double OneInAThousand = 1.95;
        var (law, random) = (Laws[name], new Sampling(20260101));
        var fit = LawFit<IContinuousLaw>.Of(law, [.. Enumerable.Range(0, Count).Select(_ => law.Sample(random))]);
        Assert.InRange(fit.Ks * Math.Sqrt(Count), 0.3, OneInAThousand);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_shares_are_refused(string name) =>
        Assert.All([-0.1, 1.1, double.NaN], p => Assert.Throws<ArgumentOutOfRangeException>(() => Laws[name].Quantile(p)));

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.All([0, -1, double.NaN, double.PositiveInfinity], bad =>
        {
            Refuses(() => new WignerSemicircle(bad));
            Refuses(() => new PowerLaw(2, bad));
            Refuses(() => new PowerLaw(bad, 1));
            Refuses(() => new TruncatedPowerLaw(2, bad, 1));
            Refuses(() => new TruncatedPowerLaw(2, 1, bad));
            Refuses(() => new Lognormal(0, bad));
            Refuses(() => new Exponential(bad));
            Refuses(() => new StretchedExponential(bad, 1));
            Refuses(() => new StretchedExponential(1, bad));
            Refuses(() => new GammaLaw(bad, 1));
            Refuses(() => new GammaLaw(1, bad));
            Refuses(() => new InverseGamma(bad, 1));
            Refuses(() => new InverseGamma(1, bad));
            Refuses(() => new Frechet(bad, 1));
            Refuses(() => new Frechet(1, bad));
            Refuses(() => new BetaPrime(bad, 1, 1));
            Refuses(() => new BetaPrime(1, bad, 1));
            Refuses(() => new BetaPrime(1, 1, bad));
        });
        Assert.All([-1, double.NaN, double.PositiveInfinity], bad =>
        {
            Refuses(() => new Lognormal(0, 1, bad));
            Refuses(() => new Exponential(1, bad));
            Refuses(() => new StretchedExponential(1, 1, bad));
        });
        Refuses(() => new PowerLaw(1, 1));
        Refuses(() => new TruncatedPowerLaw(double.NaN, 1, 1));
        Refuses(() => new Lognormal(double.PositiveInfinity, 1));
    }

    private static double Rounded(double value) => value < 1e-300 ? 0 : value;

    private static void Refuses(Func<IContinuousLaw> law) => Assert.Throws<ArgumentOutOfRangeException>(law);
}
