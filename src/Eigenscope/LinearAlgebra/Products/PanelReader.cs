namespace Eigenscope.LinearAlgebra;

/// <summary>
/// W on its way into a product: portion after portion of up to <see cref="Most"/> of its columns, in panels of 24 of its rows; or, read by rows, portions of its
/// rows, in panels of 24 of its columns.
/// </summary>
internal sealed unsafe class PanelReader : IPanels, IDisposable
{
    /// <summary>The most columns of a panel: enough that the rows of a wide matrix are read in long pieces.</summary>
    public const int Most = 2 * PanelProduct.Depth;

    private readonly PanelTiles tiles;
    private readonly int length;
    private readonly int most;
    private readonly int room;
    private readonly AlignedBuffer vectors;
    private int next;

    /// <param name="w">W.</param>
    /// <param name="byRows">True for portions of rows.</param>
    /// <param name="scale">A power of two that W is divided by.</param>
    /// <param name="execution">How the work is done.</param>
    /// <param name="most">The most rows or columns of a portion.</param>
    public PanelReader(IMatrix w, bool byRows, double scale, Execution execution, int most = Most)
    {
        (tiles, this.most) = (new PanelTiles(w, byRows, scale, execution), most);
        length = byRows ? w.Rows : w.Columns;
        var panels = Panel.Count(byRows ? w.Columns : w.Rows);
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
        tiles.Read(first, Count, vectors.Pointer, Step);
        return true;
    }

    public void Dispose() => vectors.Dispose();
}
