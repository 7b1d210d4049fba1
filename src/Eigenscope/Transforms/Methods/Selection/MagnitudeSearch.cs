using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>
/// The magnitude of the k-th largest of numbers that are seen in blocks, several times over: exact, whatever their number. The bits of |x| without the sign order the magnitudes; a pass counts 16 of them at a time,
/// and once what is left is little, it is collected.
/// </summary>
/// <remarks>
/// Two passes are the rule and four the most, and one more where not all of several equal numbers are among the k largest and must be counted by blocks. NaN is larger than all numbers. Blocks may come in any
/// order and on any thread: all that is kept of them is counts, and what is collected is sorted.
/// </remarks>
internal sealed class MagnitudeSearch
{
    /// <summary>So many numbers are collected at most.</summary>
    public const int Collected = 1 << 21;

    /// <summary>So many numbers are sorted at most.</summary>
    private const int Sorted = 1 << 12;

    private const int Digits = 1 << 16;
    private const int DigitMask = Digits - 1;
    private const int FirstShift = 47;

    /// <summary>Where the digits lie in the 63 bits of a magnitude; the last has 15.</summary>
    private static readonly int[] Shifts = [FirstShift, 31, 15, 0];

    private readonly ConcurrentBag<Histogram> histograms = [];
    private readonly ConcurrentDictionary<int, long[]> found = [];
    private readonly ConcurrentDictionary<int, int> equal = [];
    private Stage stage;
    private int level;
    private long lowest;
    private long highest = long.MaxValue;
    private long left;

    /// <param name="count">k, at least 1 and at most the numbers there are.</param>
    public MagnitudeSearch(long count) => left = count;

    private enum Stage
    {
        Count,
        Collect,
        CountEqual,
        Done,
    }

    /// <summary>True when no further pass is needed.</summary>
    public bool IsDone => stage == Stage.Done;

    /// <summary>The bits of the magnitude, once it is done.</summary>
    public long Bits => lowest;

    /// <summary>The magnitude, once it is done.</summary>
    public double Magnitude => BitConverter.Int64BitsToDouble(lowest);

    /// <summary>How many of the numbers of this magnitude are among the k largest; null for all of them.</summary>
    public long? OfEqual { get; private set; }

    /// <summary>The numbers of this magnitude in a block, where <see cref="OfEqual"/> says that not all count.</summary>
    public int EqualIn(int block) => equal.GetValueOrDefault(block);

    /// <summary>The most bytes that a search holds on some threads.</summary>
    public static long Bytes(int threads) => (4L * Collected * sizeof(long)) + ((threads + 1) * 4L * Digits * sizeof(long));

    /// <summary>Sees a block of the numbers.</summary>
    /// <param name="block">The place of the block, by which equal numbers are counted.</param>
    /// <param name="x">The numbers.</param>
    public void See(int block, ReadOnlySpan<double> x)
    {
        switch (stage)
        {
            case Stage.Count:
                var histogram = histograms.TryTake(out var other) ? other : new Histogram();
                if (level == 0)
                {
                    histogram.Add(x);
                }
                else
                {
                    Visit(x, bits => histogram.Add(bits, Shifts[level]));
                }

                histograms.Add(histogram);
                break;
            case Stage.Collect:
                List<long> list = [];
                Visit(x, list.Add);
                if (list.Count > 0)
                {
                    found[block] = [.. list];
                }

                break;
            case Stage.CountEqual:
                var count = 0;
                Visit(x, _ => count++);
                equal[block] = count;
                break;
            default:
                break;
        }
    }

    /// <summary>Ends a pass over all numbers.</summary>
    public void EndPass()
    {
        switch (stage)
        {
            case Stage.Count:
                Narrow(Histogram.Sum(histograms));
                histograms.Clear();
                break;
            case Stage.Collect:
                Choose();
                found.Clear();
                break;
            default:
                stage = Stage.Done;
                break;
        }
    }

    private void Narrow(Histogram histogram)
    {
        var digit = Digits - 1;
        for (; histogram.Counts[digit] < left; digit--)
        {
            left -= histogram.Counts[digit];
        }

        var shift = Shifts[level];
        lowest |= (long)digit << shift;
        highest = lowest | ((1L << shift) - 1);
        var among = histogram.Counts[digit];
        if (level > 0)
        {
            (lowest, highest) = (histogram.Least[digit], histogram.Most[digit]);
        }

        if (lowest == highest)
        {
            OfEqual = left == among ? null : left;
            stage = OfEqual is null ? Stage.Done : Stage.CountEqual;
            return;
        }

        // The digits above the next one stay as they are, so that those below can be counted.
        lowest = lowest >> shift << shift;
        highest = lowest | ((1L << shift) - 1);
        (stage, level) = among <= Collected ? (Stage.Collect, level) : (Stage.Count, level + 1);
    }

