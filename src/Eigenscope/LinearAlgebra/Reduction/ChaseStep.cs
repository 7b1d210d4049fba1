using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// One step of a sweep of <see cref="BulgeChase"/>, with the reflectors of the sweeps of a group.
/// </summary>
/// <remarks>
/// A reflector H = I - tau v v^T of b rows meets the diagonal block D and the block B below it: D := H D H = D - v w^T - w v^T with p = tau D v and
/// w = p - (tau/2)(p . v) v, and B := G B H, where G clears the first column of B H. Blocks are worked through 24 rows at a time, in
/// three groups of eight lanes; all sums run in these lanes.
/// </remarks>
internal sealed unsafe class ChaseStep : IDisposable
{
    private const int Rows = Panel.Rows;
    private const int Second = Lanes.Count;
    private const int Third = 2 * Lanes.Count;

    private readonly SymmetricBand band;
    private readonly ChaseReflectors? store;
    private readonly int width;
    private readonly nint stride;
    private readonly AlignedBuffer reflectors;
    private readonly double[] tau;
    private readonly AlignedBuffer workspace;
    private readonly double* y;
    private readonly double* z;
    private readonly double* u;

    /// <param name="band">The band.</param>
    /// <param name="sweeps">The most sweeps under way at a time.</param>
    /// <param name="store">Where all reflectors go; null where none is wanted again.</param>
    public ChaseStep(SymmetricBand band, int sweeps, ChaseReflectors? store = null)
    {
        (this.band, this.store, width, stride) = (band, store, band.Width, band.Stride - 1);
        (reflectors, tau) = (new AlignedBuffer((long)sweeps * width), new double[sweeps]);
        workspace = new AlignedBuffer(3 * width);
        y = workspace.Pointer;
        z = y + width;
        u = z + width;
    }

    /// <summary>Does step <paramref name="step"/> of a sweep, whose reflector is kept under <paramref name="slot"/>.</summary>
    public void Run(int slot, int sweep, int step)
    {
        var v = store is null ? reflectors.Pointer + (slot * width) : store.V(sweep, step);
        var first = sweep + 1 + (step * width);
        if (step == 0)
        {
            tau[slot] = Clear(band.At(first, sweep), v);
        }

        if (store is not null)
        {
            store.Tau(sweep, step) = tau[slot];
        }

        if (tau[slot] != 0)
        {
            Reflect(band.At(first, first), v, tau[slot]);
        }

        if (first + width < band.Order)
        {
            tau[slot] = Advance(band.At(first + width, first), v, store is null ? v : store.V(sweep, step + 1), tau[slot]);
        }
    }

    public void Dispose()
    {
        reflectors.Dispose();
        workspace.Dispose();
    }

    /// <summary>The reflector that clears a column of b elements below its first one; clears it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Clear(double* x, double* v)
    {
        var tail = Vector512.Load(x) & Below(0);
        var sum = tail * tail;
        for (var i = Lanes.Count; i < width; i += Lanes.Count)
        {
            var xi = Vector512.Load(x + i);
            sum = Vector512.FusedMultiplyAdd(xi, xi, sum);
        }

        var reflector = Reflector.Of(x[0], Lanes.Sum(sum));
        (Vector512.CreateScalar(1.0) + (tail * reflector.Factor)).Store(v);
        Vector512.CreateScalar(reflector.Beta).Store(x);
        for (var i = Lanes.Count; i < width; i += Lanes.Count)
        {
            (Vector512.Load(x + i) * reflector.Factor).Store(v + i);
            Vector512<double>.Zero.Store(x + i);
        }

        return reflector.Tau;
    }

    /// <summary>D := H D H; <paramref name="d"/> is its first element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reflect(double* d, double* v, double tau)
    {
        new Span<double>(y, 2 * width).Clear();
        for (var q = 0; q < width; q += Rows)
        {
            MultiplyDiagonal(d + (q * stride) + q, v + q, y + q, z + q);
            for (var p = q + Rows; p < width; p += Rows)
            {
                MultiplyBelow(d + (q * stride) + p, v + q, v + p, y + p, z + q);
            }
        }

        Lanes.AddScaled(1, z, y, width);
        Lanes.Scale(tau, y, width);
        Lanes.AddScaled(-0.5 * tau * Lanes.Dot(y, v, width), v, y, width);
        for (var q = 0; q < width; q += Rows)
        {
            SubtractDiagonal(d + (q * stride) + q, v + q, y + q);
            for (var p = q + Rows; p < width; p += Rows)
            {
                SubtractBelow(d + (q * stride) + p, v + q, y + q, v + p, y + p);
            }
        }
    }

