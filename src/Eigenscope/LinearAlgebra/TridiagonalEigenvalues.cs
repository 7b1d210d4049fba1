using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Eigenvalues of a symmetric tridiagonal matrix by bisection on Sturm counts, thirty-two shifts side by side.
/// </summary>
/// <remarks>
/// The number of negative q_i in q_1 = d_1 - x, q_i = (d_i - x) - e_{i-1}^2 / q_{i-1} is the number of eigenvalues below x
/// (Givens 1954). In IEEE arithmetic the count is exact for a matrix within a few eps of T and monotonic in x, and an infinite quotient
/// does no harm as long as no e_i^2 is zero (Demmel, Dhillon and Ren 1995). Every eigenvalue is right to a few eps max|T|, whatever its
/// neighbours, and depends on nothing but T and its index: any split over lanes or threads gives the same bits.
/// max|T| must lie between 1e-130 and 1e150, so that e_i^2 neither vanishes nor overflows; callers scale.
/// Cost: about 45 n^2 divisions.
/// </remarks>
internal static unsafe class TridiagonalEigenvalues
{
    private const int Group = 32;

    /// <summary>Equal cells into which the whole interval is divided first; their counts are shared by all eigenvalues.</summary>
    private const int Cells = 512;

    /// <summary>Bisection ends when the bracket is this narrow, relative to the largest magnitude in T.</summary>
    private const double Tolerance = 1.0 / (1L << 53);

    /// <summary>The eigenvalues of index <paramref name="first"/> (0 is the smallest) and above, ascending.</summary>
    public static double[] Of(Tridiagonal t, int first, CancellationToken cancellation)
    {
        var (low, high, norm) = t.Bounds();
        if (norm == 0)
        {
            return new double[t.Order - first];
        }

        var margin = norm * t.Order * Tolerance;
        var search = new Search(t, low - margin, high + margin, norm);
        var result = new double[t.Order - first];
        for (var start = 0; start < result.Length; start += Group)
        {
            cancellation.ThrowIfCancellationRequested();
            search.Bisect(first + start, result.AsSpan(start, Math.Min(Group, result.Length - start)));
        }

        Array.Sort(result);
        return result;
    }

    private sealed class Search
    {
        private readonly double[] diagonal;
        private readonly double[] squares;
        private readonly double low;
        private readonly double cell;
        private readonly double width;
        private readonly long[] countAtCell = new long[Cells + Group];

        public Search(Tridiagonal t, double low, double high, double norm)
        {
            diagonal = t.Diagonal;
            squares = Squares(t.OffDiagonal, norm);
            this.low = low;
            cell = (high - low) / Cells;
            width = norm * Tolerance;
            CountCells();
        }

        /// <summary>Finds the eigenvalues of index first, first + 1, ... as the midpoints of their final brackets.</summary>
        public void Bisect(int first, Span<double> values)
        {
            Span<double> lower = stackalloc double[Group], upper = stackalloc double[Group], middle = stackalloc double[Group];
            Span<long> counts = stackalloc long[Group];
            for (var lane = 0; lane < Group; lane++)
            {
                (lower[lane], upper[lane]) = CellOf(Math.Min(first + lane, diagonal.Length - 1));
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

        /// <summary>
        /// e^2, no smaller than the smallest normal number: where q is 0 the next quotient is then infinite and never 0/0.
        /// </summary>
        private static double[] Squares(double[] offDiagonal, double norm)
        {
            var floor = Math.Max(2.2250738585072014e-308, norm * norm * 1e-60);
            return Array.ConvertAll(offDiagonal, e => Math.Max(e * e, floor));
        }

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

        private void CountCells()
        {
            Span<double> shifts = stackalloc double[Group];
            for (var start = 0; start < Cells; start += Group)
            {
                for (var lane = 0; lane < Group; lane++)
                {
                    shifts[lane] = low + ((start + lane) * cell);
                }

                Count(shifts, countAtCell.AsSpan(start, Group));
            }

            countAtCell.AsSpan(Cells).Fill(long.MaxValue);
        }

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
            var zero = Vector512<double>.Zero;
            Vector512<double> q0 = Vector512<double>.One, q1 = q0, q2 = q0, q3 = q0;
            fixed (double* d = diagonal, e = squares)
            {
                for (var i = 0; i < diagonal.Length; i++)
                {
                    var di = Vector512.Create(d[i]);
                    var ei = Vector512.Create(i == 0 ? 0.0 : e[i - 1]);
                    q0 = di - x0 - (ei / q0);
                    q1 = di - x1 - (ei / q1);
                    q2 = di - x2 - (ei / q2);
                    q3 = di - x3 - (ei / q3);
                    n0 -= Vector512.LessThan(q0, zero).AsInt64();
                    n1 -= Vector512.LessThan(q1, zero).AsInt64();
                    n2 -= Vector512.LessThan(q2, zero).AsInt64();
                    n3 -= Vector512.LessThan(q3, zero).AsInt64();
                }
            }

            n0.CopyTo(counts);
            n1.CopyTo(counts[8..]);
            n2.CopyTo(counts[16..]);
            n3.CopyTo(counts[24..]);
        }
    }
}
