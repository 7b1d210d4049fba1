using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class EffectiveRatioTests
{
    [Theory]
    [InlineData(200, 200)]
    [InlineData(400, 200)]
    [InlineData(1600, 200)]
    public void Is_the_ratio_of_a_random_matrix(int n, int m)
    {
        var ratio = Of(WishartNull.Eigenvalues(n, m, 3), n);
        Assert.Equal(1, ratio.Q / ratio.Expected, 0.03);
        Assert.Equal(1, ratio.Variance, 0.03);
    }

    [Fact]
    public void Is_smaller_where_rows_are_unequal()
    {
        var ratio = Of(RandomSpectra.Eigenvalues(TestMatrices.Noise(NoiseKind.UnequalRows, 400, 100, 3)), 400);
        Assert.InRange(ratio.Q, 1, 0.9 * ratio.Expected);
    }

    [Fact]
    public void Equal_eigenvalues_have_none()
    {
        double[] equal = [.. Enumerable.Range(0, 100).Select(i => 1 + (1e-9 * i))];
        Assert.Equal("the bulk is narrower than that of any law of a ratio up to 1000", EffectiveRatio.Of(equal, BulkFit.Of(equal, 100).Fit!).Reason);
    }

    private static EffectiveRatio Of(double[] lambda, int n) => EffectiveRatio.Of(lambda, BulkFit.Of(lambda, n).Fit!).Ratio!;
}
