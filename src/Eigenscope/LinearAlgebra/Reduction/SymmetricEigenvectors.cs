namespace Eigenscope.LinearAlgebra;

/// <summary>
/// All eigenvalues and eigenvectors of a symmetric matrix A = V diag(lambda) V^T: Householder's tridiagonal form, then the QL algorithm with implicit shifts (Wilkinson and Reinsch 1971,
/// II/2 and II/4), its rotations applied to the rows of V^T.
/// </summary>
/// <remarks>
/// |A v - lambda v| and the departure of V from orthogonality are of order n eps |A| and n eps. About 6 n^3 operations on one thread; for vectors of a few thousand rows at most.
/// Where eigenvalues are equal their vectors are an arbitrary basis of the space that they have in common.
/// </remarks>
internal sealed unsafe class SymmetricEigenvectors : IDisposable
{
    private const int MostSteps = 60;

    private readonly int n;
    private readonly int length;
    private readonly double[] values;
    private readonly double[] offDiagonal;
    private readonly AlignedBuffer vectors;

    private SymmetricEigenvectors(int n)
    {
        (this.n, length) = (n, Lanes.Ceiling(n));
        (values, offDiagonal) = (new double[n], new double[n]);
        vectors = new AlignedBuffer((long)n * length, zeroed: true);
    }

    /// <summary>The eigenvalues, ascending.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>The doubles that are held at the same time.</summary>
    public static long Doubles(int n) => 2L * n * Lanes.Ceiling(n);

    /// <summary>The eigenvector that belongs to the k-th eigenvalue, of length 1 and arbitrary sign.</summary>
    public ReadOnlySpan<double> Vector(int k) => new(Row(k), n);

    /// <summary>The eigenvectors of a matrix, whose contents stay.</summary>
    /// <exception cref="InvalidOperationException">The QL algorithm does not converge; no matrix is known for which that happens.</exception>
    public static SymmetricEigenvectors Of(SymmetricMatrix a, CancellationToken cancellation)
    {
        var result = new SymmetricEigenvectors(a.Order);
        try
        {
            result.Tridiagonalize(a, cancellation);
            result.Diagonalize(cancellation);
            result.Sort();
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    public void Dispose() => vectors.Dispose();

    private double* Row(int i) => vectors.Pointer + ((nint)i * length);

    private void Tridiagonalize(SymmetricMatrix a, CancellationToken cancellation)
    {
        using var work = new AlignedBuffer(((long)n + 2) * length, zeroed: true);
        var factors = new double[n];
        double* m = work.Pointer, p = m + ((nint)n * length);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                m[((nint)i * length) + j] = m[((nint)j * length) + i] = a[i, j];
            }
        }

        for (var k = 0; k < n - 1; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            values[k] = m[((nint)k * length) + k];
            factors[k] = Reflect(m, p, k);
        }

        values[n - 1] = m[((nint)(n - 1) * length) + n - 1];
        for (var i = 0; i < n; i++)
        {
            Row(i)[i] = 1;
        }

        for (var k = n - 2; k >= 0; k--)
        {
            Accumulate(m + ((nint)k * length), factors[k], k);
        }
    }

    /// <summary>Takes the elements behind the subdiagonal of column k away by a reflector I - t v v^T from both sides; v takes their place in row k, and t is returned.</summary>
    private double Reflect(double* m, double* p, int k)
    {
        var v = m + ((nint)k * length);
        var (first, start) = (k + 1, Lanes.Floor(k + 1));
        for (var j = start; j < first; j++)
        {
            v[j] = 0;
        }

        var norm = Math.Sqrt(Lanes.Dot(v + start, v + start, length - start));
        offDiagonal[k] = v[first] > 0 ? -norm : norm;
        if (norm == 0 || first == n - 1)
        {
            offDiagonal[k] = v[first];
            return 0;
        }

        v[first] -= offDiagonal[k];
        var t = 2 / Lanes.Dot(v + start, v + start, length - start);
        for (var j = start; j < length; j++)
        {
            p[j] = 0;
        }

        for (var i = first; i < n; i++)
        {
            p[i] = t * Lanes.Dot(m + ((nint)i * length) + start, v + start, length - start);
        }

        Lanes.AddScaled(-t / 2 * Lanes.Dot(p + start, v + start, length - start), v + start, p + start, length - start);
        for (var i = first; i < n; i++)
        {
            Lanes.AddScaled(-v[i], p + start, -p[i], v + start, m + ((nint)i * length) + start, length - start);
        }

        return t;
    }

    /// <summary>V^T := V^T (I - t v v^T), where V^T is the identity in the first k + 1 rows.</summary>
    private void Accumulate(double* v, double t, int k)
    {
        var start = Lanes.Floor(k + 1);
        for (var i = k + 1; i < n && t != 0; i++)
        {
            Lanes.AddScaled(-t * Lanes.Dot(Row(i) + start, v + start, length - start), v + start, Row(i) + start, length - start);
        }
    }

    private void Diagonalize(CancellationToken cancellation)
    {
        for (var l = 0; l < n; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var step = 0; SmallAfter(l) is var m && m > l; step++)
            {
                if (step >= MostSteps)
                {
                    throw new InvalidOperationException($"the QL algorithm has not found eigenvalue {l} of {n} in {MostSteps} steps");
                }

                Sweep(l, m);
            }
        }
    }

    /// <summary>The first place from l on where the matrix falls apart.</summary>
    private int SmallAfter(int l)
    {
        var m = l;
        while (m < n - 1 && !IsNegligible(m))
        {
            m++;
        }

        return m;
    }

    private bool IsNegligible(int m)
    {
        var scale = Math.Abs(values[m]) + Math.Abs(values[m + 1]);
        return Math.Abs(offDiagonal[m]) + scale == scale;
    }

    private void Sweep(int l, int m)
    {
        var g = (values[l + 1] - values[l]) / (2 * offDiagonal[l]);
        var r = double.Hypot(g, 1);
        g = values[m] - values[l] + (offDiagonal[l] / (g + Math.CopySign(r, g)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (s * offDiagonal[i], c * offDiagonal[i]);
            r = double.Hypot(f, g);
            offDiagonal[i + 1] = r;
            if (r == 0)
            {
                values[i + 1] -= p;
                offDiagonal[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = values[i + 1] - p;
            r = ((values[i] - g) * s) + (2 * c * b);
            p = s * r;
            values[i + 1] = g + p;
            g = (c * r) - b;
            Lanes.Rotate(c, s, Row(i), Row(i + 1), length);
        }

        values[l] -= p;
        offDiagonal[l] = g;
        offDiagonal[m] = 0;
    }

    private void Sort()
    {
        for (var i = 0; i < n - 1; i++)
        {
            var least = i;
            for (var j = i + 1; j < n; j++)
            {
                least = values[j] < values[least] ? j : least;
            }

            if (least != i)
            {
                (values[i], values[least]) = (values[least], values[i]);
                new Span<double>(Row(i), length).Swap(new Span<double>(Row(least), length));
            }
        }
    }
}

/// <summary>What spans lack.</summary>
file static class Spans
{
    public static void Swap(this Span<double> a, Span<double> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = (b[i], a[i]);
        }
    }
}
