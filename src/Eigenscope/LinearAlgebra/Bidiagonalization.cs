namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a matrix to upper bidiagonal form by Householder reflections from both sides, B = U^T W V (Golub and Kahan 1965);
/// U and V are not kept.
/// </summary>
/// <remarks>
/// W is never squared, so that singular values keep an absolute error of order eps sigma_max. The whole matrix is held in float64.
/// Cost: 4 (N M^2 - M^3 / 3) flops in matrix-vector operations for an N x M matrix, M &lt;= N.
/// </remarks>
internal sealed unsafe class Bidiagonalization : IDisposable
{
    /// <summary>A vector whose squared norm is below this is zero; W is scaled to a largest element of order 1 first.</summary>
    private const double NegligibleSquare = 1e-280;

    private readonly int rows;
    private readonly int columns;
    private readonly int stride;
    private readonly AlignedBuffer a;
    private readonly AlignedBuffer v;
    private readonly AlignedBuffer y;
    private readonly double[] u;

    private Bidiagonalization(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        stride = (rows + Lanes.Count - 1) / Lanes.Count * Lanes.Count;
        a = new AlignedBuffer((long)stride * columns);
        (v, y, u) = (new AlignedBuffer(stride), new AlignedBuffer(stride), new double[columns]);
    }

    /// <summary>
    /// Reduces W (or its transpose, whichever is tall) and gives B as the Golub-Kahan tridiagonal matrix of order 2M: zero diagonal,
    /// d_1, e_1, d_2, e_2, ..., d_M beside it. Its eigenvalues are the singular values of W / scale and their negatives.
    /// </summary>
    /// <returns>The tridiagonal matrix, and the power of two by which W was divided.</returns>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static (Tridiagonal Matrix, double Scale) Of(IMatrix w, CancellationToken cancellation)
    {
        var (rows, columns) = (Math.Max(w.Rows, w.Columns), Math.Min(w.Rows, w.Columns));
        using var reduction = new Bidiagonalization(rows, columns);
        reduction.Load(w, cancellation);
        var scale = reduction.ScaleToOne(w);
        return (reduction.Run(cancellation), scale);
    }

    public void Dispose()
    {
        a.Dispose();
        v.Dispose();
        y.Dispose();
    }

    private void Load(IMatrix w, CancellationToken cancellation)
    {
        var row = new double[w.Columns];
        for (var i = 0; i < w.Rows; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            w.Read(i, 0, 1, row.Length, row, row.Length);
            for (var j = 0; j < row.Length; j++)
            {
                (w.Rows >= w.Columns ? ref Column(j)[i] : ref Column(i)[j]) = row[j];
            }
        }
    }

    private double ScaleToOne(IMatrix w)
    {
        var largest = 0.0;
        for (var j = 0; j < columns; j++)
        {
            if (!Lanes.AllFinite(Column(j), stride))
            {
                NonFiniteElementException.ThrowFirst(w);
            }

            largest = Math.Max(largest, Lanes.LargestMagnitude(Column(j), stride));
        }

        var scale = PowerOfTwo.AtOrBelow(largest);
        for (var j = 0; j < columns && scale != 1; j++)
        {
            PowerOfTwo.Divide(new Span<double>(Column(j), stride), scale);
        }

        return scale;
    }

    private Tridiagonal Run(CancellationToken cancellation)
    {
        var beside = new double[(2 * columns) - 1];
        for (var k = 0; k < columns; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            beside[2 * k] = ReflectColumn(k);
            if (k < columns - 1)
            {
                beside[(2 * k) + 1] = ReflectRow(k);
            }
        }

        return new Tridiagonal(new double[2 * columns], beside);
    }

    /// <summary>Reflects what is below the diagonal of column k to zero, applies the reflector to the columns after it, and returns d_k.</summary>
    private double ReflectColumn(int k)
    {
        var from = Lanes.Floor(k);
        var column = Column(k);
        var length = stride - from;
        new Span<double>(v.Pointer + from, length).Clear();
        new ReadOnlySpan<double>(column + k + 1, rows - k - 1).CopyTo(new Span<double>(v.Pointer + k + 1, rows - k - 1));
        var tau = Reflector(column[k], Lanes.Dot(v.Pointer + from, v.Pointer + from, length), out var beta, out var factor);
        if (tau == 0)
        {
            return beta;
        }

        Lanes.Scale(factor, v.Pointer + from, length);
        v.Pointer[k] = 1;
        for (var j = k + 1; j < columns; j++)
        {
            var projection = Lanes.Dot(v.Pointer + from, Column(j) + from, length);
            Lanes.AddScaled(-tau * projection, v.Pointer + from, Column(j) + from, length);
        }

        return beta;
    }

    /// <summary>Reflects row k right of its superdiagonal to zero, applies the reflector to the rows below, and returns e_k.</summary>
    private double ReflectRow(int k)
    {
        var square = 0.0;
        for (var j = k + 2; j < columns; j++)
        {
            u[j] = Column(j)[k];
            square += u[j] * u[j];
        }

        var tau = Reflector(Column(k + 1)[k], square, out var beta, out var factor);
        if (tau != 0)
        {
            u[k + 1] = 1 / factor;
            ApplyFromRight(k + 1, tau, factor);
        }

        return beta;
    }

    /// <summary>A := A (I - tau u u^T) for the columns from <paramref name="first"/> on and the rows from <paramref name="first"/> down.</summary>
    private void ApplyFromRight(int first, double tau, double factor)
    {
        var from = Lanes.Floor(first);
        var length = stride - from;
        new Span<double>(y.Pointer + from, length).Clear();
        for (var j = first; j < columns; j++)
        {
            u[j] *= factor;
            Lanes.AddScaled(u[j], Column(j) + from, y.Pointer + from, length);
        }

        for (var j = first; j < columns; j++)
        {
            Lanes.AddScaled(-tau * u[j], y.Pointer + from, Column(j) + from, length);
        }
    }

    /// <summary>
    /// The reflector I - tau v v^T that maps (alpha, x) to (beta, 0), v = (1, factor * x), from alpha and |x|^2; tau is 0 where x is zero.
    /// </summary>
    private static double Reflector(double alpha, double square, out double beta, out double factor)
    {
        if (square < NegligibleSquare)
        {
            (beta, factor) = (alpha, 0);
            return 0;
        }

        beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + square), alpha);
        factor = 1 / (alpha - beta);
        return (beta - alpha) / beta;
    }

    private double* Column(int j) => a.Pointer + ((nint)j * stride);
}
