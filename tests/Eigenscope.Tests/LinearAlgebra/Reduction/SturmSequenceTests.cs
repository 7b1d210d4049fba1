using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class SturmSequenceTests
{
    private const int Group = SturmSequence.Group;

    /// <summary>The second difference of order n has the characteristic polynomial U_n(1 - x / 2), Chebyshev's of the second kind.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Counts_and_evaluates(int n)
    {
        const double Scale = 16;
        using var sequence = new SturmSequence(new Tridiagonal([.. Enumerable.Repeat(2.0, n)], [.. Enumerable.Repeat(-1.0, n - 1)]), Scale);
        var places = Enumerable.Range(0, Group).Select(k => 0.051 + (3.9 * k / Group)).ToArray();
        var values = new SturmSequence.Value[Group];
        sequence.Evaluate([.. places.Select(x => x / Scale)], values);
        for (var k = 0; k < Group; k++)
        {
            var theta = Math.Acos(1 - (places[k] / 2));
            var polynomial = Math.Sin((n + 1) * theta) / Math.Sin(theta);
            Assert.Equal(Enumerable.Range(1, n).Count(j => 4 * Math.Pow(Math.Sin(j * Math.PI / (2 * (n + 1))), 2) < places[k]), values[k].Below);
            Assert.Equal(polynomial, values[k].Mantissa * Math.ScaleB(1, (int)(values[k].Exponent + (4 * n))), 1e-11 * n);
        }
    }

    [Fact]
    public void Allocates_nothing()
    {
        using var sequence = new SturmSequence(new Tridiagonal(new double[50], [.. Enumerable.Repeat(1.0, 49)]), 8);
        var (places, values) = (new double[Group], new SturmSequence.Value[Group]);
        Allocations.None(() => sequence.Evaluate(places, values));
    }
}
