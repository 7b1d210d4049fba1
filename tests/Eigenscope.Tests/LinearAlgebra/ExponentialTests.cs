using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Simd;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class ExponentialTests
{
    /// <summary>The stated error and that of the platform's function, half a unit of the last place at best.</summary>
    private const double Bound = 4e-16 + 2.3e-16;

    [Fact]
    public void Is_the_exponential_within_its_bound()
    {
        var draws = new SplitMix64(1);
        for (var i = 0; i < 20_000; i++)
        {
            var x = 700 * ((draws.Next() >> 11) * (2.0 / (1L << 53)) - 1) / (i % 3 == 0 ? 1 : i % 3 == 1 ? 100 : 10_000);
            Assert.Equal(1, First(Exponential.Of(Vector512.Create(x))) / Math.Exp(x), Bound);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(double.NegativeInfinity, 3.307553003638408e-308)]
    [InlineData(-1000, 3.307553003638408e-308)]
    public void Of_what_is_special(double x, double expected) => Assert.Equal(expected, First(Exponential.Of(Vector512.Create(x))), Math.Abs(expected) * 1e-12);

    [Fact]
    public void Of_no_number_is_none() => Assert.Equal(double.NaN, First(Exponential.Of(Vector512.Create(double.NaN))));

    [Fact]
    public void Logistic_and_tanh_are_within_their_bounds()
    {
        for (var x = -40.0; x < 40; x += 0.01)
        {
            Assert.Equal(1 / (1 + Math.Exp(-x)), First(Exponential.Logistic(Vector512.Create(x))), 4e-16 + 2.3e-16);
            Assert.Equal(Math.Tanh(x), First(Exponential.Tanh(Vector512.Create(x))), 6e-16 + 2.3e-16);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(21)]
    public void A_row_of_any_length_has_the_bits_of_single_numbers(int length)
    {
        double[] x = [.. Enumerable.Range(0, length).Select(i => (i * 0.7) - 3)];
        double[] expected = [.. x.Select(value => First(Exponential.Of(Vector512.Create(value - 1.5))))];
        Exponential.OfDifference(x, 1.5);
        Assert.Equal(expected, x);
    }

    private static double First(Vector512<double> x) => x[0];
}
