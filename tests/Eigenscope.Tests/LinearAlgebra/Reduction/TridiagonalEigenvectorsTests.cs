using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class TridiagonalEigenvectorsTests
{
    private const double Factor = 4 * 2.220446049250313e-16;

    [Theory]
    [MemberData(nameof(Shape.Sizes), MemberType = typeof(Shape))]
    public void Satisfy_their_equation_and_are_orthogonal(int order)
    {
        var draws = new Draws(order);
        Require(new Tridiagonal(draws.Normals(order), draws.Normals(order - 1)), Math.Min(order, 60));
    }

    /// <summary>A matrix that falls apart into equal blocks has every eigenvalue as many times.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-17)]
    [InlineData(1e-13)]
    [InlineData(1e-8)]
    public void Are_so_for_equal_blocks(double coupling)
    {
        double[] diagonal = [.. Enumerable.Range(0, 84).Select(i => (double)Math.Abs((i % 21) - 10))];
        double[] beside = [.. Enumerable.Range(1, 83).Select(i => i % 21 == 0 ? coupling : 1)];
        Require(new Tridiagonal(diagonal, beside), 84);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1e100)]
    public void Are_so_for_a_multiple_of_the_identity(double value) => Require(new Tridiagonal([.. Enumerable.Repeat(value, 40)], new double[39]), 40);

    /// <summary>A zero diagonal makes every second pivot vanish.</summary>
    [Fact]
    public void Are_so_for_a_zero_diagonal() => Require(new Tridiagonal(new double[51], [.. Enumerable.Repeat(1.0, 50)]), 51);

    [Theory]
    [InlineData(-0.6)]
    [InlineData(-0.05)]
    public void Are_so_for_graded_matrices(double slope)
    {
        double[] scale = [.. Enumerable.Range(0, 60).Select(i => Math.Pow(2, slope * i))];
        Require(new Tridiagonal(scale, [.. scale.Skip(1).Select(x => 0.7 * x)]), 60);
    }

    private static unsafe void Require(Tridiagonal t, int count)
    {
        using var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        double[] values = [.. TridiagonalEigenvalues.Of(t, t.Order - count, execution).Reverse()];
        using var vectors = TridiagonalEigenvectors.Of(t, values, execution);
        double[][] v = [.. Enumerable.Range(0, count).Select(k => new ReadOnlySpan<double>(vectors.Vector(k), t.Order).ToArray())];
        var allowed = Factor * (t.Order + 4);
        for (var k = 0; k < count; k++)
        {
            var residual = t.Dense().Times(v[k]).Zip(v[k], (image, x) => image - (values[k] * x)).Max(Math.Abs);
            Assert.InRange(residual, 0, allowed * t.Bounds().Norm);
            Assert.All(Enumerable.Range(0, k + 1), l => Assert.Equal(k == l ? 1 : 0, v[k].Zip(v[l], (x, y) => x * y).Sum(), allowed));
        }
    }
}
