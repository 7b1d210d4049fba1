using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class PhaseCalibrationTests
{
    private const int Draws = 15;
    private static readonly (int N, int M)[] Shapes = [(500, 250), (1000, 250), (250, 250), (300, 100), (100, 100)];
    private static readonly PhaseCalibration Table = PhaseCalibration.Of(Shapes, Draws, 77);

    [Theory]
    [InlineData(500, 250, 0.97)]
    [InlineData(1000, 250, 0.97)]
    [InlineData(250, 250, 0.95)]
    [InlineData(300, 100, 0.85)]
    [InlineData(100, 100, 0.85)]
    public void Phases_are_told_apart(int n, int m, double least)
    {
        Assert.InRange(Table.Accuracy(n, m), least, 1);
        Assert.All(Table.Confusion, row => Assert.Equal(Draws, row.Counts.Sum()));
    }

    [Fact]
    public void Confidence_is_the_share_that_is_right()
    {
        Assert.Equal(Shapes.Length * 6 * Draws, Table.Reliability.Sum(row => row.Count));
        Assert.All(Table.Reliability, row => Assert.Equal(row.Confidence, row.Accuracy, 0.01 + (3 * Math.Sqrt(row.Confidence * (1 - row.Confidence) / row.Count))));
    }

    [Fact]
    public void The_same_seed_gives_the_same_table()
    {
        var (first, second) = (PhaseCalibration.Of([(40, 30)], 2, 5), PhaseCalibration.Of([(40, 30)], 2, 5));
        Assert.Equal(first.Reliability, second.Reliability);
        Assert.All(first.Confusion.Zip(second.Confusion), pair => Assert.Equal(pair.First.Counts, pair.Second.Counts));
        Assert.True(double.IsNaN(first.Accuracy(1, 1)));
    }
}
