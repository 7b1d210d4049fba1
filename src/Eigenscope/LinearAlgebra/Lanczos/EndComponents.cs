namespace Eigenscope.LinearAlgebra;

/// <summary>
/// All eigenvalues of a symmetric matrix, and of each eigenvector its first and its last 24 components: what a Gauss quadrature and the residuals of
/// block Lanczos need (Golub and Welsch 1969, for blocks).
/// </summary>
/// <remarks>
/// Householder reflections to tridiagonal form, then QL with implicit shifts (Dubrulle 1970; EISPACK imtql2), both applied to 48 rows of the
/// matrix of eigenvectors alone. Eigenvalues are right to a few eps |T|, components to that over the gap to the next eigenvalue, and groups of
/// them to that over the gap around the group. Cost: 2 n^3 + 300 n^2 flops or so.
/// </remarks>
internal sealed unsafe class EndComponents : IDisposable
{
    private const int Width = Frame.Width;
    private const int Rows = 2 * Width;
    private const int MostSweeps = 60;
    private const double Epsilon = 2.220446049250313e-16;

    private readonly int order;
    private readonly double[] d;
    private readonly double[] e;
    private readonly AlignedBuffer components;

    private EndComponents(BlockTridiagonal t, CancellationToken cancellation)
    {
        order = t.Order;
        (d, e) = (new double[order], new double[order]);
        components = new AlignedBuffer((long)order * Rows);
        for (var i = 0; i < Width; i++)
        {
            (Column(i)[i], Column(order - Width + i)[Width + i]) = (1, 1);
        }

        Tridiagonalize(t, cancellation);
        Diagonalize(cancellation);
    }

    /// <summary>The positions of the eigenvalues in ascending order.</summary>
    public int[] Ascending { get; private set; } = [];

    public static EndComponents Of(BlockTridiagonal t, CancellationToken cancellation) => new(t, cancellation);

    public double Value(int position) => d[position];

    /// <summary>The first 24 components of an eigenvector of length 1.</summary>
    public ReadOnlySpan<double> First(int position) => new(Column(position), Width);

    /// <summary>The last 24 components.</summary>
    public ReadOnlySpan<double> Last(int position) => new(Column(position) + Width, Width);

    public void Dispose() => components.Dispose();

    private double* Column(int position) => components.Pointer + ((nint)position * Rows);

    private void Tridiagonalize(BlockTridiagonal t, CancellationToken cancellation)
    {
        var stride = Lanes.Ceiling(order);
        using var matrix = new AlignedBuffer((long)order * stride);
        using var vectors = new AlignedBuffer(2 * stride);
        double* a = matrix.Pointer, v = vectors.Pointer, u = v + stride;
        t.CopyTo(matrix.Span(0, order * stride), stride);
        for (var k = 0; k < order - 1; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            vectors.Clear();
            new Span<double>(a + ((nint)k * stride) + k + 1, order - k - 1).CopyTo(new Span<double>(v + k + 1, order - k - 1));
            d[k] = a[((nint)k * stride) + k];
            var tau = Reflect(v, k + 1, stride, out e[k]);
            if (tau == 0)
            {
                continue;
            }

            var first = Lanes.Floor(k + 1);
            for (var i = k + 1; i < order; i++)
            {
                u[i] = tau * Lanes.Dot(a + ((nint)i * stride) + first, v + first, stride - first);
            }

            Lanes.AddScaled(-0.5 * tau * Lanes.Dot(u + first, v + first, stride - first), v + first, u + first, stride - first);
            for (var i = k + 1; i < order; i++)
            {
                Lanes.AddScaled(-u[i], v + first, -v[i], u + first, a + ((nint)i * stride) + first, stride - first);
            }

            ReflectComponents(v, k + 1, tau);
        }

        d[order - 1] = a[((nint)(order - 1) * stride) + order - 1];
    }

    /// <summary>v such that (I - tau v v^T) x = (beta, 0, ..., 0), from its element <paramref name="at"/> on, where x stands in the place of v.</summary>
    private static double Reflect(double* v, int at, int length, out double beta)
    {
        var first = Lanes.Floor(at);
        var (alpha, norm) = (v[at], Math.Sqrt(Lanes.Dot(v + first, v + first, length - first)));
        if (norm == Math.Abs(alpha))
        {
            beta = alpha;
            return 0;
        }

        beta = alpha > 0 ? -norm : norm;
        v[at] = 1;
        for (var i = at + 1; i < length; i++)
        {
            v[i] /= alpha - beta;
        }

        return (beta - alpha) / beta;
    }

    /// <summary>The 48 rows times I - tau v v^T.</summary>
    private void ReflectComponents(double* v, int first, double tau)
    {
        var sums = stackalloc double[Rows];
        new Span<double>(sums, Rows).Clear();
        for (var j = first; j < order; j++)
        {
            Lanes.AddScaled(v[j], Column(j), sums, Rows);
        }

        for (var j = first; j < order; j++)
        {
            Lanes.AddScaled(-tau * v[j], sums, Column(j), Rows);
        }
    }

    private void Diagonalize(CancellationToken cancellation)
    {
        var norm = d.Max(Math.Abs) + e.Max(Math.Abs);
        for (var l = 0; l < order; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sweeps = 0;
            for (var m = End(l, norm); m > l; m = End(l, norm))
            {
                if (++sweeps > MostSweeps)
                {
                    throw new InvalidOperationException($"QL found no eigenvalue in {MostSweeps} sweeps");
                }

                Sweep(l, m);
            }
        }

        Ascending = [.. Enumerable.Range(0, order).OrderBy(i => d[i]).ThenBy(i => i)];
    }

    /// <summary>The end of the unreduced part of the matrix that begins at l.</summary>
    private int End(int l, double norm)
    {
        var m = l;
        while (m < order - 1 && Math.Abs(e[m]) > Epsilon * norm)
        {
            m++;
        }

        return m;
    }

    /// <summary>One sweep of plane rotations from m up to l.</summary>
    private void Sweep(int l, int m)
    {
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        g = d[m] - d[l] + (e[l] / (g + Math.CopySign(Math.Sqrt((g * g) + 1), g)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (s * e[i], c * e[i]);
            var r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            Rotate(Column(i), Column(i + 1), s, c);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    /// <summary>x := c x - s y, y := s x + c y</summary>
    private static void Rotate(double* x, double* y, double s, double c)
    {
        for (var i = 0; i < Rows; i++)
        {
            (x[i], y[i]) = ((c * x[i]) - (s * y[i]), (s * x[i]) + (c * y[i]));
        }
    }
}
