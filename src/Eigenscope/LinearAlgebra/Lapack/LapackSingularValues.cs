namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>The singular values of W itself by dgesdd, with the whole W in float64.</summary>
internal static unsafe class LapackSingularValues
{
    /// <summary>How many rows are read at a time.</summary>
    private const int Rows = 64;

    /// <summary>The singular values of W, ascending. W is divided by the power of two that brings its largest element to order 1 first.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    /// <exception cref="LapackException">There is no result.</exception>
    public static double[] Of(IMatrix w, LapackRoutines routines, CancellationToken cancellation)
    {
        using var whole = new AlignedBuffer((long)w.Rows * w.Columns, zeroed: false);
        var scale = PowerOfTwo.AtOrBelow(Load(w, whole, cancellation));
        for (var start = 0; start < w.Rows && scale != 1; start += Rows)
        {
            PowerOfTwo.Divide(Block(w, whole, start), scale);
        }

        cancellation.ThrowIfCancellationRequested();
        var sigma = routines.Gesdd(w.Columns, w.Rows, whole.Pointer);
        Array.Reverse(sigma);
        return Array.ConvertAll(sigma, value => value * scale);
    }

    /// <summary>Reads W row by row, which is W^T column by column, and returns its largest magnitude.</summary>
    private static double Load(IMatrix w, AlignedBuffer whole, CancellationToken cancellation)
    {
        var largest = 0.0;
        for (var start = 0; start < w.Rows; start += Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = Block(w, whole, start);
            largest = Math.Max(largest, FiniteTile.Read(w, start, 0, block.Length / w.Columns, w.Columns, block));
        }

        return largest;
    }

    private static Span<double> Block(IMatrix w, AlignedBuffer whole, int start) =>
        whole.Span((long)start * w.Columns, checked(Math.Min(Rows, w.Rows - start) * w.Columns));
}
