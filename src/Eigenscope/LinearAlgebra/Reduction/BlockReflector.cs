using System.Runtime.CompilerServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A block of b Householder reflectors, Q = I - V T V^T, from the QR factorization of b columns, and the products with its triangular factor T:
/// T_jj = tau_j and T_{1..j-1, j} = -tau_j T_{1..j-1, 1..j-1} V^T v_j (Schreiber and Van Loan 1989).
/// </summary>
internal sealed unsafe class BlockReflector : IDisposable
{
    private const int Rows = Panel.Rows;

    private readonly int width;
    private readonly nint room;
    private readonly Execution execution;
    private readonly TileKernel kernel;
    private readonly PanelQr qr;
    private readonly AlignedBuffer v;
    private readonly AlignedBuffer transposed;
    private readonly AlignedBuffer products;
    private readonly AlignedBuffer workspace;
    private readonly AlignedBuffer factor;

    /// <summary>Takes memory for up to <paramref name="mostRows"/> rows.</summary>
    /// <param name="mostRows">The longest column.</param>
    /// <param name="width">The number of reflectors b, a multiple of 24.</param>
    /// <param name="spare">Columns that the caller uses after the b of V in each panel.</param>
    /// <param name="execution">How the work is done.</param>
    public BlockReflector(int mostRows, int width, int spare, Execution execution)
    {
        (this.width, this.execution, kernel) = (width, execution, execution.Kernel);
        room = Panel.Count(mostRows);
        Step = (nint)(width + spare) * Rows;
        qr = new PanelQr(width, kernel);
        (v, transposed) = (new AlignedBuffer(room * Step), new AlignedBuffer(room * Rows * width));
        var square = (long)width * width;
        (products, workspace, factor) = (new AlignedBuffer(square), new AlignedBuffer(square), new AlignedBuffer(square));
    }

    /// <summary>The panels of 24 rows that V has.</summary>
    public int Panels { get; private set; }

    /// <summary>From one panel of V to the next, in doubles.</summary>
    public nint Step { get; }

    /// <summary>The panels of V^T, 24 of its rows each.</summary>
    public int Groups => width / Rows;

    /// <summary>From one panel of a width x width matrix, or of any with as many columns, to the next.</summary>
    public nint SquareStep => (nint)width * Rows;

    /// <summary>A panel of V.</summary>
    public double* V(int panel) => v.Pointer + (panel * Step);

    /// <summary>A panel of V^T, from the columns that belong to a panel of V on.</summary>
    public double* VTransposed(int group, int panel) => transposed.Pointer + (((group * room) + panel) * Panel.Block);

    /// <summary>Factors the columns at <paramref name="e"/>, whose panels lie <paramref name="step"/> apart: R takes the place of their upper triangle.</summary>
    public void Factor(double* e, nint step, int rows)
    {
        Panels = Panel.Count(rows);
        qr.Factor(e, step, V(0), Step, rows);
        execution.ForEach(Panels, Transpose);
        MultiplyTransposed(V(0), Step, products.Pointer);
        FormT();
    }

    /// <summary>to := V^T x, in panels; x has the rows of V and b columns.</summary>
    public void MultiplyTransposed(double* x, nint step, double* to)
    {
        new Span<double>(to, width * width).Clear();
        workspace.Clear();
        var strips = width / TileKernel.Columns;
        execution.ForEach(Groups * strips, piece =>
        {
            var (group, column) = (piece / strips, piece % strips * TileKernel.Tile);
            var tile = (group * SquareStep) + column;
            for (var start = 0; start < Panels; start += LongProduct.Chain)
            {
                AddProjection(group, start, x + (start * step) + column, step, to + tile, workspace.Pointer + tile);
            }

            Lanes.AddScaled(1, workspace.Pointer + tile, to + tile, TileKernel.Tile);
        });
    }

    /// <summary>
    /// to := to + V^T x for 24 rows of V^T, a chain of panels from <paramref name="start"/> on and eight columns of x; <paramref name="lost"/> keeps what
    /// rounding takes from the sum.
    /// </summary>
    public void AddProjection(int group, int start, double* x, nint step, double* to, double* lost)
    {
        var depth = TileKernel.Depth.OfPanels(Math.Min(LongProduct.Chain, Panels - start), step);
        LongProduct.Add(kernel, depth, VTransposed(group, start), x, to, lost);
    }

    /// <summary>to += x T for a panel x of 24 rows.</summary>
    public void TimesT(double* x, double* to)
    {
        for (var column = 0; column < width; column += TileKernel.Columns)
        {
            kernel.Across(TileKernel.Depth.Of(column + TileKernel.Columns), x, T(column), to + (column * Rows), Rows);
        }
    }

    /// <summary>to += T^T x for eight columns of a matrix x of b rows; the panels of both lie <paramref name="step"/> apart.</summary>
    public void TransposedTTimes(double* x, double* to, nint step)
    {
        for (var group = 0; group < Groups; group++)
        {
            kernel.Along(TileKernel.Depth.OfPanels(group + 1, step), T(group * Rows), x, to + (group * step), Rows);
        }
    }

    /// <summary>to := T^T, in panels.</summary>
    public void CopyT(double* to) => new ReadOnlySpan<double>(factor.Pointer, width * width).CopyTo(new Span<double>(to, width * width));

    public void Dispose()
    {
        qr.Dispose();
        v.Dispose();
        transposed.Dispose();
        products.Dispose();
        workspace.Dispose();
        factor.Dispose();
    }

    /// <summary>Row j of T^T, which is kept in panels: column j of T.</summary>
    private double* T(int j) => factor.Pointer + (j / Rows * SquareStep) + (j % Rows);

    private void Transpose(int panel)
    {
        for (var group = 0; group < Groups; group++)
        {
            Lanes.Transpose(V(panel) + (group * Panel.Block), Rows, VTransposed(group, panel), Rows, Rows, Rows);
        }
    }

    /// <summary>Column j is minus tau_j times the sum of the columns k before it times v_k . v_j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FormT()
    {
        workspace.Clear();
        for (var j = 0; j < width; j++)
        {
            var column = workspace.Pointer + (j * width);
            for (var k = 0; k < j && qr.Tau[j] != 0; k++)
            {
                Lanes.AddScaled(-qr.Tau[j] * products.Pointer[(k / Rows * SquareStep) + (k % Rows) + (j * Rows)], workspace.Pointer + (k * width), column, Lanes.Ceiling(k + 1));
            }

            column[j] = qr.Tau[j];
        }

        for (var group = 0; group < Groups; group++)
        {
            Lanes.Transpose(workspace.Pointer + (group * SquareStep), width, T(group * Rows), Rows, Rows, width);
        }
    }
}
