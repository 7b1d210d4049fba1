using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a symmetric matrix to a band by blocks of Householder reflections, Q^T A Q; Q is not kept.
/// </summary>
/// <remarks>
/// The first of two stages (Bischof, Lang and Sun 2000). The b columns left of a block below the band are factored, E = Q R with Q = I - V T V^T, and
/// the rest of A becomes Q^T A Q = A - V W^T - W V^T with Z = A V, X = Z T, W = X - 1/2 V (T^T V^T X). All of it but the factorization is done by
/// <see cref="TileKernel"/>. Backward stable: the band is exact for A + E with |E| of order n eps |A|. Cost: 4/3 n^3 flops.
/// </remarks>
internal sealed unsafe class BandReduction : IDisposable
{
    private const int Rows = Panel.Rows;

    /// <summary>Panels of a chain in Z: as many rows of V as stay in the first-level cache with a strip of A.</summary>
    private const int ChainPanels = 5;

    /// <summary>Panels of A that are worked on together, so that V and W are read from far once for all of them.</summary>
    private const int GroupPanels = 4;

    private const int StripsOfBlock = Rows / TileKernel.Columns;

    /// <summary>From this order on A is fetched ahead of its use.</summary>
    private const int LargeOrder = 2500;

    private readonly SymmetricMatrix a;
    private readonly int width;
    private readonly Execution execution;
    private readonly TileKernel kernel;
    private readonly BlockReflector q;
    private readonly AlignedBuffer z;
    private readonly AlignedBuffer zTransposed;
    private readonly AlignedBuffer products;
    private readonly AlignedBuffer correction;
    private int first;

    private BandReduction(SymmetricMatrix a, int width, Execution execution)
    {
        (this.a, this.width, this.execution, kernel) = (a, width, execution, execution.Kernel);
        q = new BlockReflector(a.Order, width, spare: width, execution);
        var size = (long)a.Panels * Rows * width;
        (z, zTransposed) = (new AlignedBuffer(size), new AlignedBuffer(size));
        (products, correction) = (new AlignedBuffer((long)width * width), new AlignedBuffer((long)width * width));
    }

    /// <summary>Reduces <paramref name="a"/>, which is overwritten, to a band of half-width <paramref name="width"/>, a multiple of 24.</summary>
    public static SymmetricBand Of(SymmetricMatrix a, int width, Execution execution)
    {
        using var reduction = new BandReduction(a, width, execution);
        for (var block = 0; (block + 1) * width < a.Order; block++)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            reduction.Reduce(block);
        }

