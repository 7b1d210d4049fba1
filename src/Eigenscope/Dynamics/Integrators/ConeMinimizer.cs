using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>The minimum of F(x) = |x|^2 / 2 - x.y - A sum_k ln x_k - B sum_(j&lt;k) ln(x_k^2 - x_j^2) over 0 &lt; x_1 &lt; x_2 &lt; ...; with A = 0 over |x_1| &lt; x_2 &lt; ..., where x_1 has the sign of y_1.</summary>
/// <remarks>
/// F is strictly convex and grows at every wall of the cone, so there is one minimum, inside. F / min(A, B) is self-concordant, and Newton's method with its decrement d (Nesterov and Nemirovskii 1994; Boyd and Vandenberghe
/// 2004, section 9.6) needs no value of F: a whole step makes F smaller where d &lt;= 0.68, one of 1 / (1 + d) always. A longer one is taken where F,
/// being convex, shows by its slope at the end that it fell on the way: so a few neighbours close to each other do not hold up all others. Steps never leave the cone, and the last ones double the digits each. Costs M^3 / 3 multiplications a step, about five steps from a point close by. Allocates nothing. Not for several threads at once.
/// </remarks>
/// <param name="m">M, the number of unknowns.</param>
internal sealed class ConeMinimizer(int m)
{
    /// <summary>A whole step makes F smaller up to here: -d^2 - d - ln(1 - d) is negative.</summary>
    private const double WholeStep = 0.6;

    /// <summary>The step after a decrement of this size leaves an error of about its square.</summary>
    private const double LastDecrement = 1e-6;

    /// <summary>Newton's steps at most; from any starting point a few dozen are enough, and after this many rounding is what is left.</summary>
    private const int MostSteps = 500;

    /// <summary>How far a long step goes towards a wall.</summary>
    private const double TowardsWall = 0.9;

    /// <summary>The least distance of neighbours at the start, in units of sqrt(B).</summary>
    private const double LeastGap = 0.3;

    /// <summary>Rows of the factor that are worked on together.</summary>
    private const int Block = 4;

    private readonly double[] factor = new double[m * Lanes.Ceiling(m)];
    private readonly int stride = Lanes.Ceiling(m);
    private readonly double[] gradient = new double[m];
    private readonly double[] move = new double[m];
    private readonly double[] trial = new double[m];

    /// <summary>Moves <paramref name="x"/> to the minimum.</summary>
    /// <param name="x">A starting point, in ascending order, from 0; numbers that are equal are drawn apart first. Then the minimum, strictly ascending, and above 0 where A or y_1 is.</param>
    /// <param name="y">y, any finite numbers.</param>
    /// <param name="wall">A, at least B or 0.</param>
    /// <param name="repulsion">B, positive.</param>
    /// <returns>Newton's steps.</returns>
    public int Minimize(Span<double> x, ReadOnlySpan<double> y, double wall, double repulsion)
    {
        if (m == 1)
        {
            x[0] = OneUnknown(y[0], wall);
            return 0;
        }

        DrawApart(x, wall, repulsion);
        Assemble(x, y, wall, repulsion);
        for (var (steps, last) = (1, double.PositiveInfinity); ; steps++)
        {
            var decrement = Math.Sqrt(NewtonStep() / repulsion);
            var isLast = decrement <= LastDecrement || (decrement < 0.1 && decrement >= last) || steps == MostSteps;
            if (decrement <= WholeStep || isLast)
            {
                GoAhead(x, 1);
            }
            else if (!GoClipped(x, wall) || !FallsUpTo(x, y, wall, repulsion))
            {
                GoStraight(x, y, wall, repulsion, 1 / (1 + decrement));
            }

            // Numbers that doubles cannot tell apart stay where they are.
            if (!IsInside(trial, wall))
            {
                return steps;
            }

            trial.CopyTo(x);
            if (isLast)
            {
                return steps;
            }

            last = decrement;
            Assemble(x, y, wall, repulsion);
        }
    }

