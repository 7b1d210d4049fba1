using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class PowerOfTwoTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1.999, 1)]
    [InlineData(2, 2)]
    [InlineData(0.3, 0.25)]
    [InlineData(5e-324, 5e-324)]
    [InlineData(1.5e-323, 9.88e-324)]
    [InlineData(double.MaxValue, 8.98846567431158e307)]
    public void Is_the_largest_no_larger_than_the_value(double value, double expected) => Assert.Equal(expected, PowerOfTwo.AtOrBelow(value));

    [Theory]
    [InlineData(5e-324)]
    [InlineData(2.2250738585072014e-308)]
    [InlineData(0.5)]
    [InlineData(8.98846567431158e307)]
    public void Divides_itself_to_one(double scale)
    {
        double[] values = [scale, -scale, 0];
        PowerOfTwo.Divide(values, scale);
        Assert.Equal([1, -1, 0], values);
    }
}
