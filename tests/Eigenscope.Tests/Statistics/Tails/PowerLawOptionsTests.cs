using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

public sealed class PowerLawOptionsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(200)]
    public void A_tail_is_as_long_as_asked(int least)
    {
        var fit = PowerLawFit.Of(Planted.Exponential(200, 3), new PowerLawOptions { LeastTail = least }).Fit;
        Assert.NotNull(fit);
        Assert.InRange(fit.TailCount, least, 200);
    }

    [Fact]
    public void Dropped_values_are_as_if_never_there()
    {
        var x = Planted.PowerLaw(2.5, 100, 1);
        Assert.Equal(PowerLawFit.Of(x.AsSpan(0, 97)), PowerLawFit.Of(x, new PowerLawOptions { DropTop = 3 }));
    }

    [Fact]
    public void Says_why_there_is_no_fit()
    {
        Assert.Equal("a power law needs at least 20 eigenvalues, and 10 are large enough to count", PowerLawFit.Of(Planted.PowerLaw(2, 10, 1), new PowerLawOptions { LeastTail = 20 }).Reason);
        Assert.Equal("a power law needs at least two eigenvalues, and 0 are large enough to count", PowerLawFit.Of([1, 2], new PowerLawOptions { DropTop = 5 }).Reason);
        Assert.Equal(
            "a power law needs at least 2 eigenvalues, and 1 are at least 3", PowerLawFit.Of([1, 2, 4], new PowerLawOptions { Xmin = XminChoice.Fixed, FixedXmin = 3 }).Reason);
        Assert.Equal("all eigenvalues are equal", PowerLawFit.Of([1, 1], new PowerLawOptions { Xmin = XminChoice.Peak }).Reason);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, -1)]
    public void Refuses_what_is_out_of_range(int least, int drop) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerLawFit.Of([1, 2, 3], new PowerLawOptions { LeastTail = least, DropTop = drop }));

    [Fact]
    public void A_given_xmin_need_not_be_a_value()
    {
        // alpha = 1 + 2 / (ln 2 + ln 4)
        var fit = PowerLawFit.Of([1, 4, 8], new PowerLawOptions { Xmin = XminChoice.Fixed, FixedXmin = 2 }).Fit;
        Assert.NotNull(fit);
        Assert.Equal(1 + (2 / (3 * Math.Log(2))), fit.Alpha, 1e-14);
        Assert.Equal((2.0, 2), (fit.Xmin, fit.TailCount));
    }

    /// <summary>ln x is normal with deviation 1/2, so the fullest bin lies between exp(-1/2) and exp(1/2), where the density is 0.6 of its largest.</summary>
    [Fact]
    public void Near_the_peak_is_between_0_95_and_1_5_of_it()
    {
        var x = Planted.Lognormal(0.5, 1000, 5);
        var fit = PowerLawFit.Of(x, new PowerLawOptions { Xmin = XminChoice.NearPeak }).Fit;
        Assert.NotNull(fit);
        Assert.InRange(fit.Xmin, 0.95 * Math.Exp(-0.5), 1.5 * Math.Exp(0.5));
    }
}
