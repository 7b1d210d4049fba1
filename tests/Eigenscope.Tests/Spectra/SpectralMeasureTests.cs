using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

public sealed class SpectralMeasureTests
{
    /// <summary>A thousand equal weights at 1/1000, 2/1000, ... are the uniform distribution, within the mass of half a window.</summary>
    [Fact]
    public void Evenly_spread_values_are_a_uniform_distribution()
    {
        var measure = new SpectralMeasure([.. Enumerable.Range(1, 1000).Select(i => i / 1000.0)], [.. Enumerable.Repeat(1.0, 1000)], 32);
        foreach (var x in new[] { 0.003, 0.1, 0.5, 0.9, 0.997 })
        {
            Assert.Equal(x, measure.At(x), 13e-3);
            Assert.Equal(x, measure.Quantile(x), 13e-3);
        }

        Assert.Equal((0, 1), (measure.At(-1), measure.At(1.5)));
    }

    [Fact]
    public void A_repeated_value_is_a_step()
    {
        var measure = new SpectralMeasure([0, 0, 0, 2, 2 + 1e-12, 3], [0.1, 0.2, 0.1, 0.2, 0.2, 0.2], 32);
        Assert.Equal([0.4, 0.4, 0.8, 0.8, 1], new[] { 0, 1.99, 2, 2.9, 3 }.Select(measure.At), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([0, 0, 2, 2, 3], new[] { 0.01, 0.39, 0.41, 0.79, 0.81 }.Select(measure.Quantile), (x, y) => Math.Abs(x - y) < 1e-9);
    }

    /// <summary>A step that moves by d is d away where the unit is 1, and never further than its height.</summary>
    [Theory]
    [InlineData(0.1, 1, 0.1)]
    [InlineData(0.1, 2, 0.05)]
    [InlineData(5, 1, 0.5)]
    public void The_distance_of_a_moved_step(double shift, double unit, double distance)
    {
        SpectralMeasure Steps(double at) => new([1, at], [0.5, 0.5], 32);
        Assert.Equal(distance, Steps(2).Distance(Steps(2 + shift), unit), 1e-8);
        Assert.Equal(0, Steps(2).Distance(Steps(2), unit));
    }
}
