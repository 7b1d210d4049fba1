using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The characteristic polynomial of a symmetric tridiagonal matrix T and the number of its roots below x, thirty-two x side by side, without a division.
/// </summary>
/// <remarks>
/// The leading principal minors of T - x, p_0 = 1, p_1 = d_1 - x, p_i = (d_i - x) p_{i-1} - e_{i-1}^2 p_{i-2}, change sign as many times as T has
/// eigenvalues below x (Givens 1954; Barth, Martin and Wilkinson 1967). T is scaled to a norm of at most 1/2, so that |p| grows by less than 5/4 a
/// step, and every <see cref="Stretch"/> steps p is brought back to a magnitude of 1 by a power of two; e^2 is kept above 1e-62, so that two
/// neighbours never vanish together. The computed signs are those of a matrix within a few eps of T, element by element.
/// </remarks>
internal sealed unsafe class SturmSequence : IDisposable
{
    /// <summary>Shifts side by side.</summary>
    public const int Group = 32;

    /// <summary>Steps between two rescalings; p can shrink by 1e-62 in two of them.</summary>
    private const int Stretch = 8;

    private const double SmallestSquare = 1e-62;
    private const int MantissaBits = 52;
    private const int Bias = 1023;

    private readonly int order;
    private readonly AlignedBuffer steps;

    /// <summary>For T / <paramref name="scale"/>, laid out as pairs of d_i and -e_{i-1}^2.</summary>
    public SturmSequence(Tridiagonal t, double scale)
    {
        order = t.Order;
        steps = new AlignedBuffer(2 * order);
        for (var i = 0; i < order; i++)
        {
            var e = i == 0 ? 0 : t.OffDiagonal[i - 1] / scale;
            (steps.Pointer[2 * i], steps.Pointer[(2 * i) + 1]) = (t.Diagonal[i] / scale, -Math.Max(e * e, SmallestSquare));
        }
    }

    /// <summary>What is known at one x.</summary>
    /// <param name="Below">Eigenvalues below x.</param>
    /// <param name="Mantissa">p_n(x) is this, a number of magnitude 1 or less,</param>
    /// <param name="Exponent">times two to the power of this.</param>
    internal readonly record struct Value(long Below, double Mantissa, long Exponent);

    /// <summary>Evaluates at thirty-two places.</summary>
    public void Evaluate(ReadOnlySpan<double> x, Span<Value> values)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            EvaluateWhole(x, values);
            return;
        }

        EvaluateHalf(x, values);
        EvaluateHalf(x[(Group / 2)..], values[(Group / 2)..]);
    }

    /// <summary>Thirty-two places: four chains of eight lanes hide each other's latency, where there are registers of eight doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EvaluateWhole(ReadOnlySpan<double> x, Span<Value> values)
    {
        var (x0, x1) = (Vector512.Create(x), Vector512.Create(x[8..]));
        var (x2, x3) = (Vector512.Create(x[16..]), Vector512.Create(x[24..]));
        Vector512<long> n0 = default, n1 = default, n2 = default, n3 = default, s0 = default, s1 = default, s2 = default, s3 = default;
        Vector512<double> p0 = Vector512<double>.One, p1 = p0, p2 = p0, p3 = p0, b0 = default, b1 = default, b2 = default, b3 = default;
        var rescalings = 0;
        double* step = steps.Pointer, end = step + (2 * order);
        for (; step < end; rescalings++)
        {
            var stretch = Math.Min(Stretch, (end - step) / 2);
            for (var i = 0; i < stretch; i++, step += 2)
            {
                var (d, e) = (Vector512.Create(step[0]), Vector512.Create(step[1]));
                Next(d - x0, e, ref p0, ref b0, ref n0);
                Next(d - x1, e, ref p1, ref b1, ref n1);
                Next(d - x2, e, ref p2, ref b2, ref n2);
                Next(d - x3, e, ref p3, ref b3, ref n3);
            }

            Rescale(ref p0, ref b0, ref s0);
            Rescale(ref p1, ref b1, ref s1);
            Rescale(ref p2, ref b2, ref s2);
            Rescale(ref p3, ref b3, ref s3);
        }

        Store(n0, p0, s0, rescalings, values);
        Store(n1, p1, s1, rescalings, values[8..]);
        Store(n2, p2, s2, rescalings, values[16..]);
        Store(n3, p3, s3, rescalings, values[24..]);
    }

    /// <summary>Sixteen places: their state is sixteen registers of four doubles, all that AVX2 has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EvaluateHalf(ReadOnlySpan<double> x, Span<Value> values)
    {
        var (x0, x1) = (Vector512.Create(x), Vector512.Create(x[8..]));
        Vector512<long> n0 = default, n1 = default, s0 = default, s1 = default;
        Vector512<double> p0 = Vector512<double>.One, p1 = p0, b0 = default, b1 = default;
        var rescalings = 0;
        double* step = steps.Pointer, end = step + (2 * order);
        for (; step < end; rescalings++)
        {
            var stretch = Math.Min(Stretch, (end - step) / 2);
            for (var i = 0; i < stretch; i++, step += 2)
            {
                var (d, e) = (Vector512.Create(step[0]), Vector512.Create(step[1]));
                Next(d - x0, e, ref p0, ref b0, ref n0);
                Next(d - x1, e, ref p1, ref b1, ref n1);
            }

            Rescale(ref p0, ref b0, ref s0);
            Rescale(ref p1, ref b1, ref s1);
        }

        Store(n0, p0, s0, rescalings, values);
        Store(n1, p1, s1, rescalings, values[8..]);
    }

    public void Dispose() => steps.Dispose();

    /// <summary>From p_{i-1} and p_{i-2} (before) to p_i and p_{i-1}; a change of sign counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Next(Vector512<double> d, Vector512<double> e, ref Vector512<double> p, ref Vector512<double> before, ref Vector512<long> count)
    {
        var next = Vector512.FusedMultiplyAdd(d, p, e * before);
        count += (next.AsInt64() ^ p.AsInt64()) >>> 63;
        (before, p) = (p, next);
    }

    /// <summary>Divides both by the power of two of the larger one, whose biased exponent is added up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rescale(ref Vector512<double> p, ref Vector512<double> before, ref Vector512<long> exponents)
    {
        var exponent = Vector512.Max(Vector512.Abs(p), Vector512.Abs(before)).AsInt64() & Vector512.Create(0x7FF0_0000_0000_0000L);
        var factor = (Vector512.Create(0x7FE0_0000_0000_0000L) - exponent).AsDouble();
        exponents += exponent >>> MantissaBits;
        p *= factor;
        before *= factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<long> below, Vector512<double> p, Vector512<long> exponents, int rescalings, Span<Value> values)
    {
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            values[lane] = new Value(below[lane], p[lane], exponents[lane] - ((long)Bias * rescalings));
        }
    }
}
