using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class NonFiniteElementExceptionTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Names_the_first_in_row_major_order(double value, string text)
    {
        var w = Matrices.Normal(4, 5, 1).With(2, 3, value).With(3, 0, double.NaN).With(2, 4, double.NaN);
        var error = Assert.Throws<NonFiniteElementException>(() => NonFiniteElementException.ThrowFirst(w));
        Assert.Equal((2, 3, value), (error.Row, error.Column, error.Value));
        Assert.Equal(text, error.ValueText);
        Assert.Equal($"the element [2, 3] is {text}", error.Message);
    }

    [Fact]
    public void Finds_nothing_where_all_is_finite() =>
        NonFiniteElementException.ThrowFirst(Matrices.Of(2, 2, (i, j) => double.MaxValue));
}
