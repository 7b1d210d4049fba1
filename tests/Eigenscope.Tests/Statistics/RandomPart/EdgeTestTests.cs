using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class EdgeTestTests
{
    [Theory]
    [InlineData(100, 100)]
    [InlineData(102, 100)]
    [InlineData(300, 100)]
    public void Rejects_as_often_as_the_level_says(int n, int m)
    {
        var rows = EdgeCalibration.Of(n, m, NoiseKind.Gaussian, 5000, 2);
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.InRange(row.At5, 0.04, 0.06));
        Assert.All(rows, row => Assert.InRange(row.At1, 0.005, 0.017));
    }

    [Fact]
    public void Light_entries_reject_too_rarely_and_heavy_ones_too_often()
    {
        Assert.InRange(Known(NoiseKind.Uniform), 0, 0.045);
        Assert.InRange(Known(NoiseKind.Student5), 0.2, 0.6);
    }

    [Theory]
    [InlineData(EdgeVariance.Known)]
    [InlineData(EdgeVariance.Fitted)]
    public void Finds_a_signal_that_a_few_others_stand_beside(EdgeVariance source)
    {
        var lambda = RandomSpectra.Eigenvalues(TestMatrices.Spiked(NoiseKind.Gaussian, 300, 100, [1.8, 2, 3], 5));
        var test = EdgeTest.Upper(lambda, 300, source, 1).Test!;
        Assert.True(test.Rejects && test.PValue < 1e-6);
        Assert.Equal(1, test.Variance, 0.05);
        Assert.Equal(lambda[^1], test.Eigenvalue);
    }

    [Theory]
    [InlineData(300, 100)]
    [InlineData(100, 100)]
    public void Finds_a_direction_that_is_nearly_dead(int n, int m)
    {
        var lambda = WishartNull.Eigenvalues(n, m, 8);
        lambda[0] *= 1e-6;
        Assert.All(Enum.GetValues<EdgeVariance>(), source => Assert.InRange(EdgeTest.Lower(lambda, n, source, 1).Test!.PValue, 0, 0.01));
    }

    /// <summary>Statistic and p-value by hand: z = (lambda / sigma^2 - mu) / scale for a known variance, and 1 - exp(-x / 2 - sqrt(x)) for a square.</summary>
    [Fact]
    public void The_statistics_are_those_of_the_laws()
    {
        double[] lambda = [0.5, 1, 2, 3, 100];
        var edge = TracyWidomEdge.Of(5, 5);
        var upper = EdgeTest.Upper(lambda, 5, EdgeVariance.Known, 4, 0.01).Test!;
        Assert.Equal(((100 / 4.0) - edge.Center) / edge.Scale, upper.Statistic, 1e-12);
        Assert.Equal((0.01, EdgeVariance.Known, 4.0), (upper.Level, upper.Source, upper.Variance));
        var lower = EdgeTest.Lower(lambda, 5, EdgeVariance.Known, 4).Test!;
        Assert.Equal((5 * 0.5 / 4, 1 - Math.Exp(-(5 * 0.5 / 8) - Math.Sqrt(5 * 0.5 / 4))), (lower.Statistic, lower.PValue));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.3, null)]
    [InlineData(6.0, "entries of excess kurtosis 6 put eigenvalues beyond the edge by themselves: compare with the shuffled entries")]
    [InlineData(-1.2, "entries of excess kurtosis -1.2 make the test reject less often than its level says")]
    public void The_kurtosis_is_a_caveat(double? kurtosis, string? caveat)
    {
        double[] lambda = [1, 2, 3];
        Assert.Equal(caveat, EdgeTest.Upper(lambda, 9, EdgeVariance.Trace, excessKurtosis: kurtosis).Test!.Caveat);
        Assert.Equal(caveat, EdgeTest.Lower(lambda, 9, EdgeVariance.Trace, excessKurtosis: kurtosis).Test!.Caveat);
    }

    [Fact]
    public void What_cannot_be_tested_has_a_reason()
    {
        Assert.Equal("a known variance must be given and positive", EdgeTest.Upper([1, 2], 2, EdgeVariance.Known).Reason);
        Assert.Equal("a known variance must be given and positive", EdgeTest.Upper([1, 2], 2, EdgeVariance.Known, double.NaN).Reason);
        Assert.Equal("all eigenvalues are zero", EdgeTest.Lower([0, 0], 2, EdgeVariance.Trace).Reason);
        Assert.Equal("fewer than 10 eigenvalues are left for the random part", EdgeTest.Upper([1, 2], 2, EdgeVariance.Fitted).Reason);
        Assert.Equal("no law of the smallest eigenvalue is known for N / M between 1 and 1.02", EdgeTest.Lower(new double[100], 101, EdgeVariance.Known, 1).Reason);
    }

    private static double Known(NoiseKind kind) => EdgeCalibration.Of(150, 100, kind, 400, 3).Single(row => row.IsUpper && row.Source == EdgeVariance.Known).At5;
}
