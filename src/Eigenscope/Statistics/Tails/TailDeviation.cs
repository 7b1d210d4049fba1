using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.Statistics;

/// <summary>
/// The largest deviation of one fitted law from an empirical distribution at places j = first, first + step, ... of its tail: |F(x_j) - (j + h) / k| + h / k, where h is 0 for one side of
/// each step and 1/2 for both, since max(a - b, b + 2c - a) = |a - b - c| + c.
/// </summary>
/// <param name="LogXmin">ln xmin.</param>
/// <param name="Slope">1 - alpha, below 0.</param>
/// <param name="Mass">The share of the law below its upper end.</param>
/// <param name="Count">k, the length of the tail.</param>
/// <param name="HalfStep">h.</param>
internal readonly record struct TailDeviation(double LogXmin, double Slope, double Mass, int Count, double HalfStep)
{
    private const int Block = 8 * Width;

    /// <summary>The number of places that are looked at together.</summary>
    private const int Width = 4;

    /// <summary>
    /// The largest deviation at <paramref name="count"/> places whose logarithms begin <paramref name="logs"/>, which has four finite elements more;
    /// infinity as soon as one reaches <paramref name="limit"/>. The same bits for every width of registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Largest(ReadOnlySpan<double> logs, int count, int first, int step, double limit)
    {
        ref var start = ref MemoryMarshal.GetReference(logs);
        var (slope, origin, inverseMass) = (Vector256.Create(Slope), Vector256.Create(LogXmin), Vector256.Create(1 / Mass));
        var (inverseCount, half) = (Vector256.Create(1.0 / Count), Vector256.Create(HalfStep / Count));
        var lanes = Vector256.Create(0.0, 1, 2, 3);
        var places = Vector256.FusedMultiplyAdd(lanes, Vector256.Create((double)step), Vector256.Create(first + HalfStep));
        var advance = Vector256.Create((double)step * Width);
        var largest = Vector256<double>.Zero;
        for (var block = 0; block < count; block += Block)
        {
            var end = Math.Min(count, block + Block);
            for (var m = block; m < end; m += Width)
            {
                var t = Vector256.Min(slope * (Vector256.LoadUnsafe(ref start, (nuint)m) - origin), Vector256<double>.Zero);
                var law = (Vector256<double>.One - NegativeExponential.Of(t)) * inverseMass;
                var deviation = Vector256.Abs(law - (places * inverseCount)) + half;
                var inside = Vector256.LessThan(lanes, Vector256.Create((double)(count - m)));
                largest = Vector256.Max(largest, Vector256.ConditionalSelect(inside, deviation, Vector256<double>.Zero));
                places += advance;
            }

            if (LargestLane(largest) >= limit)
            {
                return double.PositiveInfinity;
            }
        }

        return LargestLane(largest);
    }

    /// <summary>The deviation at place j of the tail by the functions of the platform, to the last digit of them.</summary>
    public double At(double log, int j)
    {
        var law = (1 - Math.Exp(Slope * (log - LogXmin))) / Mass;
        var below = Math.Abs(law - (j / (double)Count));
        return HalfStep == 0 ? below : Math.Max(below, ((j + 1) / (double)Count) - law);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LargestLane(Vector256<double> lanes)
    {
        var half = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
        return Math.Max(half[0], half[1]);
    }
}