        return SymmetricBand.Of(a, width);
    }

    public void Dispose()
    {
        q.Dispose();
        z.Dispose();
        zTransposed.Dispose();
        products.Dispose();
        correction.Dispose();
    }

    /// <summary>A panel of W lies behind that of V.</summary>
    private double* W(int panel) => q.V(panel) + q.SquareStep;

    private double* Z(int panel) => z.Pointer + (panel * q.SquareStep);

    /// <summary>The part of Z that is formed as its transpose, 24 of its columns.</summary>
    private double* ZTransposed(int group, int panel) => zTransposed.Pointer + ((((nint)group * a.Panels) + panel) * Panel.Block);

    private void Reduce(int block)
    {
        first = (block + 1) * q.Groups;
        FactorBlock(block);
        var groups = (q.Panels + GroupPanels - 1) / GroupPanels;
        execution.ForEach(groups, group => FormX(group * GroupPanels));
        FormCorrection();
        execution.ForEach(q.Panels, FormW);
        execution.ForEach(groups, group => UpdateRows((groups - 1 - group) * GroupPanels));
    }

    /// <summary>The panels of A lie further apart the further down, so the block is factored in a copy; R goes back.</summary>
    private void FactorBlock(int block)
    {
        var (column, size) = ((nint)block * width * Rows, width * Rows);
        var panels = a.Panels - first;
        for (var panel = 0; panel < panels; panel++)
        {
            new ReadOnlySpan<double>(a.Start(first + panel) + column, size).CopyTo(new Span<double>(Z(panel), size));
        }

        q.Factor(Z(0), size, a.Order - (first * Rows));
        for (var panel = 0; panel < Math.Min(q.Groups, panels); panel++)
        {
            new ReadOnlySpan<double>(Z(panel), size).CopyTo(new Span<double>(a.Start(first + panel) + column, size));
        }
    }

    /// <summary>Some panels of Z = A V, and of X = Z T in the place of W.</summary>
    private void FormX(int start)
    {
        var end = Math.Min(start + GroupPanels, q.Panels);
        for (var panel = start; panel < end; panel++)
        {
            new Span<double>(Z(panel), width * Rows).Clear();
            new Span<double>(W(panel), width * Rows).Clear();
            for (var group = 0; group < q.Groups; group++)
            {
                new Span<double>(ZTransposed(group, panel), Panel.Block).Clear();
            }
        }

        AddLeftPart(start, end);
        AddMirroredPart(start, end);
        for (var panel = start; panel < end; panel++)
        {
            for (var group = 0; group < q.Groups; group++)
            {
                Lanes.AddTransposed(ZTransposed(group, panel), Rows, Z(panel) + (group * Panel.Block), Rows, Rows, Rows);
            }

            q.TimesT(Z(panel), W(panel));
        }
    }

    /// <summary>Z_I += sum_{J &lt;= I} A_IJ V_J for the panels I of a group, a chain of V after another.</summary>
    private void AddLeftPart(int begin, int end)
    {
        for (var start = 0; start < end; start += ChainPanels)
        {
            for (var panel = Math.Max(begin, start); panel < end; panel++)
            {
                AddLeftChain(panel, start, Math.Min(ChainPanels, panel + 1 - start));
            }
        }
    }

    private void AddLeftChain(int panel, int start, int count)
    {
        var depth = TileKernel.Depth.OfPanels(count, q.Step);
        var row = a.Block(first + panel, first + start);
        for (var column = 0; column < width; column += TileKernel.Columns)
        {
            WantShare(column / TileKernel.Columns, count, row + SymmetricMatrix.Jump(first + panel), Panel.Block, 0);
            kernel.Along(depth, row, q.V(start) + (column * Rows), Z(panel) + (column * Rows), Rows);
        }
    }

    /// <summary>Z_J += sum_{I &gt; J} A_IJ^T V_I for the panels J of a group, formed as its transpose, a chain of V after another.</summary>
    private void AddMirroredPart(int begin, int end)
    {
        for (var start = begin + 1; start < q.Panels; start += ChainPanels)
        {
            for (var panel = begin; panel < end; panel++)
            {
                var below = Math.Max(start, panel + 1);
                AddMirroredChain(panel, below, Math.Min(start + ChainPanels, q.Panels) - below);
            }
        }
    }

    private void AddMirroredChain(int panel, int start, int count)
    {
        var depth = new TileKernel.Depth(count, Rows, SymmetricMatrix.Jump(first + start), Panel.Block);
        var block = a.Block(first + start, first + panel);
        for (var group = 0; group < q.Groups && count > 0; group++)
        {
            for (var column = 0; column < Panel.Block; column += TileKernel.Tile)
            {
                WantShare((group * StripsOfBlock) + (column / TileKernel.Tile), count, block + Panel.Block, depth.Jump, Panel.Block);
                kernel.Along(depth, q.VTransposed(group, start), block + column, ZTransposed(group, panel) + column, Rows);
            }
        }
    }

    /// <summary>
    /// While one chain of blocks of A is worked on, asks for those of the next panel, where A is too large for the caches: each of the products of a chain for
    /// its share of the blocks, which lie like the depth of a product.
    /// </summary>
    private void WantShare(int product, int count, double* block, nint jump, nint growth)
    {
        for (var i = 0; i < count && a.Order >= LargeOrder; i++, block += jump, jump += growth)
        {
            if (i % (width / TileKernel.Columns) == product)
            {
                Cache.WantSoon(block, Panel.Block);
            }
        }
    }

    /// <summary>N = 1/2 T^T V^T X.</summary>
    private void FormCorrection()
    {
        q.MultiplyTransposed(W(0), q.Step, products.Pointer);
        correction.Clear();
        for (var column = 0; column < width; column += TileKernel.Columns)
        {
            q.TransposedTTimes(products.Pointer + (column * Rows), correction.Pointer + (column * Rows), q.SquareStep);
        }

        Lanes.Scale(0.5, correction.Pointer, width * width);
    }

    /// <summary>W := X - V N for a panel.</summary>
    private void FormW(int panel)
    {
        for (var column = 0; column < width; column += TileKernel.Columns)
        {
            var depth = TileKernel.Depth.OfPanels(q.Groups, q.SquareStep);
            kernel.Along(depth, q.V(panel), correction.Pointer + (column * Rows), W(panel) + (column * Rows), Rows, TileKernel.Update.Subtract);
        }
    }

    /// <summary>A := A - V W^T - W V^T for some row panels, as one product [V W] [W V]^T.</summary>
    private void UpdateRows(int start)
    {
        var end = Math.Min(start + GroupPanels, q.Panels);
        var depth = new TileKernel.Depth(2, width, -q.SquareStep);
        for (var j = 0; j < end; j++)
        {
            for (var column = 0; column < Rows; column += TileKernel.Columns)
            {
                for (var i = Math.Max(start, j); i < end; i++)
                {
                    kernel.Across(depth, q.V(i), W(j) + column, a.Block(first + i, first + j) + (column * Rows), Rows, TileKernel.Update.Subtract);
                }
            }
        }
    }
}