    /// <summary>The positive root of x^2 - y x - A; |y| where A is 0.</summary>
    private static double OneUnknown(double y, double wall)
    {
        var root = Math.Sqrt((y * y) + (4 * wall));
        return y >= 0 ? (y + root) / 2 : wall > 0 ? 2 * wall / (root - y) : y;
    }

    private static void DrawApart(Span<double> x, double wall, double repulsion)
    {
        var gap = LeastGap * Math.Sqrt(repulsion);
        x[0] = wall > 0 ? Math.Max(x[0], LeastGap * Math.Sqrt(wall)) : x[0];
        for (var k = 1; k < x.Length; k++)
        {
            x[k] = Math.Max(x[k], Math.Max(x[k - 1] + gap, Math.BitIncrement(x[k - 1])));
        }
    }

    /// <summary>Sets the trial to a part of Newton's move.</summary>
    private void GoAhead(ReadOnlySpan<double> x, double length)
    {
        for (var k = 0; k < m; k++)
        {
            trial[k] = x[k] + (length * move[k]);
        }
    }

    /// <summary>Sets the trial to the end of Newton's move, but leaves each distance a tenth of what it is at least, half of it at the cost of either side; false where a wall is in the way.</summary>
    private bool GoClipped(ReadOnlySpan<double> x, double wall)
    {
        var below = double.NegativeInfinity;
        for (var k = 0; k < m; k++)
        {
            below = trial[k] = Math.Max(x[k] + move[k], k == 0 ? below : below + Room(x, k));
        }

        var above = double.PositiveInfinity;
        for (var k = m - 1; k >= 0; k--)
        {
            above = Math.Min(x[k] + move[k], k == m - 1 ? above : above - Room(x, k + 1));
            trial[k] = (trial[k] + above) / 2;
        }

        return IsInside(trial, wall);
    }

    private static double Room(ReadOnlySpan<double> x, int k) => (1 - TowardsWall) * (x[k] - x[k - 1]);

    /// <summary>Sets the trial to a part of Newton's move that makes F smaller: the longest of a few, or one of a length that is sure to.</summary>
    private void GoStraight(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double wall, double repulsion, double sure)
    {
        for (var length = Math.Min(1, TowardsWall * DistanceToWall(x, wall)); length > sure; length /= 2)
        {
            GoAhead(x, length);
            if (IsInside(trial, wall) && FallsUpTo(x, y, wall, repulsion))
            {
                return;
            }
        }

        GoAhead(x, sure);
    }

    /// <summary>How many moves it is to the wall; infinite where the move leads away from all of them.</summary>
    private double DistanceToWall(ReadOnlySpan<double> x, double wall)
    {
        var (room, speed) = wall > 0 ? (x[0], move[0]) : (x[0] + x[1], move[0] + move[1]);
        var nearest = speed < 0 ? -room / speed : double.PositiveInfinity;
        for (var k = 1; k < m; k++)
        {
            (room, speed) = (x[k] - x[k - 1], move[k] - move[k - 1]);
            nearest = speed < 0 ? Math.Min(nearest, -room / speed) : nearest;
        }

        return nearest;
    }

