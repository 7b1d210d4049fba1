using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

/// <summary>Fits and comparisons of eleven samples by other programs.</summary>
public sealed class PowerLawReferenceTests
{
    /// <summary>Logarithms and their sums in float64.</summary>
    private const double Relative = 1e-9;

    /// <summary>The other program searches for alpha by steps of its own.</summary>
    private const double RelativeToR = 3e-6;

    /// <summary>Searches without derivatives stop within some 1e-9 of the likelihood; they may stop earlier, never beyond the maximum.</summary>
    private const double LikelihoodError = 1e-7;

    public static TheoryData<string> Samples => [.. PowerLawReference.Samples];

    [Fact]
    public void There_is_no_other_sample() =>
        Assert.Equal(PowerLawReference.Samples.Order(StringComparer.Ordinal), PowerLawReference.All().EnumerateObject().Select(set => set.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Two_sided(string sample) => RequireSame(sample, "standard_KS", new PowerLawOptions { Distance = TailDistance.Standard });

    [Theory]
    [MemberData(nameof(Samples))]
    public void One_sided(string sample) => RequireSame(sample, "ww_KS", new PowerLawOptions());

    [Theory]
    [MemberData(nameof(Samples))]
    public void Ten_values_at_least(string sample) => RequireSame(sample, "standard_KS_min_tail10", new PowerLawOptions { Distance = TailDistance.Standard, LeastTail = 10 });

    [Theory]
    [MemberData(nameof(Samples))]
    public void One_sided_as_in_R(string sample)
    {
        var expected = PowerLawReference.Read(sample).GetProperty("R_poweRlaw_0.70.6_on_x*1e8");
        var fit = PowerLawFit.Of(PowerLawReference.Values(PowerLawReference.Read(sample))).Fit;
        Assert.NotNull(fit);
        Assert.Equal(expected.Number("alpha"), fit.Alpha, RelativeToR * fit.Alpha);
        Assert.Equal(expected.Number("xmin"), fit.Xmin, RelativeToR * fit.Xmin);
        Assert.Equal(expected.Number("D"), fit.D, RelativeToR);
        Assert.Equal(expected.Number("ntail"), fit.TailCount);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_given_xmin_gives_the_same_law(string sample)
    {
        var x = PowerLawReference.Values(PowerLawReference.Read(sample));
        var scanned = PowerLawFit.Of(x).Fit;
        var given = PowerLawFit.Of(x, new PowerLawOptions { Xmin = XminChoice.Fixed, FixedXmin = scanned!.Xmin }).Fit;
        Assert.NotNull(given);
        Assert.Equal(scanned.Alpha, given.Alpha, Relative * scanned.Alpha);
        Assert.Equal(scanned.D, given.D, Relative);
        Assert.Equal((scanned.Xmin, scanned.TailCount), (given.Xmin, given.TailCount));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rivals(string sample)
    {
        var expected = PowerLawReference.Read(sample);
        var (comparison, reason) = TailComparison.Of(PowerLawReference.Values(expected), expected.Number("standard_KS", "xmin"));
        Assert.Null(reason);
        Assert.NotNull(comparison);
        var at = expected.GetProperty("compare_at_standard_xmin");
        Assert.Equal(at.Number("power_law", "loglik"), comparison.LogLikelihood, Relative * 1000);
        Assert.Equal(at.Number("exponential", "params", "lam"), Assert.IsType<ExponentialTail>(comparison[TailLaw.Exponential].Model).Rate, Relative * 100);
        RequireAsLikely(at.GetProperty("exponential"), comparison[TailLaw.Exponential]);
        RequireAsLikely(at.GetProperty("lognormal"), comparison[TailLaw.Lognormal]);
        RequireAsLikely(at.GetProperty("stretched_exponential"), comparison[TailLaw.StretchedExponential]);
        RequireAsLikely(at.GetProperty("truncated_power_law"), comparison[TailLaw.TruncatedPowerLaw]);
    }

    /// <summary>At least as likely as what the other program found; and where that is no degenerate case, the same test.</summary>
    private static void RequireAsLikely(System.Text.Json.JsonElement expected, RivalTest test)
    {
        Assert.True(test.LogLikelihood >= expected.Number("loglik") - LikelihoodError, $"{test} {expected.Number("loglik")}");
        if (test.Verdict == RivalVerdict.Indistinguishable)
        {
            Assert.InRange(expected.Number("R"), -0.5, 0.5);
        }
        else if (test.LogLikelihood < expected.Number("loglik") + LikelihoodError)
        {
            Assert.Equal(expected.Number("R"), test.R, 1e-6);
            Assert.Equal(expected.Number("normalized"), test.Normalized, 1e-4);
            Assert.Equal(expected.Number("p"), test.P, 1e-4);
        }
    }

    private static void RequireSame(string sample, string column, PowerLawOptions options)
    {
        var expected = PowerLawReference.Read(sample);
        var fit = PowerLawFit.Of(PowerLawReference.Values(expected), options).Fit;
        Assert.NotNull(fit);
        Assert.Equal(expected.Number(column, "alpha"), fit.Alpha, Relative * fit.Alpha);
        Assert.Equal(expected.Number(column, "xmin"), fit.Xmin, Relative * fit.Xmin);
        Assert.Equal(expected.Number(column, "D"), fit.D, Relative);
        Assert.Equal(expected.Number(column, "sigma"), fit.Sigma, Relative * fit.Alpha);
        Assert.Equal(expected.Number(column, "n_tail"), fit.TailCount);
    }
}
