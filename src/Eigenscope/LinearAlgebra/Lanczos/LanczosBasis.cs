namespace Eigenscope.LinearAlgebra;

/// <summary>The frames Q_0, Q_1, ... of a block Krylov space, orthonormal as a whole, and the products with them.</summary>
internal sealed unsafe class LanczosBasis : IDisposable
{
    /// <summary>Elements in one chain of a product of two vectors.</summary>
    private const int Depth = 4096;

    /// <summary>Elements of a frame that one piece of work changes.</summary>
    private const int Piece = 30 * TileKernel.Columns;

    private readonly Execution execution;
    private readonly List<Frame> frames = [];
    private readonly AlignedBuffer products;

    public LanczosBasis(int mostFrames, Execution execution)
    {
        this.execution = execution;
        products = new AlignedBuffer((long)mostFrames * Panel.Block);
    }

    /// <summary>The frame added last.</summary>
    public Frame Last => frames[^1];

    /// <summary>Takes a frame that is orthonormal and orthogonal to all before it.</summary>
    public void Add(Frame frame) => frames.Add(frame);

    /// <summary>y := y - Q Q^T y. Classical Gram-Schmidt by blocks.</summary>
    /// <param name="y">A frame.</param>
    /// <param name="last">Q_last^T y, element (i, j) at 24 i + j.</param>
    public void Remove(Frame y, Span<double> last)
    {
        execution.ForEach(frames.Count * Frame.Width / TileKernel.Columns, column => Multiply(y, column * TileKernel.Columns));
        new Span<double>(products.Pointer + ((nint)(frames.Count - 1) * Panel.Block), Panel.Block).CopyTo(last);
        execution.ForEach((y.Padded + Piece - 1) / Piece, piece => Subtract(y, piece * Piece));
    }

    public void Dispose()
    {
        frames.ForEach(frame => frame.Dispose());
        products.Dispose();
    }

    /// <summary>The products of the 24 vectors of y with eight of the basis: a column of products for each vector of the basis.</summary>
    private void Multiply(Frame y, int first)
    {
        var to = products.Pointer + ((nint)first * Frame.Width);
        var q = frames[first / Frame.Width].Pointer + (first % Frame.Width);
        new Span<double>(to, TileKernel.Tile).Clear();
        for (var k = 0; k < y.Padded; k += Depth)
        {
            var at = (nint)k * Frame.Width;
            execution.Kernel.Across(TileKernel.Depth.Of(Math.Min(Depth, y.Padded - k)), y.Pointer + at, q + at, to, Frame.Width);
        }
    }

    private void Subtract(Frame y, int first)
    {
        for (var k = first; k < Math.Min(y.Padded, first + Piece); k += TileKernel.Columns)
        {
            var at = (nint)k * Frame.Width;
            for (var i = 0; i < frames.Count; i++)
            {
                execution.Kernel.Along(TileKernel.Depth.OfPanels(1, 0), products.Pointer + ((nint)i * Panel.Block), frames[i].Pointer + at, y.Pointer + at, Frame.Width, TileKernel.Update.Subtract);
            }
        }
    }
}
