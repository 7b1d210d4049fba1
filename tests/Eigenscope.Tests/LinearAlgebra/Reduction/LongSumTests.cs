using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.Spectra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

/// <summary>Sums over many panels of equal elements, where the rounding errors of a chain all have one sign.</summary>
public sealed unsafe class LongSumTests
{
    private const int Rows = Panel.Rows;
    private const int Panels = 5000;
    private const double Value = 0.1;
    private const double Expected = Value * Value * Rows * Panels;

    [Fact]
    public void Dot_loses_no_more_than_its_chains()
    {
        using var columns = Filled(1);
        Assert.Equal(1, PanelColumns.Dot(columns.Pointer, Rows, columns.Pointer, Rows, Panels) / Expected, Bound(16));
    }

    [Fact]
    public void Dots_lose_no_more_than_their_chains()
    {
        using var columns = Filled(PanelColumns.DotTile);
        var products = stackalloc double[PanelColumns.DotTile * Rows];
        const int Step = PanelColumns.DotTile * Rows;
        PanelColumns.Dots(columns.Pointer, Step, columns.Pointer, Step, Panels, products);
        for (var i = 0; i < PanelColumns.DotTile * PanelColumns.DotTile; i++)
        {
            Assert.Equal(1, products[(i / PanelColumns.DotTile * Rows) + (i % PanelColumns.DotTile)] / Expected, Bound(16 * 3));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Long_product_loses_no_more_than_its_chains(int lanes)
    {
        using var panels = Filled(Rows);
        using var sums = new AlignedBuffer(2 * TileKernel.Tile);
        double* sum = sums.Pointer, lost = sum + TileKernel.Tile;
        var kernel = TileKernel.OfLanes(lanes);
        for (var start = 0; start < Panels; start += LongProduct.Chain)
        {
            LongProduct.Add(kernel, TileKernel.Depth.OfPanels(LongProduct.Chain, Panel.Block), panels.Pointer, panels.Pointer, sum, lost);
        }

        Assert.All(Enumerable.Range(0, TileKernel.Tile), i => Assert.Equal(1, (sum[i] + lost[i]) / Expected, Bound(LongProduct.Chain * Rows)));
    }

    /// <summary>The loss is exact: what the sum and the loss stand for is the sum itself.</summary>
    [Fact]
    public void What_a_sum_loses_is_kept()
    {
        using var buffer = new AlignedBuffer(3 * Lanes.Count);
        double* x = buffer.Pointer, sum = x + Lanes.Count, lost = sum + Lanes.Count;
        buffer.Span(0, Lanes.Count).Fill(1);
        buffer.Span(Lanes.Count, Lanes.Count).Fill(1e17);
        for (var i = 0; i < 1000; i++)
        {
            Lanes.AddKeepingLoss(x, sum, lost, Lanes.Count);
        }

        Assert.All(Enumerable.Range(0, Lanes.Count), i => Assert.Equal(1000, (sum[i] - 1e17) + lost[i]));
    }

    /// <summary>A chain of t terms and a sum of s of them pairwise lose (t + log2 s) eps / 2 at most, relative to a sum of equal terms.</summary>
    private static double Bound(int chain) => (chain + Math.Log2(Rows * Panels)) * Accuracy.Epsilon / 2;

    private static AlignedBuffer Filled(int columns)
    {
        var buffer = new AlignedBuffer((long)columns * Rows * Panels);
        buffer.Span(0, columns * Rows * Panels).Fill(Value);
        return buffer;
    }
}
