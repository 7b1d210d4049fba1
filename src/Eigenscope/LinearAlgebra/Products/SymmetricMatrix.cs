namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A symmetric matrix, its lower triangle in panels of 24 rows (see <see cref="Panel"/>): panel I holds the columns up to its diagonal block, and
/// the diagonal blocks are whole. Rows and columns past the order are zero, so that kernels need no edge cases.
/// </summary>
internal sealed unsafe class SymmetricMatrix : IPanels, IDisposable
{
    private readonly AlignedBuffer buffer;

    public SymmetricMatrix(int order, bool zeroed = true)
    {
        Order = order;
        Panels = Panel.Count(order);
        buffer = new AlignedBuffer(Length(order), zeroed);
    }

    public int Order { get; }

    /// <summary>The number of panels.</summary>
    public int Panels { get; }

    /// <summary>Element (i, j), j &lt;= i or in the diagonal block of i.</summary>
    public ref double this[int i, int j] => ref Start(i / Panel.Rows)[((nint)j * Panel.Rows) + (i % Panel.Rows)];

    /// <summary>The doubles that a matrix of some order takes.</summary>
    public static long Length(int order) => Offset(Panel.Count(order));

    /// <inheritdoc/>
    public double* Start(int panel) => buffer.Pointer + Offset(panel);

    /// <summary>The 24 x 24 block in a panel of rows and one of columns.</summary>
    public double* Block(int rowPanel, int columnPanel) => Start(rowPanel) + ((nint)columnPanel * Panel.Block);

    /// <summary>The distance from a column's elements in a panel to those in the next.</summary>
    public static nint Jump(int panel) => (nint)(panel + 1) * Panel.Block;

    public void Dispose() => buffer.Dispose();

    private static nint Offset(int panel) => (nint)panel * (panel + 1) / 2 * Panel.Block;
}
