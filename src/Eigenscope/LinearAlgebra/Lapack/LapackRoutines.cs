using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>
/// The routines of a LAPACK library, one call at a time: a library spreads each call over its own threads. Matrices are column-major.
/// </summary>
/// <remarks>
/// Every argument is passed by address, the lengths of texts by value after the others. Whole numbers are 64 bits wide: a library of
/// 32-bit integers reads and writes the lower half, as all numbers here fit.
/// </remarks>
internal sealed unsafe class LapackRoutines(nint library, string name)
{
    /// <summary>What a library has to export.</summary>
    public static readonly IReadOnlyList<string> Symbols = ["dsyevd_", "dgesdd_", "sgesdd_", "dgemm_", "dsyrk_"];

    private readonly Lock gate = new();

    private readonly delegate* unmanaged<byte*, byte*, long*, double*, long*, double*, double*, long*, long*, long*, long*, nint, nint, void> syevd =
        (delegate* unmanaged<byte*, byte*, long*, double*, long*, double*, double*, long*, long*, long*, long*, nint, nint, void>)NativeLibrary.GetExport(library, "dsyevd_");

    private readonly delegate* unmanaged<byte*, long*, long*, void*, long*, void*, void*, long*, void*, long*, void*, long*, long*, long*, nint, void> dgesdd =
        (delegate* unmanaged<byte*, long*, long*, void*, long*, void*, void*, long*, void*, long*, void*, long*, long*, long*, nint, void>)NativeLibrary.GetExport(library, "dgesdd_");

    private readonly delegate* unmanaged<byte*, long*, long*, void*, long*, void*, void*, long*, void*, long*, void*, long*, long*, long*, nint, void> sgesdd =
        (delegate* unmanaged<byte*, long*, long*, void*, long*, void*, void*, long*, void*, long*, void*, long*, long*, long*, nint, void>)NativeLibrary.GetExport(library, "sgesdd_");

    private readonly delegate* unmanaged<byte*, byte*, long*, long*, long*, double*, double*, long*, double*, long*, double*, double*, long*, nint, nint, void> gemm =
        (delegate* unmanaged<byte*, byte*, long*, long*, long*, double*, double*, long*, double*, long*, double*, double*, long*, nint, nint, void>)NativeLibrary.GetExport(library, "dgemm_");

    private readonly delegate* unmanaged<byte*, byte*, long*, long*, double*, double*, long*, double*, double*, long*, nint, nint, void> syrk =
        (delegate* unmanaged<byte*, byte*, long*, long*, double*, double*, long*, double*, double*, long*, nint, nint, void>)NativeLibrary.GetExport(library, "dsyrk_");

    /// <summary>C := A B + <paramref name="beta"/> C for square matrices of one order.</summary>
    public void Gemm(int order, double* a, double* b, double beta, double* c)
    {
        var (plain, n, one) = ((byte)'N', (long)order, 1.0);
        lock (gate)
        {
            gemm(&plain, &plain, &n, &n, &n, &one, a, &n, b, &n, &beta, c, &n, 1, 1);
        }
    }

    /// <summary>
    /// The lower triangle of C := C + A A^T, or C + A^T A where <paramref name="transposed"/>. A is order x depth, or depth x order, and its
    /// columns follow each other.
    /// </summary>
    public void Syrk(bool transposed, int order, int depth, double* a, double* c)
    {
        var (lower, form, one) = ((byte)'L', (byte)(transposed ? 'T' : 'N'), 1.0);
        long n = order, k = depth, stride = transposed ? depth : order;
        lock (gate)
        {
            syrk(&lower, &form, &n, &k, &one, a, &stride, &one, c, &n, 1, 1);
        }
    }

    /// <summary>The eigenvalues, ascending, of the symmetric matrix whose lower triangle is A, which is overwritten.</summary>
    /// <exception cref="LapackException">There is no result.</exception>
    public double[] Syevd(int order, double* a)
    {
        var (values, lower) = ((byte)'N', (byte)'L');
        long n = order, query = -1, wholes = 0, info = 0;
        var size = 0.0;
        var eigenvalues = new double[order];
        fixed (double* w = eigenvalues)
        {
            syevd(&values, &lower, &n, a, &n, w, &size, &query, &wholes, &query, &info, 1, 1);
            Check("dsyevd", info);
            var length = (long)Math.Max(size, (2.0 * order) + 1);
            using var work = new AlignedBuffer(length);
            using var wholeWork = new AlignedBuffer(Math.Max(1, wholes));
            lock (gate)
            {
                syevd(&values, &lower, &n, a, &n, w, work.Pointer, &length, (long*)wholeWork.Pointer, &wholes, &info, 1, 1);
            }
        }

        Check("dsyevd", info);
        return eigenvalues;
    }

    /// <summary>The singular values, descending, of the rows x columns matrix A, which is overwritten.</summary>
    /// <exception cref="LapackException">There is no result.</exception>
    public double[] Gesdd(int rows, int columns, double* a)
    {
        var sigma = new double[Math.Min(rows, columns)];
        var size = 0.0;
        fixed (double* s = sigma)
        {
            Check("dgesdd", Gesdd(dgesdd, rows, columns, a, s, &size, -1));
            using var work = new AlignedBuffer(WorkLength(rows, columns, size));
            Check("dgesdd", Gesdd(dgesdd, rows, columns, a, s, work.Pointer, work.Length));
        }

        return sigma;
    }

    /// <summary>The same in float32.</summary>
    /// <exception cref="LapackException">There is no result.</exception>
    public float[] Gesdd(int rows, int columns, float* a)
    {
        var sigma = new float[Math.Min(rows, columns)];
        var size = 0f;
        fixed (float* s = sigma)
        {
            Check("sgesdd", Gesdd(sgesdd, rows, columns, a, s, &size, -1));
            using var work = new AlignedBuffer(WorkLength(rows, columns, size));
            Check("sgesdd", Gesdd(sgesdd, rows, columns, a, s, work.Pointer, work.Length));
        }

        return sigma;
    }

    private long Gesdd(
        delegate* unmanaged<byte*, long*, long*, void*, long*, void*, void*, long*, void*, long*, void*, long*, long*, long*, nint, void> gesdd,
        long rows, long columns, void* a, void* sigma, void* work, long length)
    {
        const int WholesEach = 8;
        byte values = (byte)'N';
        long one = 1, info = 0;
        using var wholes = new AlignedBuffer(WholesEach * Math.Min(rows, columns));
        lock (gate)
        {
            gesdd(&values, &rows, &columns, a, &rows, sigma, null, &one, null, &one, work, &length, (long*)wholes.Pointer, &info, 1);
        }

        return info;
    }

    /// <summary>What the library asks for, rounded up since float32 may have rounded it down, and no less than the least that is documented.</summary>
    private static long WorkLength(long rows, long columns, double asked)
    {
        var (longer, shorter) = (Math.Max(rows, columns), Math.Min(rows, columns));
        return Math.Max((long)Math.Ceiling(asked * (1 + 1e-6)), (3 * shorter) + Math.Max(longer, 7 * shorter));
    }

    /// <summary>A 32-bit library leaves the upper half of <paramref name="info"/> zero.</summary>
    private void Check(string routine, long info)
    {
        if ((int)info != 0)
        {
            throw new LapackException(routine, name, (int)info);
        }
    }
}
