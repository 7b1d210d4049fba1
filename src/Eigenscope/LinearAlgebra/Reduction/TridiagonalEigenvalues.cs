using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Eigenvalues of a symmetric tridiagonal matrix by bisection on Sturm sequences, thirty-two shifts side by side, without a division.
/// </summary>
/// <remarks>
/// The leading principal minors of T - x, p_0 = 1, p_1 = d_1 - x, p_i = (d_i - x) p_{i-1} - e_{i-1}^2 p_{i-2}, change sign as many times as T has
/// eigenvalues below x (Givens 1954; Barth, Martin and Wilkinson 1967). T is scaled to a norm of at most 1/2, so that |p| grows by less than 5/4 a
/// step, and every <see cref="Stretch"/> steps p is brought back to a magnitude of 1 by a power of two; e^2 is kept above 1e-62, so that two
/// neighbours never vanish together. The computed signs are those of a matrix within a few eps of T, element by element, hence every eigenvalue is right
/// to a few eps max|T|, whatever its neighbours. It depends on nothing but T and its index: any split over lanes or threads gives the same bits.
/// Cost: about 45 n^2 steps of two multiplications.
/// </remarks>
internal static unsafe class TridiagonalEigenvalues
{
    private const int Group = 32;

    /// <summary>Steps between two rescalings; p can shrink by 1e-62 in two of them.</summary>
    private const int Stretch = 8;

    /// <summary>Equal cells into which the whole interval is divided first; their counts are shared by all eigenvalues.</summary>
    private const int Cells = 512;

    /// <summary>Bisection ends when the bracket is this narrow, relative to the largest magnitude in T.</summary>
    private const double Tolerance = 1.0 / (1L << 53);

    private const double SmallestSquare = 1e-62;

    /// <summary>The eigenvalues of index <paramref name="first"/> (0 is the smallest) and above, ascending.</summary>
    public static double[] Of(Tridiagonal t, int first, Execution execution)
    {
        var (low, high, norm) = t.Bounds();
        if (norm == 0)
        {
            return new double[t.Order - first];
        }

        var scale = 4 * PowerOfTwo.AtOrBelow(norm);
        var margin = norm / scale * t.Order * Tolerance;
        using var search = new Search(t, scale, (low / scale) - margin, (high / scale) + margin);
        search.CountCells(execution);
        var result = new double[t.Order - first];
        execution.ForEach((result.Length + Group - 1) / Group, group =>
        {
            var start = group * Group;
            search.Bisect(first + start, result.AsSpan(start, Math.Min(Group, result.Length - start)));
        });
        for (var i = 0; i < result.Length; i++)
        {
            result[i] *= scale;
        }

        Array.Sort(result);
        return result;
    }

    /// <summary>T / scale, its elements laid out as pairs of d_i and -e_{i-1}^2.</summary>
    private sealed class Search : IDisposable
    {
        private readonly int order;
        private readonly AlignedBuffer steps;
        private readonly double low;
        private readonly double cell;
        private readonly double width;
        private readonly long[] countAtCell = new long[Cells + Group];

        public Search(Tridiagonal t, double scale, double low, double high)
        {
            order = t.Order;
            steps = new AlignedBuffer(2 * order);
            for (var i = 0; i < order; i++)
            {
                var e = i == 0 ? 0 : t.OffDiagonal[i - 1] / scale;
                (steps.Pointer[2 * i], steps.Pointer[(2 * i) + 1]) = (t.Diagonal[i] / scale, -Math.Max(e * e, SmallestSquare));
            }

            this.low = low;
            cell = (high - low) / Cells;
            width = Math.Max(Math.Abs(low), Math.Abs(high)) * Tolerance;
        }

        /// <summary>Counts the eigenvalues below the start of every cell.</summary>
        public void CountCells(Execution execution)
        {
            execution.ForEach(Cells / Group, group =>
            {
                Span<double> shifts = stackalloc double[Group];
                for (var lane = 0; lane < Group; lane++)
                {
                    shifts[lane] = low + (((group * Group) + lane) * cell);
                }

                Count(shifts, countAtCell.AsSpan(group * Group, Group));
            });
            countAtCell.AsSpan(Cells).Fill(long.MaxValue);
        }

