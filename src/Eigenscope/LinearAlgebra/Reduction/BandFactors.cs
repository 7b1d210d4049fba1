using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The block reflectors of a <see cref="BandReduction"/>, kept: B = Q^T A Q with Q = Q_1 Q_2 ..., Q_i = I - V_i T_i V_i^T, and Q times vectors.
/// </summary>
/// <remarks>
/// V lies where the reduction has made zeros of A, except for its first b rows, whose place R takes; those and T are kept beside. A matrix Y of 24 columns lies as Y^T in one panel, so that
/// Y^T - (Y^T V) T^T V^T is three products of <see cref="TileKernel"/> with V and T as they are. Cost of a product: 2 n^2 flops a vector.
/// </remarks>
internal sealed unsafe class BandFactors : IDisposable
{
    private const int Rows = Panel.Rows;

    private readonly SymmetricMatrix a;
    private readonly int width;
    private readonly AlignedBuffer tops;
    private readonly AlignedBuffer triangles;

    /// <summary>Takes memory for what does not lie in <paramref name="a"/>, which must be left as the reduction leaves it.</summary>
    public BandFactors(SymmetricMatrix a, int width)
    {
        (this.a, this.width) = (a, width);
        var size = (long)Blocks * width * width;
        (tops, triangles) = (new AlignedBuffer(size, zeroed: false), new AlignedBuffer(size, zeroed: false));
    }

    /// <summary>Blocks of columns that are reduced.</summary>
    private int Blocks => (a.Order - 1) / width;

    /// <summary>Panels of a square of order b.</summary>
    private int Groups => width / Rows;

    private nint SquareStep => (nint)width * Rows;

    /// <summary>The doubles that are held beside A.</summary>
    public static long Doubles(int order, int width) => 2L * ((order - 1) / width) * width * width;

    /// <summary>Where a panel of V of a block belongs.</summary>
    public double* V(int block, int panel) => panel < Groups
        ? Top(block) + (panel * SquareStep)
        : a.Start(First(block) + panel) + (block * SquareStep);

    /// <summary>Where T^T of a block belongs, in panels.</summary>
    public double* Triangle(int block) => triangles.Pointer + ((nint)block * width * width);

    /// <summary>y := Q y for the 24 vectors of a panel of Y^T: element i of all of them lies at <c>24 i</c>.</summary>
    public void Apply(double* y, TileKernel kernel, CancellationToken cancellation)
    {
        var size = (int)SquareStep;
        using var work = new AlignedBuffer(3 * size, zeroed: false);
        double* products = work.Pointer, lost = products + size, factors = lost + size;
        for (var block = Blocks - 1; block >= 0; block--)
        {
            cancellation.ThrowIfCancellationRequested();
            new Span<double>(products, 2 * size).Clear();
            Project(block, y, kernel, products, lost);
            TimesTransposedT(block, kernel, products, factors);
            Subtract(block, y, kernel, factors);
        }
    }

    public void Dispose()
    {
        tops.Dispose();
        triangles.Dispose();
    }

    private double* Top(int block) => tops.Pointer + ((nint)block * width * width);

    /// <summary>The first panel of rows that a block acts on.</summary>
    private int First(int block) => (block + 1) * Groups;

    private int Panels(int block) => a.Panels - First(block);

    /// <summary>products := Y^T V; <paramref name="lost"/> keeps what rounding takes from the sums.</summary>
    private void Project(int block, double* y, TileKernel kernel, double* products, double* lost)
    {
        var (panels, top) = (Panels(block), Math.Min(Groups, Panels(block)));
        Project(TileKernel.Depth.OfPanels(top, SquareStep), y + (First(block) * (nint)Panel.Block), V(block, 0), kernel, products, lost);
        for (var start = top; start < panels; start += LongProduct.Chain)
        {
            var row = First(block) + start;
            WantNext(block, start + LongProduct.Chain, LongProduct.Chain);
            var depth = new TileKernel.Depth(Math.Min(LongProduct.Chain, panels - start), Rows, SymmetricMatrix.Jump(row), Panel.Block);
            Project(depth, y + (row * (nint)Panel.Block), V(block, start), kernel, products, lost);
        }

        Lanes.AddScaled(1, lost, products, (int)SquareStep);
    }

    private void Project(TileKernel.Depth depth, double* y, double* v, TileKernel kernel, double* products, double* lost)
    {
        for (var column = 0; column < width * Rows; column += TileKernel.Tile)
        {
            LongProduct.Add(kernel, depth, y, v + column, products + column, lost + column);
        }
    }

    /// <summary>factors := products T^T, where T^T is zero above its diagonal.</summary>
    private void TimesTransposedT(int block, TileKernel kernel, double* products, double* factors)
    {
        for (var column = 0; column < width; column += TileKernel.Columns)
        {
            var group = column / Rows;
            var t = Triangle(block) + (group * SquareStep) + (column * Rows);
            kernel.Along(TileKernel.Depth.OfPanels(Groups - group, SquareStep), products + (group * Panel.Block), t, factors + (column * Rows), Rows, TileKernel.Update.Set);
        }
    }

    /// <summary>Y^T := Y^T - factors V^T.</summary>
    private void Subtract(int block, double* y, TileKernel kernel, double* factors)
    {
        var row = y + (First(block) * (nint)Panel.Block);
        for (var panel = 0; panel < Panels(block); panel++, row += Panel.Block)
        {
            WantNext(block, panel + 1, 1);
            for (var column = 0; column < Rows; column += TileKernel.Columns)
            {
                kernel.Across(TileKernel.Depth.Of(width), factors, V(block, panel) + column, row + (column * Rows), Rows, TileKernel.Update.Subtract);
            }
        }
    }

    /// <summary>Asks for some panels of V: the panels of A lie too far apart for the processor to foresee them.</summary>
    private void WantNext(int block, int first, int count)
    {
        for (var panel = first; panel < Math.Min(first + count, Panels(block)); panel++)
        {
            Cache.WantSoon(V(block, panel), width * Rows);
        }
    }
}
