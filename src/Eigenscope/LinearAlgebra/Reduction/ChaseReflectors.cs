using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The reflectors of a <see cref="BulgeChase"/>, kept: T = Q^T B Q for the band B, and Q times vectors.
/// </summary>
/// <remarks>
/// Step k of sweep s reflects rows s + 1 + kb to s + (k + 1)b. Reflectors of one sweep touch rows of their own; of two sweeps, only step k of the later one and steps k and
/// k + 1 of the earlier one have rows in common. So a product may take group after group of sweeps, the last one first, and in a group step after step, the first one first, the sweeps
/// of each step in descending order: their rows stay in the first-level cache. They are stored in that order. Cost of a product: 2 n^2 flops a vector.
/// </remarks>
internal sealed unsafe class ChaseReflectors : IDisposable
{
    private const int Rows = Panel.Rows;
    private const int Second = Lanes.Count;
    private const int Third = 2 * Lanes.Count;

    private readonly int order;
    private readonly int width;
    private readonly int sweeps;
    private readonly int group;
    private readonly long[] starts;
    private readonly AlignedBuffer vectors;
    private readonly AlignedBuffer factors;

    /// <summary>Takes memory for the chase of a band.</summary>
    public ChaseReflectors(int order, int width)
    {
        (this.order, this.width, sweeps, group) = (order, width, BulgeChase.SweepsOf(order), BulgeChase.GroupOf(width));
        starts = Starts(order, width);
        vectors = new AlignedBuffer(starts[^1] * width, zeroed: false);
        factors = new AlignedBuffer(starts[^1]);
    }

    /// <summary>The doubles that are held for a band of some order and half-width: about half a square of the order.</summary>
    public static long Doubles(int order, int width) => Starts(order, width)[^1] * (width + 1);

    /// <summary>Where v of a step lies.</summary>
    public double* V(int sweep, int step) => vectors.Pointer + (Slot(sweep, step) * width);

    /// <summary>tau of a step; 0 where nothing was reflected.</summary>
    public ref double Tau(int sweep, int step) => ref factors.Pointer[Slot(sweep, step)];

    /// <summary>y := Q y for the 24 vectors of a panel of Y^T: element i of all of them lies at <c>24 i</c>, and as many more rows as a reflector has are there and hold zeros.</summary>
    public void Apply(double* y, CancellationToken cancellation)
    {
        for (var first = (starts.Length - 2) * group; first >= 0; first -= group)
        {
            cancellation.ThrowIfCancellationRequested();
            var last = Math.Min(first + group, sweeps) - 1;
            for (var step = 0; step < BulgeChase.StepsOf(order, width, first); step++)
            {
                ApplyStep(y, first, last, step);
            }
        }
    }

    public void Dispose()
    {
        vectors.Dispose();
        factors.Dispose();
    }

    /// <summary>How many steps are stored before each group of sweeps, and in all.</summary>
    private static long[] Starts(int order, int width)
    {
        var (sweeps, group) = (BulgeChase.SweepsOf(order), BulgeChase.GroupOf(width));
        var ends = new long[((sweeps + group - 1) / group) + 1];
        for (var index = 1; index < ends.Length; index++)
        {
            var first = (index - 1) * group;
            ends[index] = ends[index - 1] + ((long)BulgeChase.StepsOf(order, width, first) * Math.Min(group, sweeps - first));
        }

        return ends;
    }

    private long Slot(int sweep, int step)
    {
        var (index, lag) = (sweep / group, sweep % group);
        var count = Math.Min(group, sweeps - (index * group));
        return starts[index] + ((long)step * count) + (count - 1 - lag);
    }

    private void ApplyStep(double* y, int first, int last, int step)
    {
        var slot = Slot(last, step);
        y += (last + 1 + ((nint)step * width)) * Rows;
        for (var left = last - first + 1; left > 0;)
        {
            var v = vectors.Pointer + (slot * width);
            var tau = factors.Pointer + slot;
            var isPair = left > 1 && tau[0] != 0 && tau[1] != 0;
            if (isPair)
            {
                ReflectTwice(y - Rows, v, tau[0], v + width, tau[1]);
            }
            else if (tau[0] != 0)
            {
                Reflect(y, v, tau[0]);
            }

            var done = isPair ? 2 : 1;
            (slot, left) = (slot + done, left - done);
            y -= done * Rows;
        }
    }