    /// <summary>y + z += D v for a diagonal block of 24 rows of which the lower triangle is read: y by columns, z by rows and the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyDiagonal(double* d, double* v, double* y, double* z)
    {
        Vector512<double> v0 = Vector512.Load(v), v1 = Vector512.Load(v + Second), v2 = Vector512.Load(v + Third);
        Vector512<double> y0 = Vector512.Load(y), y1 = Vector512.Load(y + Second), y2 = Vector512.Load(y + Third);
        var j = 0;
        for (; j < Second; j++, d += stride)
        {
            var vj = Vector512.Create(v[j]);
            Vector512<double> x0 = Vector512.Load(d) & Below(j), x1 = Vector512.Load(d + Second), x2 = Vector512.Load(d + Third);
            y0 = Vector512.FusedMultiplyAdd(x0, vj, y0);
            y1 = Vector512.FusedMultiplyAdd(x1, vj, y1);
            y2 = Vector512.FusedMultiplyAdd(x2, vj, y2);
            z[j] += Lanes.Sum(Vector512.FusedMultiplyAdd(x2, v2, Vector512.FusedMultiplyAdd(x1, v1, x0 * v0))) + (d[j] * v[j]);
        }

        for (; j < Third; j++, d += stride)
        {
            var vj = Vector512.Create(v[j]);
            Vector512<double> x1 = Vector512.Load(d + Second) & Below(j - Second), x2 = Vector512.Load(d + Third);
            y1 = Vector512.FusedMultiplyAdd(x1, vj, y1);
            y2 = Vector512.FusedMultiplyAdd(x2, vj, y2);
            z[j] += Lanes.Sum(Vector512.FusedMultiplyAdd(x2, v2, x1 * v1)) + (d[j] * v[j]);
        }

        for (; j < Rows; j++, d += stride)
        {
            var x2 = Vector512.Load(d + Third) & Below(j - Third);
            y2 = Vector512.FusedMultiplyAdd(x2, Vector512.Create(v[j]), y2);
            z[j] += Lanes.Sum(x2 * v2) + (d[j] * v[j]);
        }

        y0.Store(y);
        y1.Store(y + Second);
        y2.Store(y + Third);
    }

    /// <summary>For a whole block D of 24 rows and columns: y += D v and z += D^T w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyBelow(double* d, double* v, double* w, double* y, double* z)
    {
        Vector512<double> w0 = Vector512.Load(w), w1 = Vector512.Load(w + Second), w2 = Vector512.Load(w + Third);
        Vector512<double> y0 = Vector512.Load(y), y1 = Vector512.Load(y + Second), y2 = Vector512.Load(y + Third);
        for (var j = 0; j < Rows; j++, d += stride)
        {
            var vj = Vector512.Create(v[j]);
            Vector512<double> x0 = Vector512.Load(d), x1 = Vector512.Load(d + Second), x2 = Vector512.Load(d + Third);
            y0 = Vector512.FusedMultiplyAdd(x0, vj, y0);
            y1 = Vector512.FusedMultiplyAdd(x1, vj, y1);
            y2 = Vector512.FusedMultiplyAdd(x2, vj, y2);
            z[j] += Lanes.Sum(Vector512.FusedMultiplyAdd(x2, w2, Vector512.FusedMultiplyAdd(x1, w1, x0 * w0)));
        }

        y0.Store(y);
        y1.Store(y + Second);
        y2.Store(y + Third);
    }

    /// <summary>D := D - v w^T - w v^T for the lower triangle of a diagonal block of 24 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SubtractDiagonal(double* d, double* v, double* w)
    {
        Vector512<double> v0 = Vector512.Load(v), v1 = Vector512.Load(v + Second), v2 = Vector512.Load(v + Third);
        Vector512<double> w0 = Vector512.Load(w), w1 = Vector512.Load(w + Second), w2 = Vector512.Load(w + Third);
        var j = 0;
        for (; j < Second; j++, d += stride)
        {
            var (vj, wj, kept) = (Vector512.Create(-v[j]), Vector512.Create(-w[j]), FromLane(j));
            Subtract(d, v0 & kept, w0 & kept, vj, wj);
            Subtract(d + Second, v1, w1, vj, wj);
            Subtract(d + Third, v2, w2, vj, wj);
        }

        for (; j < Third; j++, d += stride)
        {
            var (vj, wj, kept) = (Vector512.Create(-v[j]), Vector512.Create(-w[j]), FromLane(j - Second));
            Subtract(d + Second, v1 & kept, w1 & kept, vj, wj);
            Subtract(d + Third, v2, w2, vj, wj);
        }

        for (; j < Rows; j++, d += stride)
        {
            var kept = FromLane(j - Third);
            Subtract(d + Third, v2 & kept, w2 & kept, Vector512.Create(-v[j]), Vector512.Create(-w[j]));
        }
    }

