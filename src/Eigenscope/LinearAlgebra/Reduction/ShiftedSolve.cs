using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Solves (T - x) y = b for a symmetric tridiagonal matrix T and eight x side by side, each with a right side of its own, by Gaussian elimination with partial pivoting.
/// </summary>
/// <remarks>
/// T is scaled by a power of two to a norm from 1 to 2. A pivot below eps is replaced by eps, and a coupling below eps is none, so that x may be an eigenvalue: y is that of a matrix within
/// a few eps |T| of T - x (Wilkinson 1965, chapter 5, section 56).
/// </remarks>
internal sealed unsafe class ShiftedSolve : IDisposable
{
    private const double Epsilon = 2.220446049250313e-16;

    private readonly int order;
    private readonly double scale;
    private readonly AlignedBuffer matrix;

    public ShiftedSolve(Tridiagonal t)
    {
        (order, scale) = (t.Order, PowerOfTwo.AtOrBelow(t.Bounds().Norm));
        matrix = new AlignedBuffer(2L * order);
        for (var i = 0; i < order; i++)
        {
            matrix.Pointer[2 * i] = t.Diagonal[i] / scale;
            var beside = i < order - 1 ? t.OffDiagonal[i] / scale : 0;
            matrix.Pointer[(2 * i) + 1] = Math.Abs(beside) < Epsilon ? 0 : beside;
        }
    }

    /// <summary>The doubles that one solution takes for work.</summary>
    public long Work => 3L * order * Lanes.Count;

    /// <summary>Puts y in the place of b: element i of the eight lies at <c>8 i</c>.</summary>
    /// <param name="shifts">Eight x, in the units of T.</param>
    /// <param name="b">The right sides.</param>
    /// <param name="work">Room for <see cref="Work"/> doubles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(ReadOnlySpan<double> shifts, double* b, double* work)
    {
        var x = Vector512.Create(shifts) / Vector512.Create(scale);
        Eliminate(x, b, work);
        Substitute(b, work);
    }

    public void Dispose() => matrix.Dispose();

    /// <summary>Row i of the triangle that is left: the reciprocal of its pivot and the two elements after it. The right sides are changed with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eliminate(Vector512<double> x, double* b, double* work)
    {
        var (sign, least) = (Vector512.Create(-0.0), Vector512.Create(Epsilon));
        var t = matrix.Pointer;
        Vector512<double> pivot = Vector512.Create(t[0]) - x, after = Vector512.Create(t[1]), side = Vector512.Load(b);
        for (var i = 0; i < order; i++, b += Lanes.Count, work += 3 * Lanes.Count)
        {
            t += 2;
            var isLast = i == order - 1;
            var (below, diagonal) = (Vector512.Create(t[-1]), isLast ? Vector512<double>.Zero : Vector512.Create(t[0]) - x);
            var (beside, nextSide) = isLast ? default : (Vector512.Create(t[1]), Vector512.Load(b + Lanes.Count));
            var stays = Vector512.GreaterThanOrEqual(Vector512.Abs(pivot), Vector512.Abs(below));
            var chosen = Vector512.ConditionalSelect(stays, pivot, below);
            chosen = Vector512.Max(Vector512.Abs(chosen), least) | (chosen & sign);
            var reciprocal = Vector512<double>.One / chosen;
            var factor = -Vector512.ConditionalSelect(stays, below, pivot) * reciprocal;
            var first = Vector512.ConditionalSelect(stays, after, diagonal);
            var second = Vector512.AndNot(beside, stays);
            var kept = Vector512.ConditionalSelect(stays, side, nextSide);
            pivot = Vector512.FusedMultiplyAdd(factor, first, Vector512.ConditionalSelect(stays, diagonal, after));
            after = Vector512.FusedMultiplyAdd(factor, second, beside & stays);
            side = Vector512.FusedMultiplyAdd(factor, kept, Vector512.ConditionalSelect(stays, nextSide, side));
            reciprocal.Store(work);
            first.Store(work + Lanes.Count);
            second.Store(work + (2 * Lanes.Count));
            kept.Store(b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Substitute(double* b, double* work)
    {
        Vector512<double> next = default, afterNext = default;
        for (nint i = order - 1; i >= 0; i--)
        {
            var row = work + (3 * i * Lanes.Count);
            var sum = Vector512.Load(b + (i * Lanes.Count));
            sum = Vector512.FusedMultiplyAdd(-Vector512.Load(row + (2 * Lanes.Count)), afterNext, sum);
            sum = Vector512.FusedMultiplyAdd(-Vector512.Load(row + Lanes.Count), next, sum);
            (afterNext, next) = (next, sum * Vector512.Load(row));
            next.Store(b + (i * Lanes.Count));
        }
    }
}
