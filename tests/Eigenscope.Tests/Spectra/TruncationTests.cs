using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

public sealed class TruncationTests
{
    /// <summary>diag(3, 2, 1) in 3 x 4: squares 9, 4, 1.</summary>
    private static readonly double[] Eigenvalues = [1, 4, 9];

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(1, 9.0 / 14, 0.597614304667196, 2.0 / 3)]
    [InlineData(2, 13.0 / 14, 0.267261241912424, 1.0 / 3)]
    [InlineData(3, 1, 0, 0)]
    public void A_rank_keeps_the_largest_squares(int rank, double share, double error, double spectralError)
    {
        var kept = Truncation.Of(Eigenvalues, rank, 3, 4);
        Assert.Equal((rank, 7L * rank, 12L), (kept.Rank, kept.Elements, kept.DenseElements));
        Assert.Equal(share, kept.Share, 15);
        Assert.Equal(error, kept.Error, 14);
        Assert.Equal(spectralError, kept.SpectralError, 15);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 1)]
    [InlineData(0.7, 2)]
    [InlineData(0.95, 3)]
    [InlineData(1, 3)]
    public void The_least_rank_that_keeps_a_share(double share, int rank) => Assert.Equal(rank, Truncation.RankFor(Eigenvalues, share));

    [Fact]
    public void The_rank_for_a_share_keeps_it_and_the_next_lower_one_does_not()
    {
        var random = new Random(5);
        double[] ascending = [.. Enumerable.Range(0, 200).Select(_ => Math.Pow(random.NextDouble(), 6)).Order()];
        for (var share = 0.05; share < 1; share += 0.05)
        {
            var rank = Truncation.RankFor(ascending, share);
            Assert.True(Truncation.Of(ascending, rank, 200, 300).Share >= share - 1e-12);
            Assert.True(Truncation.Of(ascending, rank - 1, 200, 300).Share < share);
        }
    }

    [Fact]
    public void Zeros_lose_nothing() => Assert.Equal(new Truncation(1, 1, 0, 0, 5, 6), Truncation.Of([0, 0], 1, 2, 3));

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_rank_that_is_none_is_refused(int rank) => Assert.Throws<ArgumentOutOfRangeException>(() => Truncation.Of(Eigenvalues, rank, 3, 4));

    [Theory]
    [InlineData(3, 4, 1)]
    [InlineData(256, 768, 191)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 2, 0)]
    public void Factors_are_smaller_up_to_the_break_even(int rows, int columns, int rank)
    {
        Assert.Equal(rank, Truncation.BreakEven(rows, columns));
        Assert.True((long)rank * (rows + columns) < (long)rows * columns);
        Assert.True((rank + 1L) * (rows + columns) >= (long)rows * columns);
    }
}