    /// <summary>D := D - v2 w1^T - w2 v1^T for a whole block of 24 rows and columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SubtractBelow(double* d, double* vColumns, double* wColumns, double* v, double* w)
    {
        Vector512<double> v0 = Vector512.Load(v), v1 = Vector512.Load(v + Second), v2 = Vector512.Load(v + Third);
        Vector512<double> w0 = Vector512.Load(w), w1 = Vector512.Load(w + Second), w2 = Vector512.Load(w + Third);
        for (var j = 0; j < Rows; j++, d += stride)
        {
            var (vj, wj) = (Vector512.Create(-vColumns[j]), Vector512.Create(-wColumns[j]));
            Subtract(d, v0, w0, vj, wj);
            Subtract(d + Second, v1, w1, vj, wj);
            Subtract(d + Third, v2, w2, vj, wj);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* d, Vector512<double> v, Vector512<double> w, Vector512<double> minusVj, Vector512<double> minusWj) =>
        Vector512.FusedMultiplyAdd(w, minusVj, Vector512.FusedMultiplyAdd(v, minusWj, Vector512.Load(d))).Store(d);

    /// <summary>B := G B H; <paramref name="b"/> is its first element. Leaves G's reflector in <paramref name="following"/>, which may be v, and returns its tau.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Advance(double* b, double* v, double* following, double tau)
    {
        for (var i = 0; i < width; i += Rows)
        {
            Multiply(b + i, v, -tau, y + i);
        }

        Lanes.AddScaled(v[0], y, b, width);
        var next = Clear(b, u);
        if (width == Rows)
        {
            ReflectPanel(b, v, next);
        }
        else
        {
            ReflectPanels(b, v, next);
        }

        Lanes.Copy(u, following, width);
        return next;
    }

    /// <summary>y := a B v for 24 rows of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(double* b, double* v, double a, double* y)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, t0 = default, t1 = default, t2 = default;
        for (var j = 0; j < width; j += 2)
        {
            var vj = Vector512.Create(v[j]);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(b), vj, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Load(b + Second), vj, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Load(b + Third), vj, s2);
            b += stride;
            vj = Vector512.Create(v[j + 1]);
            t0 = Vector512.FusedMultiplyAdd(Vector512.Load(b), vj, t0);
            t1 = Vector512.FusedMultiplyAdd(Vector512.Load(b + Second), vj, t1);
            t2 = Vector512.FusedMultiplyAdd(Vector512.Load(b + Third), vj, t2);
            b += stride;
        }

        ((s0 + t0) * a).Store(y);
        ((s1 + t1) * a).Store(y + Second);
        ((s2 + t2) * a).Store(y + Third);
    }

    /// <summary>B := (I - tau u u^T)(B + y v^T) for all columns but the first, where B has 24 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReflectPanel(double* b, double* v, double tau)
    {
        Vector512<double> u0 = Vector512.Load(u), u1 = Vector512.Load(u + Second), u2 = Vector512.Load(u + Third);
        Vector512<double> y0 = Vector512.Load(y), y1 = Vector512.Load(y + Second), y2 = Vector512.Load(y + Third);
        for (var j = 1; j < Rows; j++)
        {
            b += stride;
            var vj = Vector512.Create(v[j]);
            var x0 = Vector512.FusedMultiplyAdd(y0, vj, Vector512.Load(b));
            var x1 = Vector512.FusedMultiplyAdd(y1, vj, Vector512.Load(b + Second));
            var x2 = Vector512.FusedMultiplyAdd(y2, vj, Vector512.Load(b + Third));
            var a = Vector512.Create(-tau * Lanes.Sum(Vector512.FusedMultiplyAdd(x2, u2, Vector512.FusedMultiplyAdd(x1, u1, x0 * u0))));
            Vector512.FusedMultiplyAdd(a, u0, x0).Store(b);
            Vector512.FusedMultiplyAdd(a, u1, x1).Store(b + Second);
            Vector512.FusedMultiplyAdd(a, u2, x2).Store(b + Third);
        }
    }

    /// <summary>B := (I - tau u u^T)(B + y v^T) for all columns but the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReflectPanels(double* b, double* v, double tau)
    {
        for (var j = 1; j < width; j++)
        {
            b += stride;
            var vj = Vector512.Create(v[j]);
            Vector512<double> s0 = default, s1 = default, s2 = default;
            for (var i = 0; i < width; i += Rows)
            {
                var x0 = Vector512.FusedMultiplyAdd(Vector512.Load(y + i), vj, Vector512.Load(b + i));
                var x1 = Vector512.FusedMultiplyAdd(Vector512.Load(y + i + Second), vj, Vector512.Load(b + i + Second));
                var x2 = Vector512.FusedMultiplyAdd(Vector512.Load(y + i + Third), vj, Vector512.Load(b + i + Third));
                s0 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(u + i), s0);
                s1 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(u + i + Second), s1);
                s2 = Vector512.FusedMultiplyAdd(x2, Vector512.Load(u + i + Third), s2);
                x0.Store(b + i);
                x1.Store(b + i + Second);
                x2.Store(b + i + Third);
            }

            Lanes.AddScaled(-tau * Lanes.Sum(s0 + s1 + s2), u, b, width);
        }
    }

    /// <summary>All bits in the lanes after <paramref name="lane"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Below(int lane) =>
        Vector512.GreaterThan(Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((long)lane)).AsDouble();

    /// <summary>All bits in the lanes from <paramref name="lane"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FromLane(int lane) =>
        Vector512.GreaterThanOrEqual(Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((long)lane)).AsDouble();
}