    private static bool IsInside(ReadOnlySpan<double> x, double wall)
    {
        if (!(wall > 0 ? x[0] > 0 : x[0] + x[1] > 0))
        {
            return false;
        }

        for (var k = 1; k < x.Length; k++)
        {
            if (!(x[k] > x[k - 1]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where F does not rise at the trial on the way from <paramref name="x"/>; being convex, it fell all the way then.</summary>
    private bool FallsUpTo(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double wall, double repulsion)
    {
        var slope = 0.0;
        for (var k = 0; k < m; k++)
        {
            slope += (trial[k] - x[k]) * (trial[k] - y[k] - (wall > 0 ? wall / trial[k] : 0));
            for (var j = 0; j < k; j++)
            {
                var rise = (trial[k] * (trial[k] - x[k])) - (trial[j] * (trial[j] - x[j]));
                slope -= 2 * repulsion * rise / ((trial[k] - trial[j]) * (trial[k] + trial[j]));
            }
        }

        return slope <= 0;
    }

    /// <summary>The gradient, and the second derivatives in the lower triangle of the factor.</summary>
    private void Assemble(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double wall, double repulsion)
    {
        for (var k = 0; k < m; k++)
        {
            var row = factor.AsSpan(k * stride, k + 1);
            var inverse = wall > 0 ? 1 / x[k] : 0;
            var (ownSlope, ownCurvature) = (x[k] - y[k] - (wall * inverse), 1 + (wall * inverse * inverse));
            for (var j = 0; j < k; j++)
            {
                var (difference, sum) = (x[k] - x[j], x[k] + x[j]);
                var product = 1 / (difference * sum);
                var (near, far) = (sum * product, difference * product);
                var (nearSquare, farSquare) = (repulsion * near * near, repulsion * far * far);
                ownSlope -= repulsion * (near + far);
                gradient[j] += repulsion * (near - far);
                ownCurvature += nearSquare + farSquare;
                factor[(j * stride) + j] += nearSquare + farSquare;
                row[j] = farSquare - nearSquare;
            }

            gradient[k] = ownSlope;
            row[k] = ownCurvature;
        }
    }

    /// <summary>Newton's move by Cholesky's factor, which takes the place of the second derivatives; the return value is -gradient . move.</summary>
    private double NewtonStep()
    {
        for (var first = 0; first < m; first += Block)
        {
            var count = Math.Min(Block, m - first);
            for (var j = 0; count == Block && j < first; j++)
            {
                EliminateFour(first, j);
            }

            for (var i = first; i < first + count; i++)
            {
                FinishRow(i, count == Block ? first : 0);
            }
        }

        var square = Lanes.Dot(move, move);
        for (var i = m - 1; i >= 0; i--)
        {
            move[i] /= factor[(i * stride) + i];
            for (var j = 0; j < i; j++)
            {
                move[j] -= factor[(i * stride) + j] * move[i];
            }
        }

        return square;
    }

    /// <summary>Row i of the factor from column <paramref name="from"/> on, and what the forward substitution makes of the gradient there.</summary>
    private void FinishRow(int i, int from)
    {
        var row = factor.AsSpan(i * stride, i + 1);
        for (var j = from; j < i; j++)
        {
            row[j] = (row[j] - Lanes.Dot(row[..j], factor.AsSpan(j * stride, j))) / factor[(j * stride) + j];
        }

        row[i] = Math.Sqrt(row[i] - Lanes.Dot(row[..i], row[..i]));
        move[i] = (-gradient[i] - Lanes.Dot(row[..i], move.AsSpan(0, i))) / row[i];
    }

    /// <summary>Column j of the factor in four rows: four sums side by side hide each other's waiting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EliminateFour(int first, int j)
    {
        var pivot = factor.AsSpan(j * stride, j + 1);
        Span<double> r0 = factor.AsSpan(first * stride, j + 1), r1 = factor.AsSpan((first + 1) * stride, j + 1), r2 = factor.AsSpan((first + 2) * stride, j + 1), r3 = factor.AsSpan((first + 3) * stride, j + 1);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        var l = 0;
        for (; l <= j - Lanes.Count; l += Lanes.Count)
        {
            var x = Vector512.Create<double>(pivot[l..]);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create<double>(r0[l..]), x, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create<double>(r1[l..]), x, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create<double>(r2[l..]), x, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create<double>(r3[l..]), x, s3);
        }

        var (d0, d1, d2, d3) = (Lanes.Sum(s0), Lanes.Sum(s1), Lanes.Sum(s2), Lanes.Sum(s3));
        for (; l < j; l++)
        {
            d0 = Math.FusedMultiplyAdd(r0[l], pivot[l], d0);
            d1 = Math.FusedMultiplyAdd(r1[l], pivot[l], d1);
            d2 = Math.FusedMultiplyAdd(r2[l], pivot[l], d2);
            d3 = Math.FusedMultiplyAdd(r3[l], pivot[l], d3);
        }

        var inverse = 1 / pivot[j];
        (r0[j], r1[j], r2[j], r3[j]) = ((r0[j] - d0) * inverse, (r1[j] - d1) * inverse, (r2[j] - d2) * inverse, (r3[j] - d3) * inverse);
    }
}
