using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class TridiagonalizationTests
{
    /// <summary>
    /// T is exact for A + E with |E| of order n eps |A|, so tr T and |T|_F are those of A to n eps |A|_F sqrt(n); sums over random
    /// signs grow as their square root, and 4 sqrt(n) eps is what is asked for.
    /// </summary>
    private static double Tolerance(int order) => 4 * Math.Sqrt(order) * 2.220446049250313e-16;

    [Theory]
    [MemberData(nameof(Shape.Sizes), MemberType = typeof(Shape))]
    public void Keeps_trace_and_Frobenius_norm(int order)
    {
        var a = Symmetric(order, order);
        var t = Reduce(a, 8);
        var norm = Math.Sqrt(a.SquaredNorm());
        var trace = Enumerable.Range(0, order).Sum(i => a[i, i]);
        Assert.Equal((order, order - 1), (t.Diagonal.Length, t.OffDiagonal.Length));
        Assert.Equal(trace, t.Diagonal.Sum(), Math.Sqrt(order) * Tolerance(order) * norm);
        Assert.Equal(norm, Math.Sqrt(t.Diagonal.Sum(d => d * d) + (2 * t.OffDiagonal.Sum(e => e * e))), Tolerance(order) * norm);
    }

    [Theory]
    [MemberData(nameof(Shape.Sizes), MemberType = typeof(Shape))]
    public void Has_the_same_bits_in_every_width(int order)
    {
        var a = Symmetric(order, order + 1);
        var expected = Reduce(a, 1);
        foreach (var lanes in new[] { 2, 4, 8 })
        {
            var t = Reduce(a, lanes);
            Assert.Equal(expected.Diagonal, t.Diagonal);
            Assert.Equal(expected.OffDiagonal, t.OffDiagonal);
        }
    }

    [Fact]
    public void Keeps_the_third_moment()
    {
        Property.Holds(Shape.Any, shape => shape.Simpler(), 40, shape =>
        {
            var a = Symmetric(shape.Rows, shape.Seed);
            var t = Reduce(a, 8);
            var dense = Matrices.Of(shape.Rows, shape.Rows, (i, j) => i == j ? t.Diagonal[i] : Math.Abs(i - j) == 1 ? t.OffDiagonal[Math.Min(i, j)] : 0);
            var norm = Math.Sqrt(a.SquaredNorm());
            Assert.Equal(ThirdMoment(a), ThirdMoment(dense), 3 * Tolerance(shape.Rows) * norm * norm * norm);
        });
    }

    [Fact]
    public void Leaves_a_tridiagonal_matrix_as_it_is()
    {
        var a = Matrices.Of(60, 60, (i, j) => i == j ? i : Math.Abs(i - j) == 1 ? 1 + Math.Min(i, j) : 0);
        var t = Reduce(a, 8);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (double)i), t.Diagonal);
        Assert.Equal(Enumerable.Range(0, 59).Select(i => 1.0 + i), t.OffDiagonal);
    }

    private static DenseMatrix Symmetric(int order, int seed)
    {
        var w = Matrices.Normal(order, order, seed);
        return Matrices.Of(order, order, (i, j) => w[Math.Max(i, j), Math.Min(i, j)]);
    }

    private static double ThirdMoment(DenseMatrix a)
    {
        var square = a.GramMatrix();
        return Enumerable.Range(0, a.Rows * a.Rows).Sum(k => square[k / a.Rows, k % a.Rows] * a[k % a.Rows, k / a.Rows]);
    }

    /// <summary>Reduces a copy whose diagonal blocks of eight are whole, as those of a Gram matrix are.</summary>
    private static Tridiagonal Reduce(DenseMatrix a, int lanes)
    {
        using var copy = new SymmetricMatrix(a.Rows);
        for (var j = 0; j < a.Rows; j++)
        {
            for (var i = Lanes.Floor(j); i < a.Rows; i++)
            {
                copy[i, j] = a[i, j];
            }
        }

        return Tridiagonalization.Of(copy, SymmetricUpdate.OfLanes(lanes), CancellationToken.None);
    }
}
