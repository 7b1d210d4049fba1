using System.Numerics;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>Values said to be recorded are those of scipy.stats.mannwhitneyu, SciPy 1.10.1, with correction where approximate.</summary>
public sealed class RankSumTestTests
{
    [Fact]
    public void Small_groups_give_the_exact_recorded_value()
    {
        var membranes = Of([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [1.15, 0.88, 0.90, 0.74, 1.21]);
        Assert.Equal((10, 5, 15, true), (membranes.First, membranes.Second, membranes.U, membranes.IsExact));
        Assert.Equal(0.2544122544122544, membranes.PValue, 1e-15);
        Assert.Equal(-0.4, membranes.CliffsDelta, 1e-15);
        var even = Of(Sequence(20, i => 2 * i), Sequence(20, i => (3 * i % 61) + 0.5));
        Assert.Equal((267, true), (even.U, even.IsExact));
        Assert.Equal(0.07177675347139001, even.PValue, 1e-15);
    }

    /// <summary>The error of erfc, 1e-14, and that of its argument.</summary>
    [Fact]
    public void Large_groups_give_the_approximate_recorded_value()
    {
        var distinct = Of(Sequence(31, i => 7 * i % 31 / 2.0), Sequence(27, i => (5 * i % 29 / 2.0) + 2.25));
        Assert.Equal((495, false), (distinct.U, distinct.IsExact));
        Assert.Equal(0.23612843066945066, distinct.PValue, 1e-14);
        var tied = Of(Sequence(31, i => 7 * i % 31 / 4), Sequence(27, i => (5 * i % 29 / 4) + 1));
        Assert.Equal((481.5, false), (tied.U, tied.IsExact));
        Assert.Equal(0.3260122028302225, tied.PValue, 1e-14);
    }

    /// <summary>Of the C(n + m, n) ways to part them, two put all of one group above the other.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2.0 / 3)]
    [InlineData(3, 3, 0.1)]
    [InlineData(4, 4, 2.0 / 70)]
    [InlineData(1, 400, 2.0 / 401)]
    [InlineData(20, 20, 2.0 / 137_846_528_820)]
    public void Groups_apart_have_the_least_p_value(int lower, int upper, double p)
    {
        var apart = Of(Sequence(lower, i => i), Sequence(upper, i => i + 1000));
        Assert.Equal((lower * upper, 1, true), (apart.U, apart.CliffsDelta, apart.IsExact));
        Assert.Equal(p, apart.PValue, 1e-15 * p);
        var exchanged = Of(Sequence(upper, i => i + 1000), Sequence(lower, i => i));
        Assert.Equal((0, -1), (exchanged.U, exchanged.CliffsDelta));
        Assert.Equal(p, exchanged.PValue, 1e-15 * p);
    }

    [Fact]
    public void The_exact_value_counts_all_groups_also_where_numbers_are_equal()
    {
        var draws = new Draws(3);
        for (var round = 0; round < 50; round++)
        {
            var (first, second) = (Sequence(1 + draws.Below(6), _ => draws.Below(5)), Sequence(1 + draws.Below(6), _ => draws.Below(5)));
            var (test, ranks) = (Of(first, second), MidRanks.Of([.. first, .. second]));
            var mean = first.Length * second.Length / 2.0;
            var groups = Enumerable.Range(0, 1 << ranks.Length).Where(group => BitOperations.PopCount((uint)group) == second.Length).ToList();
            var far = groups.Count(group =>
                Math.Abs(ranks.Where((_, i) => (group & (1 << i)) != 0).Sum() - (second.Length * (second.Length + 1) / 2.0) - mean) >= Math.Abs(test.U - mean));
            Assert.Equal(far / (double)groups.Count, test.PValue, 1e-15);
        }
    }

    [Fact]
    public void The_effect_is_the_difference_of_two_shares_of_pairs()
    {
        var draws = new Draws(4);
        var (first, second) = (Sequence(30, _ => draws.Below(9)), Sequence(17, _ => draws.Below(12)));
        var (above, below) = (first.Sum(x => second.Count(y => y > x)), first.Sum(x => second.Count(y => y < x)));
        Assert.Equal((above - below) / (30.0 * 17), Of(first, second).CliffsDelta, 1e-15);
    }

    [Fact]
    public void Only_the_order_counts_and_exchanged_groups_have_the_opposite_effect()
    {
        var draws = new Draws(5);
        foreach (var (n, m) in new[] { (3, 7), (20, 20), (21, 20), (90, 40) })
        {
            var (first, second) = (draws.Normals(n), draws.Normals(m));
            var (test, exchanged) = (Of(first, second), Of(second, first));
            Assert.Equal(n * m <= 400, test.IsExact);
            Assert.Equal(test.PValue, exchanged.PValue, 1e-14);
            Assert.Equal(test.CliffsDelta, -exchanged.CliffsDelta, 1e-15);
            Assert.Equal(test, Of(Array.ConvertAll(first, Math.Exp), Array.ConvertAll(second, Math.Exp)));
        }
    }

    /// <summary>2,000 tests of nothing: the share of p-values up to a level within four standard errors of it, and of a step of U.</summary>
    [Theory]
    [InlineData(8, 9)]
    [InlineData(40, 25)]
    public void Without_an_effect_p_values_are_uniform(int n, int m)
    {
        const int Tests = 2000;
        var draws = new Draws(n);
        double[] values = [.. Enumerable.Range(0, Tests).Select(_ => Of(draws.Normals(n), draws.Normals(m)).PValue)];
        Assert.All(values, p => Assert.InRange(p, double.Epsilon, 1));
        Assert.All(new[] { 0.05, 0.2, 0.5 }, level => Assert.Equal(level, values.Count(p => p <= level) / (double)Tests, (4 * Math.Sqrt(level * (1 - level) / Tests)) + 0.04));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public void Equal_numbers_tell_nothing(int n)
    {
        var equal = Of(Sequence(n, _ => 7), Sequence(n, _ => 7));
        Assert.Equal((n * n / 2.0, 1, 0), (equal.U, equal.PValue, equal.CliffsDelta));
    }

    [Fact]
    public void What_cannot_be_tested_has_a_reason()
    {
        Assert.Equal((null, "a group has no numbers"), RankSumTest.Of([], [1]));
        Assert.Equal((null, "a group has no numbers"), RankSumTest.Of([1], []));
        Assert.Equal((null, "a number is not finite"), RankSumTest.Of([1], [double.PositiveInfinity]));
    }

    private static RankSumTest Of(double[] first, double[] second) => RankSumTest.Of(first, second).Test!;

    private static double[] Sequence(int count, Func<int, double> number) => [.. Enumerable.Range(0, count).Select(number)];
}