    /// <summary>y := y - tau v (v^T y). Sums over even and odd rows are kept apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reflect(double* y, double* v, double tau)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, t0 = default, t1 = default, t2 = default;
        var row = y;
        for (var i = 0; i < width; i += 2, row += 2 * Rows)
        {
            AddRow(v[i], row, ref s0, ref s1, ref s2);
            AddRow(v[i + 1], row + Rows, ref t0, ref t1, ref t2);
        }

        var (p0, p1, p2) = ((s0 + t0) * -tau, (s1 + t1) * -tau, (s2 + t2) * -tau);
        for (var i = 0; i < width; i++, y += Rows)
        {
            AddTo(y, v[i], p0, p1, p2);
        }
    }

    /// <summary>
    /// Two reflections at once: by v, of the rows from the second one on, then by w, of the rows from the first one on; w^T of what v leaves is w^T y - tau (w^T v)(v^T y).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReflectTwice(double* y, double* v, double tau, double* w, double nextTau)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, t0 = default, t1 = default, t2 = default;
        var product = 0.0;
        AddRow(w[0], y, ref t0, ref t1, ref t2);
        var row = y + Rows;
        for (var i = 1; i < width; i++, row += Rows)
        {
            product = Math.FusedMultiplyAdd(v[i - 1], w[i], product);
            AddRow(v[i - 1], row, ref s0, ref s1, ref s2);
            AddRow(w[i], row, ref t0, ref t1, ref t2);
        }

        AddRow(v[width - 1], row, ref s0, ref s1, ref s2);
        var (p0, p1, p2) = (s0 * -tau, s1 * -tau, s2 * -tau);
        var overlap = Vector512.Create(product);
        var q0 = Vector512.FusedMultiplyAdd(overlap, p0, t0) * -nextTau;
        var q1 = Vector512.FusedMultiplyAdd(overlap, p1, t1) * -nextTau;
        var q2 = Vector512.FusedMultiplyAdd(overlap, p2, t2) * -nextTau;
        AddTo(y, w[0], q0, q1, q2);
        y += Rows;
        for (var i = 1; i < width; i++, y += Rows)
        {
            var (vi, wi) = (Vector512.Create(v[i - 1]), Vector512.Create(w[i]));
            Vector512.FusedMultiplyAdd(wi, q0, Vector512.FusedMultiplyAdd(vi, p0, Vector512.Load(y))).Store(y);
            Vector512.FusedMultiplyAdd(wi, q1, Vector512.FusedMultiplyAdd(vi, p1, Vector512.Load(y + Second))).Store(y + Second);
            Vector512.FusedMultiplyAdd(wi, q2, Vector512.FusedMultiplyAdd(vi, p2, Vector512.Load(y + Third))).Store(y + Third);
        }

        AddTo(y, v[width - 1], p0, p1, p2);
    }

    /// <summary>s := s + v y for a row of 24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(double v, double* y, ref Vector512<double> s0, ref Vector512<double> s1, ref Vector512<double> s2)
    {
        var factor = Vector512.Create(v);
        s0 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(y), s0);
        s1 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(y + Second), s1);
        s2 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(y + Third), s2);
    }

    /// <summary>y := y + v p for a row of 24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(double* y, double v, Vector512<double> p0, Vector512<double> p1, Vector512<double> p2)
    {
        var factor = Vector512.Create(v);
        Vector512.FusedMultiplyAdd(factor, p0, Vector512.Load(y)).Store(y);
        Vector512.FusedMultiplyAdd(factor, p1, Vector512.Load(y + Second)).Store(y + Second);
        Vector512.FusedMultiplyAdd(factor, p2, Vector512.Load(y + Third)).Store(y + Third);
    }
}
