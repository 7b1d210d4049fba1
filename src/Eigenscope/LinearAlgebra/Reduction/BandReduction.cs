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
    private const int ChainPanels = 10;

    /// <summary>Row panels that the update takes together.</summary>
    private const int UpdatePanels = 4;

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
        execution.ForEach(q.Panels, FormX);
        FormCorrection();
        execution.ForEach(q.Panels, FormW);
        var pieces = (q.Panels + UpdatePanels - 1) / UpdatePanels;
        execution.ForEach(pieces, piece => UpdateRows((pieces - 1 - piece) * UpdatePanels));
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

    /// <summary>A panel of Z = A V, and of X = Z T in the place of W.</summary>
    private void FormX(int panel)
    {
        new Span<double>(Z(panel), width * Rows).Clear();
        new Span<double>(W(panel), width * Rows).Clear();
        AddLeftPart(panel);
        AddMirroredPart(panel);
        q.TimesT(Z(panel), W(panel));
    }

    /// <summary>Z_I += sum_{J &lt;= I} A_IJ V_J</summary>
    private void AddLeftPart(int panel)
    {
        for (var start = 0; start <= panel; start += ChainPanels)
        {
            var depth = TileKernel.Depth.OfPanels(Math.Min(ChainPanels, panel + 1 - start), q.Step);
            var row = a.Block(first + panel, first + start);
            for (var column = 0; column < width; column += TileKernel.Columns)
            {
                kernel.Along(depth, row, q.V(start) + (column * Rows), Z(panel) + (column * Rows), Rows);
            }
        }
    }

    /// <summary>Z_J += sum_{I &gt; J} A_IJ^T V_I</summary>
    private void AddMirroredPart(int panel)
    {
        for (var group = 0; group < q.Groups; group++)
        {
            new Span<double>(ZTransposed(group, panel), Panel.Block).Clear();
        }

        for (var start = panel + 1; start < q.Panels; start += ChainPanels)
        {
            AddMirroredChain(panel, start, Math.Min(ChainPanels, q.Panels - start));
        }

        for (var group = 0; group < q.Groups; group++)
        {
            Lanes.AddTransposed(ZTransposed(group, panel), Rows, Z(panel) + (group * Panel.Block), Rows, Rows, Rows);
        }
    }

    private void AddMirroredChain(int panel, int start, int count)
    {
        var depth = new TileKernel.Depth(count, Rows, SymmetricMatrix.Jump(first + start), Panel.Block);
        for (var group = 0; group < q.Groups; group++)
        {
            for (var column = 0; column < Panel.Block; column += TileKernel.Tile)
            {
                kernel.Along(depth, q.VTransposed(group, start), a.Block(first + start, first + panel) + column, ZTransposed(group, panel) + column, Rows);
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
            kernel.Along(depth, q.V(panel), correction.Pointer + (column * Rows), W(panel) + (column * Rows), Rows, subtract: true);
        }
    }

    /// <summary>A := A - V W^T - W V^T for some row panels, as one product [V W] [W V]^T.</summary>
    private void UpdateRows(int start)
    {
        var end = Math.Min(start + UpdatePanels, q.Panels);
        var depth = new TileKernel.Depth(2, width, -q.SquareStep);
        for (var j = 0; j < end; j++)
        {
            for (var column = 0; column < Rows; column += TileKernel.Columns)
            {
                for (var i = Math.Max(start, j); i < end; i++)
                {
                    kernel.Across(depth, q.V(i), W(j) + column, a.Block(first + i, first + j) + (column * Rows), Rows, subtract: true);
                }
            }
        }
    }
}
