using System.Runtime.CompilerServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// W on its way into a product: portion after portion of up to <see cref="Most"/> of its columns, in panels of 24 of its rows; or, read by rows, portions of its
/// rows, in panels of 24 of its columns.
/// </summary>
internal sealed unsafe class PanelReader : IPanels, IDisposable
{
    /// <summary>The most columns of a panel: enough that the rows of a wide matrix are read in long pieces.</summary>
    public const int Most = 2 * PanelProduct.Depth;

    /// <summary>About how many float64 values are read at a time by one thread, so that they are still in its cache when they are laid out.</summary>
    private const int TileElements = 1 << 15;

    private readonly IMatrix w;
    private readonly double scale;
    private readonly Execution execution;
    private readonly bool byRows;
    private readonly int length;
    private readonly int most;
    private readonly int room;
    private readonly int panels;
    private readonly AlignedBuffer vectors;
    private int next;

    /// <param name="w">W.</param>
    /// <param name="byRows">True for portions of rows.</param>
    /// <param name="scale">A power of two that W is divided by.</param>
    /// <param name="execution">How the work is done.</param>
    /// <param name="most">The most rows or columns of a portion.</param>
    public PanelReader(IMatrix w, bool byRows, double scale, Execution execution, int most = Most)
    {
        (this.w, this.byRows, this.scale, this.execution, this.most) = (w, byRows, scale, execution, most);
        length = byRows ? w.Rows : w.Columns;
        panels = Panel.Count(byRows ? w.Columns : w.Rows);
        room = Lanes.Ceiling(Math.Min(most, length));
        vectors = new AlignedBuffer((long)panels * Panel.Rows * room, zeroed: false);
    }

    /// <summary>Columns of the panels in the present portion.</summary>
    public int Count { get; private set; }

    /// <summary>From one panel to the next, in doubles: room for a multiple of eight columns.</summary>
    public nint Step => (nint)Panel.Rows * room;

    /// <inheritdoc/>
    public double* Start(int panel) => vectors.Pointer + (panel * Step);

    /// <summary>Reads the next portion; false where there is none.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public bool ReadNext()
    {
        var first = next;
        Count = Math.Min(most, length - first);
        if (Count <= 0)
        {
            return false;
        }

        next += Count;
        if (byRows)
        {
            var rows = Math.Clamp(TileElements / w.Columns, 1, Count);
            execution.ForEach((Count + rows - 1) / rows, tile => ReadRows(first, tile * rows, Math.Min(rows, Count - (tile * rows))));
        }
        else
        {
            execution.ForEach(panels, panel => ReadColumns(panel, first));
        }

        return true;
    }

    public void Dispose() => vectors.Dispose();

    /// <summary>Some rows of W, each a column of all panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadRows(int first, int vector, int count)
    {
        var stride = panels * Panel.Rows;
        using var tile = new AlignedBuffer(count * stride, zeroed: stride > w.Columns);
        w.Read(first + vector, 0, count, w.Columns, tile.Span(0, count * stride), stride);
        Check(tile.Pointer, count * stride);
        for (var panel = 0; panel < panels; panel++)
        {
            double* from = tile.Pointer + (panel * Panel.Rows), to = Start(panel) + (vector * Panel.Rows);
            for (var k = 0; k < count; k++, from += stride, to += Panel.Rows)
            {
                Lanes.Copy(from, to, Panel.Rows);
            }
        }
    }

    /// <summary>The columns of a portion, of 24 rows of W.</summary>
    private void ReadColumns(int panel, int first)
    {
        var rows = Math.Min(Panel.Rows, w.Rows - (panel * Panel.Rows));
        var stride = Lanes.Ceiling(Count) + Lanes.Count;
        using var tile = new AlignedBuffer(Panel.Rows * stride);
        w.Read(panel * Panel.Rows, first, rows, Count, tile.Span(0, Panel.Rows * stride), stride);
        Check(tile.Pointer, Panel.Rows * stride);
        Lanes.Transpose(tile.Pointer, stride, Start(panel), Panel.Rows, Panel.Rows, Count);
    }

    private void Check(double* tile, int length)
    {
        if (!Lanes.AllFinite(tile, length))
        {
            NonFiniteElementException.ThrowFirst(w);
        }

        if (scale != 1)
        {
            PowerOfTwo.Divide(new Span<double>(tile, length), scale);
        }
    }
}
