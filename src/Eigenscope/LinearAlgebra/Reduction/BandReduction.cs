using System.Runtime.CompilerServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a symmetric matrix to a band by blocks of Householder reflections, Q^T A Q; Q is kept where it is asked for.
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

    /// <summary>Panels of A that are worked on together, so that V and W are read from far once for all of them. A thread keeps its groups from block to block.</summary>
    private const int GroupPanels = 4;

    /// <summary>
    /// Groups of equal number modulo the classes are multiplied one after another: as many classes as threads may share the work, and no more than the sums of the classes are
    /// worth.
    /// </summary>
    private const int OrderPerClass = 512;
    private const int FewestClasses = 2;
    private const int MostClasses = 16;

    private readonly SymmetricMatrix a;
    private readonly int width;
    private readonly BandFactors? kept;
    private readonly Execution execution;
    private readonly TileKernel kernel;
    private readonly BlockReflector q;
    private readonly AlignedBuffer z;
    private readonly AlignedBuffer mirrored;
    private readonly int classes;
    private readonly AlignedBuffer products;
    private readonly AlignedBuffer correction;
    private int first;

    private BandReduction(SymmetricMatrix a, int width, Execution execution, BandFactors? kept)
    {
        (this.a, this.width, this.kept, this.execution, kernel) = (a, width, kept, execution, execution.Kernel);
        q = new BlockReflector(a.Order, width, spare: width, execution);
        var size = (long)a.Panels * Rows * width;
        classes = Math.Clamp(a.Order / OrderPerClass, FewestClasses, MostClasses);
        (z, mirrored) = (new AlignedBuffer(size), new AlignedBuffer(classes * size, zeroed: false));
        (products, correction) = (new AlignedBuffer((long)width * width), new AlignedBuffer((long)width * width));
    }

    /// <summary>Reduces <paramref name="a"/> to a band.</summary>
    /// <param name="a">The matrix, which is overwritten.</param>
    /// <param name="width">The half-width of the band, a multiple of 24.</param>
    /// <param name="execution">How the work is done.</param>
    /// <param name="kept">Takes Q, in part in the place of <paramref name="a"/>; null where it is not wanted.</param>
    public static SymmetricBand Of(SymmetricMatrix a, int width, Execution execution, BandFactors? kept = null)
    {
        using var reduction = new BandReduction(a, width, execution, kept);
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
        mirrored.Dispose();
        products.Dispose();
        correction.Dispose();
    }

    private int LastGroup => (a.Panels - 1) / GroupPanels;

    /// <summary>A panel of W lies behind that of V.</summary>
    private double* W(int panel) => q.V(panel) + q.SquareStep;

    private double* Z(int panel) => z.Pointer + (panel * q.SquareStep);

    /// <summary>What a class adds to Z through the upper triangle, 24 columns of Z as its transpose.</summary>
    private double* Mirrored(int number, int columns, int panel) =>
        mirrored.Pointer + ((((((nint)number * q.Groups) + columns) * a.Panels) + panel) * Panel.Block);

    private void Reduce(int block)
    {
        first = (block + 1) * q.Groups;
        FactorBlock(block);
        var firstGroup = first / GroupPanels;
        var groups = LastGroup + 1 - firstGroup;
        execution.ForEach(classes, MultiplyClass);
        execution.ForEach(groups, group => FormX(Group(firstGroup + group)), firstGroup);
        FormCorrection();
        execution.ForEach(groups, group => FormW(Group(firstGroup + group)), firstGroup);
        execution.ForEach(groups, group => UpdateRows(Group(firstGroup + group)), firstGroup);
        Keep(block, firstGroup, groups);
    }

    /// <summary>The panels of the rest, from its first one, that belong to a group: groups are panels of A of neighbouring numbers, in every block the same.</summary>
    private (int Begin, int End) Group(int number) =>
        (Math.Max(0, (number * GroupPanels) - first), Math.Min(((number + 1) * GroupPanels) - first, q.Panels));

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

    /// <summary>
    /// What the groups of one class add to Z = A V: each block A_IJ of their rows is read once, for Z_I += A_IJ V_J and, below the diagonal, for Z_J += A_IJ^T V_I, which goes
    /// to a sum of the class, as its transpose.
    /// </summary>
    private void MultiplyClass(int number)
    {
        for (var columns = 0; columns < q.Groups; columns++)
        {
            new Span<double>(Mirrored(number, columns, 0), q.Panels * Panel.Block).Clear();
        }

        for (var group = first / GroupPanels; group <= LastGroup; group++)
        {
            if (group % classes == number)
            {
                MultiplyGroup(number, Group(group));
            }
        }
    }

    private void MultiplyGroup(int number, (int Begin, int End) group)
    {
        for (var panel = group.Begin; panel < group.End; panel++)
        {
            new Span<double>(Z(panel), width * Rows).Clear();
        }

        for (var start = 0; start < group.End; start += ChainPanels)
        {
            for (var panel = Math.Max(group.Begin, start); panel < group.End; panel++)
            {
                MultiplyLeft(panel, start, Math.Min(ChainPanels, panel + 1 - start));
            }

            for (var panel = start; panel < Math.Min(start + ChainPanels, group.End - 1); panel++)
            {
                MultiplyMirrored(number, panel, Math.Max(group.Begin, panel + 1), group.End);
            }
        }
    }

    private void MultiplyLeft(int panel, int start, int count)
    {
        var depth = TileKernel.Depth.OfPanels(count, q.Step);
        var row = a.Block(first + panel, first + start);
        for (var column = 0; column < width; column += TileKernel.Columns)
        {
            kernel.Along(depth, row, q.V(start) + (column * Rows), Z(panel) + (column * Rows), Rows);
        }
    }

    private void MultiplyMirrored(int number, int panel, int begin, int end)
    {
        var depth = new TileKernel.Depth(end - begin, Rows, SymmetricMatrix.Jump(first + begin), Panel.Block);
        var block = a.Block(first + begin, first + panel);
        for (var columns = 0; columns < q.Groups; columns++)
        {
            for (var strip = 0; strip < Panel.Block; strip += TileKernel.Tile)
            {
                kernel.Along(depth, q.VTransposed(columns, begin), block + strip, Mirrored(number, columns, panel) + strip, Rows);
            }
        }
    }

    /// <summary>Adds the sums of the classes to some panels of Z, and forms X = Z T in the place of W.</summary>
    private void FormX((int Begin, int End) group)
    {
        for (var panel = group.Begin; panel < group.End; panel++)
        {
            for (var columns = 0; columns < q.Groups; columns++)
            {
                AddMirrored(columns, panel);
            }

            new Span<double>(W(panel), width * Rows).Clear();
            q.TimesT(Z(panel), W(panel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMirrored(int columns, int panel)
    {
        var sum = Mirrored(0, columns, panel);
        for (var number = 1; number < classes; number++)
        {
            Lanes.AddScaled(1, Mirrored(number, columns, panel), sum, Panel.Block);
        }

        Lanes.AddTransposed(sum, Rows, Z(panel) + (columns * Panel.Block), Rows, Rows, Rows);
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

    /// <summary>W := X - V N for some panels.</summary>
    private void FormW((int Begin, int End) group)
    {
        for (var panel = group.Begin; panel < group.End; panel++)
        {
            for (var column = 0; column < width; column += TileKernel.Columns)
            {
                var depth = TileKernel.Depth.OfPanels(q.Groups, q.SquareStep);
                kernel.Along(depth, q.V(panel), correction.Pointer + (column * Rows), W(panel) + (column * Rows), Rows, TileKernel.Update.Subtract);
            }
        }
    }

    /// <summary>A := A - V W^T - W V^T for some row panels, as one product [V W] [W V]^T.</summary>
    private void UpdateRows((int Begin, int End) group)
    {
        var depth = new TileKernel.Depth(2, width, -q.SquareStep);
        for (var j = 0; j < group.End; j++)
        {
            for (var column = 0; column < Rows; column += TileKernel.Columns)
            {
                for (var i = Math.Max(group.Begin, j); i < group.End; i++)
                {
                    kernel.Across(depth, q.V(i), W(j) + column, a.Block(first + i, first + j) + (column * Rows), Rows, TileKernel.Update.Subtract);
                }
            }
        }
    }

    private void Keep(int block, int firstGroup, int groups)
    {
        if (kept is null)
        {
            return;
        }

        q.CopyT(kept.Triangle(block));
        execution.ForEach(groups, group => KeepRows(block, Group(firstGroup + group)), firstGroup);
    }

    private void KeepRows(int block, (int Begin, int End) group)
    {
        for (var panel = group.Begin; panel < group.End; panel++)
        {
            new ReadOnlySpan<double>(q.V(panel), width * Rows).CopyTo(new Span<double>(kept!.V(block, panel), width * Rows));
        }
    }
}