    private void Choose()
    {
        var (bits, above, alike) = Ranked([.. found.Values.SelectMany(part => part)], left);
        (lowest, highest) = (bits, bits);
        OfEqual = left - above == alike ? null : left - above;
        stage = Stage.Done;
        foreach (var (block, part) in found)
        {
            equal[block] = part.AsSpan().Count(bits);
        }
    }

    /// <summary>The magnitude of some rank among those collected, how many are larger, and how many equal.</summary>
    private (long Bits, long Above, long Alike) Ranked(long[] all, long rank)
    {
        var (above, next) = (0L, level + 1);
        for (; next < Shifts.Length && all.Length > Sorted; next++)
        {
            var (shift, counts) = (Shifts[next], new int[Digits]);
            foreach (var bits in all)
            {
                counts[(bits >> shift) & DigitMask]++;
            }

            var digit = Digits - 1;
            for (; above + counts[digit] < rank; digit--)
            {
                above += counts[digit];
            }

            all = Array.FindAll(all, bits => ((bits >> shift) & DigitMask) == digit);
        }

        if (next == Shifts.Length)
        {
            return (all[0], above, all.Length);
        }

        Array.Sort(all);
        var ranked = all[^(int)(rank - above)];
        return (ranked, above + all.Count(bits => bits > ranked), all.AsSpan().Count(ranked));
    }

    /// <summary>Hands on the bits of all magnitudes from <see cref="lowest"/> to <see cref="highest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Visit(ReadOnlySpan<double> x, Action<long> visit)
    {
        var (least, most, magnitude) = (Vector512.Create(lowest), Vector512.Create(highest), Vector512.Create(long.MaxValue));
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            var bits = Vector512.Create(x[i..]).AsInt64() & magnitude;
            var inside = (Vector512.GreaterThanOrEqual(bits, least) & Vector512.LessThanOrEqual(bits, most)).ExtractMostSignificantBits();
            for (; inside != 0; inside &= inside - 1)
            {
                visit(bits[BitOperations.TrailingZeroCount(inside)]);
            }
        }

        for (; i < x.Length; i++)
        {
            var bits = BitConverter.DoubleToInt64Bits(x[i]) & long.MaxValue;
            if (bits >= lowest && bits <= highest)
            {
                visit(bits);
            }
        }
    }

    /// <summary>How many magnitudes have each digit, and the least and the most of these.</summary>
    private sealed class Histogram
    {
        private long[]? odd;

        public long[] Counts { get; } = new long[Digits];

        public long[] Least { get; private set; } = [];

        public long[] Most { get; private set; } = [];

        public static Histogram Sum(IEnumerable<Histogram> parts)
        {
            var sum = new Histogram();
            foreach (var part in parts)
            {
                for (var digit = 0; digit < Digits; digit++)
                {
                    sum.Counts[digit] += part.Counts[digit] + (part.odd?[digit] ?? 0);
                }

                sum.Widen(part);
            }

            return sum;
        }

        /// <summary>Counts the first digits; the sign is no part of them.</summary>
        public unsafe void Add(ReadOnlySpan<double> x)
        {
            odd ??= new long[Digits];
            fixed (double* values = x)
            fixed (long* even = Counts, others = odd)
            {
                // Two tables: neighbours are often alike, and one count need not wait for the other.
                var bits = (long*)values;
                var i = 0;
                for (; i < x.Length - 1; i += 2)
                {
                    even[(bits[i] >> FirstShift) & DigitMask]++;
                    others[(bits[i + 1] >> FirstShift) & DigitMask]++;
                }

                if (i < x.Length)
                {
                    even[(bits[i] >> FirstShift) & DigitMask]++;
                }
            }
        }

        public void Add(long bits, int shift)
        {
            Bound();
            var digit = (bits >> shift) & (shift == 0 ? DigitMask >> 1 : DigitMask);
            Counts[digit]++;
            Least[digit] = Math.Min(Least[digit], bits);
            Most[digit] = Math.Max(Most[digit], bits);
        }

        private void Bound()
        {
            if (Least.Length == 0)
            {
                (Least, Most) = (new long[Digits], new long[Digits]);
                Array.Fill(Least, long.MaxValue);
            }
        }

        private void Widen(Histogram part)
        {
            if (part.Least.Length == 0)
            {
                return;
            }

            Bound();
            for (var digit = 0; digit < Digits; digit++)
            {
                (Least[digit], Most[digit]) = (Math.Min(Least[digit], part.Least[digit]), Math.Max(Most[digit], part.Most[digit]));
            }
        }
    }
}
