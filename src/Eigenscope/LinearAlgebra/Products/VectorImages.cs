namespace Eigenscope.LinearAlgebra;

/// <summary>
/// W v for many vectors v on the smaller side of W (W^T v where W is wide), with |W v|.
/// </summary>
/// <remarks>
/// W is read once, in the portions and panels of <see cref="Gram"/>. An element is summed in chains of 96 terms whose sum carries along what its own rounding loses (<see cref="LongProduct"/>).
/// Cost: 2 N M flops a vector for an N x M matrix.
/// </remarks>
internal sealed unsafe class VectorImages : IDisposable
{
    private const int Rows = Panel.Rows;

    /// <summary>Strips of eight columns of a portion that are worked on together, so that the vectors are read from near for all of them but the first.</summary>
    private const int Strips = 8;

    private readonly int length;
    private readonly nint padded;
    private readonly int inner;
    private readonly AlignedBuffer panels;
    private readonly AlignedBuffer images;

    private VectorImages(IMatrix w, int vectorPanels)
    {
        (length, inner) = (Math.Max(w.Rows, w.Columns), Panel.Count(Math.Min(w.Rows, w.Columns)));
        padded = Lanes.Ceiling(length);
        (panels, images) = (new AlignedBuffer(vectorPanels * padded * Rows), new AlignedBuffer(vectorPanels * padded * Rows, zeroed: false));
    }

    /// <summary>The images of all vectors of W / <paramref name="scale"/>, a power of two.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static VectorImages Of(IMatrix w, double scale, LeadingEigenvectors vectors, Execution execution)
    {
        var result = new VectorImages(w, vectors.Panels);
        try
        {
            result.Multiply(w, scale, vectors, execution);
            execution.ForEach(vectors.Panels, result.Finish);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>|W v| of the k-th vector.</summary>
    public double Norm(int k) => Math.Sqrt(Lanes.Dot(Image(k), Image(k), (int)padded));

    /// <summary>W v / |W v| of the k-th vector.</summary>
    public double[] Direction(int k)
    {
        var from = Image(k);
        var (norm, direction) = (Norm(k), new double[length]);
        for (var i = 0; i < length; i++)
        {
            direction[i] = from[i] / norm;
        }

        return direction;
    }

    public void Dispose()
    {
        panels.Dispose();
        images.Dispose();
    }

    private double* Image(int k) => images.Pointer + (k * padded);

    private double* Start(int panel) => panels.Pointer + (panel * padded * Rows);

    private void Multiply(IMatrix w, double scale, LeadingEigenvectors vectors, Execution execution)
    {
        using var portion = new PanelReader(w, byRows: w.Rows >= w.Columns, scale, execution);
        for (var first = 0; portion.ReadNext(); first += portion.Count)
        {
            var strips = Lanes.Ceiling(portion.Count) / TileKernel.Columns;
            var pieces = (strips + Strips - 1) / Strips;
            var start = first;
            execution.ForEach(pieces * vectors.Panels, piece =>
            {
                var (panel, strip) = (piece / pieces, piece % pieces * Strips);
                MultiplyStrips(portion, strip, Math.Min(Strips, strips - strip), vectors.Start(panel), Start(panel) + ((nint)start * Rows), execution.Kernel);
            });
        }
    }

    private void MultiplyStrips(PanelReader portion, int first, int count, double* vectors, double* to, TileKernel kernel)
    {
        var lost = stackalloc double[Strips * TileKernel.Tile];
        new Span<double>(lost, Strips * TileKernel.Tile).Clear();
        to += first * TileKernel.Tile;
        for (var start = 0; start < inner; start += LongProduct.Chain)
        {
            var depth = TileKernel.Depth.OfPanels(Math.Min(LongProduct.Chain, inner - start), portion.Step);
            for (var strip = 0; strip < count; strip++)
            {
                var tile = strip * TileKernel.Tile;
                LongProduct.Add(kernel, depth, vectors + ((nint)start * Panel.Block), portion.Start(start) + (first * TileKernel.Tile) + tile, to + tile, lost + tile);
            }
        }

        Lanes.AddScaled(1, lost, to, count * TileKernel.Tile);
    }

    /// <summary>Lays the images of a panel out one after another; what a last strip has beyond W is anything, and becomes zero.</summary>
    private void Finish(int panel)
    {
        new Span<double>(Start(panel) + ((nint)length * Rows), (int)(padded - length) * Rows).Clear();
        Lanes.Transpose(Start(panel), Rows, Image(panel * Rows), padded, (int)padded, Rows);
    }
}