        /// <summary>Finds the eigenvalues of index first, first + 1, ... as the midpoints of their final brackets.</summary>
        public void Bisect(int first, Span<double> values)
        {
            Span<double> lower = stackalloc double[Group], upper = stackalloc double[Group], middle = stackalloc double[Group];
            Span<long> counts = stackalloc long[Group];
            for (var lane = 0; lane < Group; lane++)
            {
                (lower[lane], upper[lane]) = CellOf(Math.Min(first + lane, order - 1));
            }

            while (Middles(lower, upper, middle))
            {
                Count(middle, counts);
                for (var lane = 0; lane < Group; lane++)
                {
                    if (IsOpen(lower[lane], upper[lane], middle[lane]))
                    {
                        (counts[lane] > first + lane ? ref upper[lane] : ref lower[lane]) = middle[lane];
                    }
                }
            }

            middle[..values.Length].CopyTo(values);
        }

        public void Dispose() => steps.Dispose();

        /// <summary>Sets the middle of every bracket; false where all are narrow enough.</summary>
        private bool Middles(Span<double> lower, Span<double> upper, Span<double> middle)
        {
            var open = false;
            for (var lane = 0; lane < Group; lane++)
            {
                middle[lane] = lower[lane] + (0.5 * (upper[lane] - lower[lane]));
                open |= IsOpen(lower[lane], upper[lane], middle[lane]);
            }

            return open;
        }

        /// <summary>A bracket that is narrow enough stays as it is, so that a value does not depend on the others of its group.</summary>
        private bool IsOpen(double lower, double upper, double middle) => upper - lower > width && middle > lower && middle < upper;

        /// <summary>The cell that holds the eigenvalue of an index: the last one whose start has at most that many below it.</summary>
        private (double Lower, double Upper) CellOf(int index)
        {
            var at = 0;
            while (countAtCell[at + 1] <= index)
            {
                at++;
            }

            return (low + (at * cell), low + ((at + 1) * cell));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Count(ReadOnlySpan<double> shifts, Span<long> counts)
        {
            var (x0, x1) = (Vector512.Create(shifts), Vector512.Create(shifts[8..]));
            var (x2, x3) = (Vector512.Create(shifts[16..]), Vector512.Create(shifts[24..]));
            Vector512<long> n0 = default, n1 = default, n2 = default, n3 = default;
            Vector512<double> p0 = Vector512<double>.One, p1 = p0, p2 = p0, p3 = p0, b0 = default, b1 = default, b2 = default, b3 = default;
            double* step = steps.Pointer, end = step + (2 * order);
            while (step < end)
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

                Rescale(ref p0, ref b0);
                Rescale(ref p1, ref b1);
                Rescale(ref p2, ref b2);
                Rescale(ref p3, ref b3);
            }

            n0.CopyTo(counts);
            n1.CopyTo(counts[8..]);
            n2.CopyTo(counts[16..]);
            n3.CopyTo(counts[24..]);
        }

        /// <summary>From p_{i-1} and p_{i-2} (before) to p_i and p_{i-1}; a change of sign counts.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Next(Vector512<double> d, Vector512<double> e, ref Vector512<double> p, ref Vector512<double> before, ref Vector512<long> count)
        {
            var next = Vector512.FusedMultiplyAdd(d, p, e * before);
            count += (next.AsInt64() ^ p.AsInt64()) >>> 63;
            (before, p) = (p, next);
        }

        /// <summary>Divides both by the power of two of the larger one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Rescale(ref Vector512<double> p, ref Vector512<double> before)
        {
            var exponent = Vector512.Max(Vector512.Abs(p), Vector512.Abs(before)).AsInt64() & Vector512.Create(0x7FF0_0000_0000_0000L);
            var factor = (Vector512.Create(0x7FE0_0000_0000_0000L) - exponent).AsDouble();
            p *= factor;
            before *= factor;
        }
    }
}
