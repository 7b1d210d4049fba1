using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class BidiagonalizationTests
{
    /// <summary>Reflections from both sides are orthogonal to a few eps, so |B|_F is |W|_F to about eps sqrt(M) relative; 4 is for safety.</summary>
    private static double Tolerance(int smaller) => 4 * Math.Sqrt(smaller) * 2.220446049250313e-16;

    [Theory]
    [MemberData(nameof(Shape.AtBlockLimits), MemberType = typeof(Shape))]
    public void Keeps_the_Frobenius_norm(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, rows);
        var (t, scale) = Bidiagonalization.Of(w, CancellationToken.None);
        Assert.Equal(2 * Math.Min(rows, columns), t.Order);
        Assert.All(t.Diagonal, d => Assert.Equal(0, d));
        var norm = Math.Sqrt(w.SquaredNorm());
        Assert.Equal(norm, scale * Math.Sqrt(t.OffDiagonal.Sum(e => e * e)), Tolerance(Math.Min(rows, columns)) * norm);
    }

    [Theory]
    [InlineData(0.7, 0.5)]
    [InlineData(1e30, 6.338253001141147e29)]
    [InlineData(5e-324, 5e-324)]
    public void Divides_by_a_power_of_two_first(double largest, double scale)
    {
        var w = Matrices.Diagonal(largest, 0, 0);
        Assert.Equal(scale, Bidiagonalization.Of(w, CancellationToken.None).Scale);
    }

    [Fact]
    public void Leaves_a_bidiagonal_matrix_as_it_is()
    {
        var w = Matrices.Of(5, 5, (i, j) => j == i ? 1 : j == i + 1 ? 0.5 : 0);
        Assert.Equal([1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 1], Bidiagonalization.Of(w, CancellationToken.None).Matrix.OffDiagonal);
    }
}
