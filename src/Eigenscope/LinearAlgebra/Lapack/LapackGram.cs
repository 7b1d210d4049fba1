namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>
/// The Gram matrix of the smaller side of W / Scale by dsyrk, and its eigenvalues by dsyevd. W is read in blocks along its longer side, widened to
/// float64, and never held whole.
/// </summary>
internal sealed unsafe class LapackGram : IDisposable
{
    /// <summary>How many rows of W, or columns of a wide W, are added by one dsyrk.</summary>
    private const int Depth = 512;

    /// <summary>The squares of weights whose largest lies between these bounds lose nothing that counts.</summary>
    private const double Smallest = 1e-50;
    private const double Largest = 1e50;

    private readonly LapackRoutines routines;
    private readonly int order;
    private readonly AlignedBuffer values;
    private readonly AlignedBuffer block;

    private LapackGram(IMatrix w, LapackRoutines routines)
    {
        this.routines = routines;
        order = Math.Min(w.Rows, w.Columns);
        values = new AlignedBuffer((long)order * order);
        block = new AlignedBuffer((long)order * Math.Min(Depth, Math.Max(w.Rows, w.Columns)), zeroed: false);
    }

    /// <summary>The eigenvalues of the Gram matrix of W / scale, ascending and none negative, and the scale: a power of two, 1 for all but extreme weights.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    /// <exception cref="LapackException">There is no result.</exception>
    public static (double[] Lambda, double Scale) Eigenvalues(IMatrix w, LapackRoutines routines, CancellationToken cancellation)
    {
        using var gram = new LapackGram(w, routines);
        var (largest, scale) = (gram.Add(w, 1, cancellation), 1.0);
        if (largest is not (0 or (>= Smallest and <= Largest)))
        {
            scale = PowerOfTwo.AtOrBelow(largest);
            gram.values.Clear();
            gram.Add(w, scale, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        return (Array.ConvertAll(routines.Syevd(gram.order, gram.values.Pointer), lambda => Math.Max(0, lambda)), scale);
    }

    public void Dispose()
    {
        values.Dispose();
        block.Dispose();
    }

    /// <summary>Adds the Gram matrix of W / <paramref name="scale"/>, and returns the largest magnitude in W.</summary>
    private double Add(IMatrix w, double scale, CancellationToken cancellation)
    {
        var (isWide, length, largest) = (w.Columns > w.Rows, Math.Max(w.Rows, w.Columns), 0.0);
        for (var start = 0; start < length; start += Depth)
        {
            cancellation.ThrowIfCancellationRequested();
            var depth = Math.Min(Depth, length - start);
            var tile = block.Span(0, checked(order * depth));
            largest = Math.Max(largest, isWide ? FiniteTile.Read(w, 0, start, order, depth, tile) : FiniteTile.Read(w, start, 0, depth, order, tile));
            if (scale != 1)
            {
                PowerOfTwo.Divide(tile, scale);
            }

            routines.Syrk(isWide, order, depth, block.Pointer, values.Pointer);
        }

        return largest;
    }
}
