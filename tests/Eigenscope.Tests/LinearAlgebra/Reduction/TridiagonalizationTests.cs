using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class TridiagonalizationTests
{
    [Theory]
    [MemberData(nameof(Shape.Sizes), MemberType = typeof(Shape))]
    public void Keeps_the_invariants(int order)
    {
        var a = SymmetricMatrices.Normal(order, order);
        var t = Reduce(a, 8, 1);
        Assert.Equal((order, order - 1), (t.Diagonal.Length, t.OffDiagonal.Length));
        t.Dense().HasInvariantsOf(a);
    }

    [Theory]
    [MemberData(nameof(Shape.Sizes), MemberType = typeof(Shape))]
    public void Has_the_same_bits_in_every_width_and_on_any_number_of_threads(int order)
    {
        var a = SymmetricMatrices.Normal(order, order + 1);
        var expected = Reduce(a, 1, 1);
        foreach (var (lanes, threads) in new[] { (2, 1), (4, 1), (8, 1), (8, 2), (8, 3) })
        {
            var t = Reduce(a, lanes, threads);
            Assert.Equal(expected.Diagonal, t.Diagonal);
            Assert.Equal(expected.OffDiagonal, t.OffDiagonal);
        }
    }

    [Fact]
    public void Keeps_the_invariants_of_any_matrix() => Property.Holds(Shape.Any, shape => shape.Simpler(), 40, shape =>
    {
        var a = SymmetricMatrices.Normal(shape.Rows, shape.Seed);
        Reduce(a, 8, 1).Dense().HasInvariantsOf(a);
    });

    private static Tridiagonal Reduce(DenseMatrix a, int lanes, int threads)
    {
        using var copy = a.InPanels();
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
        return Tridiagonalization.Of(copy, execution);
    }
}
