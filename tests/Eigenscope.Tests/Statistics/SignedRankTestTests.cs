using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>Values said to be recorded are those of scipy.stats.wilcoxon, SciPy 1.10.1, zero_method "wilcox", with correction where approximate.</summary>
public sealed class SignedRankTestTests
{
    /// <summary>The heights of crossed less self-fertilised maize, in eighths of an inch (Darwin 1876).</summary>
    private static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void Few_differences_give_the_exact_recorded_value()
    {
        var maize = Of(Maize);
        Assert.Equal((15, 0, 96, true, 24), (maize.Pairs, maize.Zeros, maize.RankSum, maize.IsExact, maize.MedianDifference));
        Assert.Equal(0.041259765625, maize.PValue);
        Assert.Equal((96 - 24) / 120.0, maize.RankBiserial, 1e-15);
        var depression = SignedRankTest.Of(
            [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30], [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]).Test!;
        Assert.Equal((5, 0.0390625), (depression.RankSum, depression.PValue));
        Assert.Equal(0.14091521501541138, Of(Scattered(25)).PValue, 1e-15);
    }

    /// <summary>The error of erfc, 1e-14, and that of its argument.</summary>
    [Fact]
    public void Many_differences_give_the_approximate_recorded_value()
    {
        var scattered = Of(Scattered(31));
        Assert.Equal((31, 347, false), (scattered.Pairs, scattered.RankSum, scattered.IsExact));
        Assert.Equal(0.05357466938601568, scattered.PValue, 1e-14);
        var tied = Of([.. Enumerable.Range(0, 40).Select(i => (double)((7 * i % 31 / 2) - 5))]);
        Assert.Equal((37, 3, 530, false), (tied.Pairs, tied.Zeros, tied.RankSum, tied.IsExact));
        Assert.Equal(0.0071379577394791605, tied.PValue, 1e-14);
    }

    /// <summary>n equal signs have a probability of 2^-n, on either side.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(25)]
    public void Differences_of_one_sign_have_the_least_p_value(int n)
    {
        double[] rising = [.. Enumerable.Range(1, n).Select(i => i / 8.0)];
        Assert.Equal((n * (n + 1) / 2, Math.ScaleB(1, 1 - n), 1), (Of(rising).RankSum, Of(rising).PValue, Of(rising).RankBiserial));
        Assert.Equal((0, Math.ScaleB(1, 1 - n), -1), (Of(Negated(rising)).RankSum, Of(Negated(rising)).PValue, Of(Negated(rising)).RankBiserial));
    }

    [Fact]
    public void The_exact_value_counts_all_signs_also_where_differences_are_equal()
    {
        var draws = new Draws(3);
        for (var round = 0; round < 50; round++)
        {
            double[] differences = [.. Enumerable.Range(0, 1 + draws.Below(10)).Select(_ => (1 + draws.Below(4)) * (draws.Below(2) - 0.5))];
            var (test, ranks) = (Of(differences), MidRanks.Of([.. differences.Select(Math.Abs)]));
            var mean = ranks.Sum() / 2;
            var far = Enumerable.Range(0, 1 << ranks.Length)
                .Count(signs => Math.Abs(ranks.Where((_, i) => (signs & (1 << i)) != 0).Sum() - mean) >= Math.Abs(test.RankSum - mean));
            Assert.Equal(far / Math.ScaleB(1, ranks.Length), test.PValue);
        }
    }

    [Fact]
    public void Exact_and_approximate_values_meet()
    {
        var draws = new Draws(4);
        for (var round = 0; round < 20; round++)
        {
            var differences = draws.Normals(25);
            var ranks = MidRanks.Of([.. differences.Select(Math.Abs)]);
            var normal = RankDeviation.NormalP(Of(differences).RankSum - (ranks.Sum() / 2), ranks.Sum(rank => rank * rank) / 4);
            Assert.Equal(Of(differences).PValue, normal, 0.01);
        }
    }

    [Fact]
    public void Exchanged_models_have_the_same_p_value_and_the_opposite_effect()
    {
        var draws = new Draws(5);
        foreach (var n in new[] { 4, 20, 60 })
        {
            var (first, second) = (draws.Normals(n), draws.Normals(n));
            var (test, exchanged) = (SignedRankTest.Of(first, second).Test!, SignedRankTest.Of(second, first).Test!);
            Assert.Equal(test.PValue, exchanged.PValue, 1e-15);
            Assert.Equal((test.RankBiserial, test.MedianDifference), (-exchanged.RankBiserial, -exchanged.MedianDifference));
            var cubed = Of([.. first.Zip(second, (x, y) => Math.Pow(y - x, 3))]);
            Assert.Equal((test.PValue, test.RankBiserial), (cubed.PValue, cubed.RankBiserial));
        }
    }

    /// <summary>2,000 tests of nothing: the share of p-values up to a level within four standard errors of it, and of a step of the rank sum.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(60)]
    public void Without_an_effect_p_values_are_uniform(int n)
    {
        const int Tests = 2000;
        var draws = new Draws(n);
        double[] values = [.. Enumerable.Range(0, Tests).Select(_ => Of(draws.Normals(n)).PValue)];
        Assert.All(values, p => Assert.InRange(p, double.Epsilon, 1));
        Assert.All(new[] { 0.05, 0.2, 0.5 }, level => Assert.Equal(level, values.Count(p => p <= level) / (double)Tests, (4 * Math.Sqrt(level * (1 - level) / Tests)) + 0.02));
    }

    [Fact]
    public void Differences_of_zero_are_left_out()
    {
        var with = Of([0, .. Maize, -0.0]);
        Assert.Equal(Of(Maize) with { Zeros = 2, MedianDifference = 23 }, with);
        Assert.Equal(double.MaxValue, Of([double.MaxValue, double.MaxValue]).MedianDifference);
    }

    [Fact]
    public void What_cannot_be_tested_has_a_reason()
    {
        Assert.Equal((null, "there are no pairs"), SignedRankTest.Of([]));
        Assert.Equal((null, "all differences are zero"), SignedRankTest.Of([1, 2], [1, 2]));
        Assert.Equal((null, "a difference is not finite"), SignedRankTest.Of([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => SignedRankTest.Of([1, 2], [1]));
    }

    private static SignedRankTest Of(double[] differences) => SignedRankTest.Of(differences).Test!;

    private static double[] Negated(double[] values) => Array.ConvertAll(values, value => -value);

    private static double[] Scattered(int n) => [.. Enumerable.Range(0, n).Select(i => ((7 * i % 31) - 11.5) * (1 + (0.001 * i)))];
}
