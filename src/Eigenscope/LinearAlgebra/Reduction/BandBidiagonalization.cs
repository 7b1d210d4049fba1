namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a matrix to an upper band by blocks of Householder reflections from both sides, Q^T W P; Q and P are not kept.
/// </summary>
/// <remarks>
/// The first of two stages (Grosser and Lang 1999): the b columns of a block are factored and Q applied to those after them, then the b rows, and P applied to
/// the rows below. What is left, upper triangles on the diagonal and lower ones beside them, is a band B of b + 1 diagonals; u_1, v_1, u_2, v_2, ... as the order
/// of its rows and columns makes the matrix [0 B; B^T 0] a symmetric band of half-width 2 b - 1, whose eigenvalues are the singular values of W and
/// their negatives (Golub and Kahan 1965). W is never squared, so that singular values keep an absolute error of order eps sigma_max.
/// The whole matrix is held in float64. Cost: 4 (N M^2 - M^3 / 3) flops for an N x M matrix, M &lt;= N.
/// </remarks>
internal sealed unsafe class BandBidiagonalization : IDisposable
{
    private const int Rows = Panel.Rows;

    private readonly int rows;
    private readonly int columns;
    private readonly int width;
    private readonly int panels;
    private readonly int columnPanels;
    private readonly nint step;
    private readonly Execution execution;
    private readonly TileKernel kernel;
    private readonly AlignedBuffer a;
    private readonly AlignedBuffer rowBlock;
    private readonly AlignedBuffer projections;
    private readonly AlignedBuffer scaled;
    private readonly BlockReflector q;
    private readonly BlockReflector p;
    private readonly SymmetricBand band;

    private BandBidiagonalization(int rows, int columns, int width, Execution execution)
    {
        (this.rows, this.columns, this.width, this.execution, kernel) = (rows, columns, width, execution, execution.Kernel);
        (panels, columnPanels) = (Panel.Count(rows), (columns + width - 1) / width * (width / Rows));
        step = (nint)columnPanels * Panel.Block;
        a = new AlignedBuffer(panels * step, zeroed: false);
        var size = (long)Math.Max(panels, columnPanels) * Rows * width;
        (rowBlock, projections, scaled) = (new AlignedBuffer(size), new AlignedBuffer(size), new AlignedBuffer(size));
        (q, p) = (new BlockReflector(rows, width, 0, execution), new BlockReflector(columnPanels * Rows, width, 0, execution));
        band = new SymmetricBand(2 * columns, 2 * width);
    }

    /// <summary>
    /// Reduces W (or its transpose, whichever is tall) to the symmetric band that holds B.
    /// </summary>
    /// <returns>The band, of order 2M, and the power of two by which W was divided.</returns>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static (SymmetricBand Band, double Scale) Of(IMatrix w, int width, Execution execution)
    {
        using var reduction = new BandBidiagonalization(Math.Max(w.Rows, w.Columns), Math.Min(w.Rows, w.Columns), width, execution);
        try
        {
            var scale = PowerOfTwo.AtOrBelow(reduction.Load(w));
            reduction.ScaleToOne(scale);
            reduction.Run();
            return (reduction.band, scale);
        }
        catch
        {
            reduction.band.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        a.Dispose();
        rowBlock.Dispose();
        projections.Dispose();
        scaled.Dispose();
        q.Dispose();
        p.Dispose();
    }

    /// <summary>A 24 x 24 block of A.</summary>
    private double* A(int panel, int columnPanel) => a.Pointer + (panel * step) + ((nint)columnPanel * Panel.Block);

    /// <summary>24 columns of the matrix V^T A, or T^T of it: panels of its b rows lie as far apart as it is wide.</summary>
    private static double* Strip(AlignedBuffer matrix, int strip, nint groupStep, int group = 0) => matrix.Pointer + (group * groupStep) + ((nint)strip * Panel.Block);

    /// <summary>Reads W, and returns its largest magnitude.</summary>
    private double Load(IMatrix w)
    {
        var tiles = new PanelTiles(w, byRows: w.Rows < w.Columns, 1, execution);
        tiles.Read(0, columns, a.Pointer, step);
        execution.ForEach(panels, panel => new Span<double>(A(panel, 0) + (columns * Rows), (int)step - (columns * Rows)).Clear());
        return tiles.Largest;
    }

    private void ScaleToOne(double scale)
    {
        if (scale != 1)
        {
            execution.ForEach(panels, panel => PowerOfTwo.Divide(new Span<double>(A(panel, 0), (int)step), scale));
        }
    }

    private void Run()
    {
        for (var block = 0; block * width < columns; block++)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            var (first, after) = (block * q.Groups, (block + 1) * q.Groups);
            ReduceColumns(first, after);
            if (after < columnPanels)
            {
                ReduceRows(first, after);
            }
        }
    }

    private void ReduceColumns(int first, int after)
    {
        q.Factor(A(first, first), step, rows - (first * Rows));
        execution.ForEach(Math.Max(0, columnPanels - after), strip => ApplyFromLeft(first, after, strip));
        Record(first, first, (i, j) => j >= i ? A(first + (i / Rows), first)[(j * Rows) + (i % Rows)] : 0);
    }

