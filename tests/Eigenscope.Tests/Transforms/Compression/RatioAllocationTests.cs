using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

public sealed class RatioAllocationTests
{
    private static readonly (int Rows, int Columns)[] Sides = [(400, 100), (100, 100), (300, 200), (50, 700)];

    /// <summary>What is left is the share asked for, but for less than one rank of one matrix.</summary>
    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 0.3)]
    [InlineData(0.2, 0.3)]
    [InlineData(0.4, 1)]
    public void The_whole_meets_the_ratio(double ratio, double spread)
    {
        var ranks = RatioAllocation.Ranks(Sides, [2.0, 3, 2.5, 6], ratio, spread);
        var (left, all) = (Sides.Zip(ranks, (side, rank) => (double)rank * (side.Rows + side.Columns)).Sum(), Sides.Sum(side => (double)side.Rows * side.Columns));
        Assert.InRange(left, (ratio * all) - 750, ratio * all);
    }

    /// <summary>The shares that are cut are those of the definition: half of the numbers, spread 0.2, exponents 2, 4 and 3 of equal matrices give 0.4, 0.6 and 0.5.</summary>
    [Fact]
    public void Shares_are_linear_in_the_exponent() =>
        Assert.Equal([300, 200, 250], RatioAllocation.Ranks([(1000, 1000), (1000, 1000), (1000, 1000)], [2, 4, 3], 0.5, 0.2));

    [Fact]
    public void A_matrix_without_exponent_counts_as_the_least() =>
        Assert.Equal(RatioAllocation.Ranks(Sides, [2, 4, 2, 3], 0.5, 0.3), RatioAllocation.Ranks(Sides, [2, 4, null, 3], 0.5, 0.3));

    [Fact]
    public void Equal_exponents_share_alike() => Assert.Equal(RatioAllocation.Ranks(Sides, [null, null, null, null], 0.5, 0), RatioAllocation.Ranks(Sides, [3, 3, 3, 3], 0.5, 0.3));

    /// <summary>Where the steepest would lose more than all, it keeps rank 1 and the others make up for it.</summary>
    [Fact]
    public void No_matrix_vanishes()
    {
        var ranks = RatioAllocation.Ranks([(100, 100), (100, 100)], [2, 6], 0.1, 1);
        Assert.Equal(1, ranks[1]);
        Assert.Equal(9, ranks[0]);
    }
}
