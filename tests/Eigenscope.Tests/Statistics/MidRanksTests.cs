using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics;

public sealed class MidRanksTests
{
    [Fact]
    public void Equal_numbers_share_the_mean_of_their_ranks()
    {
        Assert.Equal([2.5, 1, 4, 2.5], MidRanks.Of([5, -1, 7, 5]));
        Assert.Equal([2, 2, 2], MidRanks.Of([0.0, -0.0, 0]));
        Assert.Equal([1], MidRanks.Of([3]));
        Assert.Empty(MidRanks.Of([]));
    }

    [Fact]
    public void Ranks_are_those_by_counting()
    {
        var draws = new Draws(1);
        double[] values = [.. Enumerable.Range(0, 200).Select(_ => (double)draws.Below(60))];
        Assert.Equal(values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0)), MidRanks.Of(values));
    }
}