    /// <summary>A := A - V T^T (V^T A) for 24 columns.</summary>
    private void ApplyFromLeft(int first, int after, int strip)
    {
        var groupStep = (nint)columnPanels * Panel.Block;
        for (var group = 0; group < q.Groups; group++)
        {
            new Span<double>(Strip(projections, strip, groupStep, group), Panel.Block).Clear();
            new Span<double>(Strip(scaled, strip, groupStep, group), Panel.Block).Clear();
        }

        for (var start = 0; start < q.Panels; start += LongProduct.Chain)
        {
            for (var group = 0; group < q.Groups; group++)
            {
                double* sum = Strip(projections, strip, groupStep, group), lost = Strip(scaled, strip, groupStep, group);
                for (var column = 0; column < Panel.Block; column += TileKernel.Tile)
                {
                    q.AddProjection(group, start, A(first + start, after + strip) + column, step, sum + column, lost + column);
                }
            }
        }

        for (var group = 0; group < q.Groups; group++)
        {
            AddLoss(Strip(scaled, strip, groupStep, group), Strip(projections, strip, groupStep, group), Panel.Block);
        }

        for (var column = 0; column < Panel.Block; column += TileKernel.Tile)
        {
            q.TransposedTTimes(Strip(projections, strip, groupStep) + column, Strip(scaled, strip, groupStep) + column, groupStep);
        }

        var whole = TileKernel.Depth.OfPanels(q.Groups, groupStep);
        for (var panel = 0; panel < q.Panels; panel++)
        {
            for (var column = 0; column < Panel.Block; column += TileKernel.Tile)
            {
                kernel.Along(whole, q.V(panel), Strip(scaled, strip, groupStep) + column, A(first + panel, after + strip) + column, Rows, TileKernel.Update.Subtract);
            }
        }
    }

    /// <summary>sum := sum + lost, which becomes zero.</summary>
    private static void AddLoss(double* lost, double* sum, int length)
    {
        Lanes.AddScaled(1, lost, sum, length);
        new Span<double>(lost, length).Clear();
    }

    private void ReduceRows(int first, int after)
    {
        for (var panel = after; panel < columnPanels; panel++)
        {
            for (var group = 0; group < q.Groups; group++)
            {
                Lanes.Transpose(A(first + group, panel), Rows, RowBlock(panel - after) + (group * Panel.Block), Rows, Rows, Rows);
            }
        }

        p.Factor(RowBlock(0), p.SquareStep, columns - (after * Rows));
        execution.ForEach(panels - after, panel => ApplyFromRight(after, after + panel));
        Record(first, after, (i, j) => j <= i ? RowBlock(j / Rows)[(i * Rows) + (j % Rows)] : 0);
    }

    /// <summary>The b rows of a block, transposed.</summary>
    private double* RowBlock(int panel) => rowBlock.Pointer + (panel * p.SquareStep);

    /// <summary>A := A - (A U) T U^T for a panel of 24 rows.</summary>
    private void ApplyFromRight(int after, int panel)
    {
        double* z = projections.Pointer + (panel * p.SquareStep), x = scaled.Pointer + (panel * p.SquareStep);
        new Span<double>(z, width * Rows).Clear();
        new Span<double>(x, width * Rows).Clear();
        for (var start = 0; start < p.Panels; start += LongProduct.Chain)
        {
            var depth = TileKernel.Depth.OfPanels(Math.Min(LongProduct.Chain, p.Panels - start), p.Step);
            for (var column = 0; column < width * Rows; column += TileKernel.Tile)
            {
                LongProduct.Add(kernel, depth, A(panel, after + start), p.V(start) + column, z + column, x + column);
            }
        }

        AddLoss(x, z, width * Rows);
        p.TimesT(z, x);
        for (var columnPanel = 0; columnPanel < p.Panels; columnPanel++)
        {
            for (var column = 0; column < Rows; column += TileKernel.Columns)
            {
                kernel.Across(TileKernel.Depth.Of(width), x, p.V(columnPanel) + column, A(panel, after + columnPanel) + (column * Rows), Rows, TileKernel.Update.Subtract);
            }
        }
    }

    /// <summary>Puts a block of B into the symmetric band: element (i, j) of B couples u_i, in row 2 i + 1, with v_j, in row 2 j.</summary>
    private void Record(int rowPanel, int columnPanel, Func<int, int, double> element)
    {
        var (firstRow, firstColumn) = (rowPanel * Rows, columnPanel * Rows);
        for (var j = 0; j < Math.Min(width, columns - firstColumn); j++)
        {
            for (var i = 0; i < Math.Min(width, columns - firstRow); i++)
            {
                var value = element(i, j);
                var (u, v) = ((2 * (firstRow + i)) + 1, 2 * (firstColumn + j));
                if (value != 0)
                {
                    *band.At(Math.Max(u, v), Math.Min(u, v)) = value;
                }
            }
        }
    }
}
