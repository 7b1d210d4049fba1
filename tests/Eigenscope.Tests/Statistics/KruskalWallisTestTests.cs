using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>Values said to be recorded are those of scipy.stats.kruskal, SciPy 1.10.1.</summary>
public sealed class KruskalWallisTestTests
{
    /// <summary>The errors of the sums over ranks, some 1e-15 of the largest, and of the incomplete gamma function, 3e-13.</summary>
    [Fact]
    public void Groups_give_the_recorded_values()
    {
        var cilia = Of([2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]);
        Assert.Equal((3, 14), (cilia.Groups, cilia.Count));
        Assert.Equal(0.7714285714285722, cilia.H, 1e-14);
        Assert.Equal(0.6799647735788936, cilia.PValue, 3e-13);
        Assert.Equal(0.7714285714285722 / 13, cilia.EpsilonSquared, 1e-14);
        var tied = Of(
            [.. Enumerable.Range(0, 31).Select(i => (double)(7 * i % 31 / 4))],
            [.. Enumerable.Range(0, 27).Select(i => (double)((5 * i % 29 / 4) + 1))],
            [.. Enumerable.Range(0, 20).Select(i => (double)((i % 9) + 2))],
            [1, 1, 2, 8]);
        Assert.Equal((4, 82), (tied.Groups, tied.Count));
        Assert.Equal(9.107304581332597, tied.H, 1e-13);
        Assert.Equal(0.027897715083010706, tied.PValue, 3e-13);
    }

    /// <summary>Mean ranks 1.5, 3.5 and 5.5 about 3.5: H = 12 / (6 x 7) times 2 (4 + 0 + 4), and the p-value is e^(-H / 2) for two degrees of freedom.</summary>
    [Fact]
    public void Three_groups_apart_have_the_value_by_hand()
    {
        var apart = Of([1, 2], [30, 40], [500, 600]);
        Assert.Equal(32 / 7.0, apart.H, 1e-14);
        Assert.Equal(Math.Exp(-16 / 7.0), apart.PValue, 1e-13);
        Assert.Equal(32 / 35.0, apart.EpsilonSquared, 1e-15);
        Assert.Equal(1, Of([1, 1], [2, 2, 2], [3]).EpsilonSquared, 1e-15);
    }

    /// <summary>H of two groups is the square of the deviation of U over its standard deviation, here without equal numbers.</summary>
    [Fact]
    public void Two_groups_are_those_of_the_rank_sum_test()
    {
        var draws = new Draws(1);
        var (first, second) = (draws.Normals(30), draws.Normals(40));
        var z = (RankSumTest.Of(first, second).Test!.U - 600) / Math.Sqrt(30 * 40 * 71 / 12.0);
        Assert.Equal(z * z, Of(first, second).H, 1e-12);
        Assert.Equal(SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2)), Of(first, second).PValue, 1e-12);
    }

    /// <summary>But for the order in which sums are rounded.</summary>
    [Fact]
    public void Only_the_order_of_the_numbers_counts_and_not_that_of_the_groups()
    {
        var draws = new Draws(2);
        double[][] groups = [draws.Normals(5), draws.Normals(17), draws.Normals(11)];
        var test = Of(groups);
        Assert.Equal(test, Of([.. groups.Select(group => Array.ConvertAll(group, Math.Exp))]));
        Assert.Equal(test.H, Of(groups[2], groups[0], groups[1]).H, 1e-13);
        Assert.Equal(test, Of([], groups[0], groups[1], [], groups[2]));
    }

    /// <summary>2,000 tests of nothing: the share of p-values up to a level within four standard errors of it, and of what the limit law is off.</summary>
    [Fact]
    public void Without_an_effect_p_values_are_uniform()
    {
        const int Tests = 2000;
        var draws = new Draws(3);
        double[] values = [.. Enumerable.Range(0, Tests).Select(_ => Of(draws.Normals(12), draws.Normals(20), draws.Normals(15), draws.Normals(9)).PValue)];
        Assert.All(values, p => Assert.InRange(p, double.Epsilon, 1));
        Assert.All(new[] { 0.05, 0.2, 0.5 }, level => Assert.Equal(level, values.Count(p => p <= level) / (double)Tests, (4 * Math.Sqrt(level * (1 - level) / Tests)) + 0.01));
    }

    [Fact]
    public void Equal_numbers_tell_nothing() => Assert.Equal(new KruskalWallisTest(2, 5, 0, 1, 0), Of([4, 4], [4, 4, 4]));

    [Fact]
    public void What_cannot_be_tested_has_a_reason()
    {
        Assert.Equal((null, "at least two groups need numbers, not 1"), KruskalWallisTest.Of([1, 2], []));
        Assert.Equal((null, "at least two groups need numbers, not 0"), KruskalWallisTest.Of());
        Assert.Equal((null, "a number is not finite"), KruskalWallisTest.Of([1, 2], [double.NaN]));
    }

    private static KruskalWallisTest Of(params double[][] groups) => KruskalWallisTest.Of(groups).Test!;
}
