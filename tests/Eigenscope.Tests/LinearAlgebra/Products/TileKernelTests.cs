using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Products;

public sealed unsafe class TileKernelTests
{
    private const int Rows = Panel.Rows;
    private const int Columns = TileKernel.Columns;

    /// <summary>Lanes; runs, their length and jump; what becomes of C; the distance of C's columns.</summary>
    public static TheoryData<int, int, int, int, int, int, int> AcrossCases
    {
        get
        {
            var cases = new TheoryData<int, int, int, int, int, int, int>();
            foreach (var lanes in new[] { 1, 2, 4, 8 })
            {
                cases.Add(lanes, 1, 1, 0, 0, (int)TileKernel.Update.Add, Rows);
                cases.Add(lanes, 1, 256, 0, 0, (int)TileKernel.Update.Add, 40);
                cases.Add(lanes, 2, 48, 48 * Rows, 0, (int)TileKernel.Update.Subtract, Rows);
                cases.Add(lanes, 2, 5, -5 * Rows, 0, (int)TileKernel.Update.Subtract, 31);
                cases.Add(lanes, 3, 24, 30 * Rows, 2 * Rows, (int)TileKernel.Update.Add, Rows);
                cases.Add(lanes, 1, 0, 0, 0, (int)TileKernel.Update.Add, Rows);
                cases.Add(lanes, 1, 7, 0, 0, (int)TileKernel.Update.Set, Rows);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(AcrossCases))]
    public void Across_a_panel_each_element_is_a_chain_of_fused_multiply_adds(int lanes, int runs, int length, int jump, int growth, int update, int stride) =>
        IsChain(lanes, new TileKernel.Depth(runs, length, jump, growth), (TileKernel.Update)update, stride, across: true);

    [Theory]
    [InlineData(1, 1, 0, 0, 0)]
    [InlineData(2, 3, 24 * 48, 0, 1)]
    [InlineData(4, 4, 24 * 24 * 2, 24 * 24, 0)]
    [InlineData(8, 1, 0, 0, 1)]
    [InlineData(8, 5, 24 * 24 * 3, 24 * 24, 0)]
    public void Along_panels_each_element_is_a_chain_of_fused_multiply_adds(int lanes, int runs, int jump, int growth, int update) =>
        IsChain(lanes, new TileKernel.Depth(runs, Rows, jump, growth), (TileKernel.Update)update, Rows, across: false);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    public void Has_no_other_width(int lanes) => Assert.Throws<ArgumentOutOfRangeException>(() => TileKernel.OfLanes(lanes));

    [Fact]
    public void Allocates_nothing()
    {
        using var operands = new AlignedBuffer(3 * Panel.Block);
        double* l = operands.Pointer, r = l + Panel.Block, c = r + Panel.Block;
        foreach (var lanes in new[] { 1, 2, 4, 8 })
        {
            var kernel = TileKernel.OfLanes(lanes);
            Allocations.None(() =>
            {
                kernel.Across(TileKernel.Depth.Of(Rows), l, r, c, Rows);
                kernel.Along(TileKernel.Depth.OfPanels(1, 0), l, r, c, Rows);
            });
        }
    }

    private static void IsChain(int lanes, TileKernel.Depth depth, TileKernel.Update update, int stride, bool across)
    {
        const int Middle = 4000;
        var draws = new Draws(lanes + depth.Length);
        double[] left = draws.Normals(Rows * Math.Max(1, depth.Runs * depth.Length)), right = draws.Normals(5 * Middle), start = draws.Normals(Columns * stride);
        var c = start.ToArray();
        fixed (double* l = left, r = right, to = c)
        {
            var kernel = TileKernel.OfLanes(lanes);
            if (across)
            {
                kernel.Across(depth, l, r + Middle, to, stride, update);
            }
            else
            {
                kernel.Along(depth, l, r + Middle, to, stride, update);
            }
        }

        for (var at = 0; at < c.Length; at++)
        {
            var (i, j) = (at % stride, at / stride);
            var sum = i < Rows ? Chain(left, right, Middle, depth, across, i, j) : 0;
            Assert.Equal(i >= Rows ? start[at] : Updated(start[at], sum, update), c[at]);
        }
    }

    private static double Updated(double before, double product, TileKernel.Update update) => update switch
    {
        TileKernel.Update.Add => before + product,
        TileKernel.Update.Subtract => before - product,
        _ => product,
    };

    private static double Chain(double[] left, double[] right, int origin, TileKernel.Depth depth, bool across, int i, int j)
    {
        var (sum, step, run) = (0.0, 0, (nint)origin);
        var jump = depth.Jump;
        for (var q = 0; q < depth.Runs; q++, run += jump, jump += depth.Growth)
        {
            for (var k = 0; k < depth.Length; k++, step++)
            {
                var at = run + (across ? (k * Rows) + j : (j * Rows) + k);
                sum = Math.FusedMultiplyAdd(left[(step * Rows) + i], right[at], sum);
            }
        }

        return sum;
    }
}
