using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed unsafe class SymmetricUpdateTests
{
    public static TheoryData<int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int>();
            foreach (var lanes in new[] { 1, 2, 4, 8 })
            {
                foreach (var (order, depth) in new[] { (24, 1), (24, 2), (48, 7), (72, 256), (96, 48), (264, 33) })
                {
                    cases.Add(lanes, order, depth);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adds_chains_of_fused_multiply_adds_to_the_lower_triangle(int lanes, int order, int depth)
    {
        var draws = new Draws(order + depth);
        var (left, right, start) = (draws.Normals(order * depth), draws.Normals(order * depth), draws.Normals(order * order));
        var c = Updated(SymmetricUpdate.OfLanes(lanes), order, depth, left, right, start);
        for (var j = 0; j < order; j++)
        {
            for (var i = j; i < order; i++)
            {
                Assert.Equal(start[(j * order) + i] + Chain(left, right, order, depth, i, j), c[(j * order) + i]);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Fills_diagonal_blocks_of_eight_whole_in_every_width(int lanes)
    {
        const int Order = 72, Depth = 5;
        var draws = new Draws(lanes);
        var (left, right, start) = (draws.Normals(Order * Depth), draws.Normals(Order * Depth), draws.Normals(Order * Order));
        var expected = Updated(SymmetricUpdate.OfLanes(1), Order, Depth, left, right, start);
        var c = Updated(SymmetricUpdate.OfLanes(lanes), Order, Depth, left, right, start);
        for (var k = 0; k < Order * Order; k++)
        {
            var (i, j) = (k % Order, k / Order);
            if (i >= Lanes.Floor(j))
            {
                Assert.Equal(expected[k], c[k]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    public void Has_no_other_width(int lanes) => Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricUpdate.OfLanes(lanes));

    private static double Chain(double[] left, double[] right, int order, int depth, int i, int j)
    {
        var sum = 0.0;
        for (var k = 0; k < depth; k++)
        {
            sum = Math.FusedMultiplyAdd(left[(k * order) + i], right[(k * order) + j], sum);
        }

        return sum;
    }

    private static double[] Updated(SymmetricUpdate update, int order, int depth, double[] left, double[] right, double[] start)
    {
        using var packedLeft = new AlignedBuffer(order * depth);
        using var packedRight = new AlignedBuffer(order * depth);
        var c = start.ToArray();
        fixed (double* l = left, r = right, to = c)
        {
            update.PackLeft(l, order, order, depth, packedLeft.Pointer);
            SymmetricUpdate.PackRight(r, order, order, depth, packedRight.Pointer);
            update.AddLower(order, depth, packedLeft.Pointer, packedRight.Pointer, to, order, CancellationToken.None);
        }

        return c;
    }
}
