using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>The k elements of a tensor with the largest magnitudes; of equal ones, those with the lowest index.</summary>
internal sealed class LeadingElements
{
    private readonly MagnitudeSearch? search;
    private readonly bool all;
    private int[]? quotas;

    /// <param name="count">k; none for 0 and less.</param>
    /// <param name="of">The elements there are.</param>
    public LeadingElements(long count, long of) => (search, all) = (count > 0 && count < of ? new MagnitudeSearch(count) : null, count >= of);

    /// <summary>What must be searched first; empty where k is none or all of them.</summary>
    public IReadOnlyList<MagnitudeSearch> Searches => search is null ? [] : [search];

    /// <summary>Counts, block by block, how many of the elements that equal the least of the leading ones belong to them.</summary>
    /// <param name="blocks">The blocks of the tensor.</param>
    public void Settle(int blocks)
    {
        if (search?.OfEqual is { } left)
        {
            quotas = new int[blocks];
            for (var block = 0; block < blocks; block++)
            {
                quotas[block] = (int)Math.Min(left, search.EqualIn(block));
                left -= quotas[block];
            }
        }
    }

    /// <summary>Puts zero in the place of the elements of a block that are not leading.</summary>
    public void Keep(int block, ReadOnlySpan<double> ranked, Span<double> x) => Clear(block, ranked, x, leading: false);

    /// <summary>Puts zero in the place of the elements of a block that are leading.</summary>
    public void Drop(int block, ReadOnlySpan<double> ranked, Span<double> x) => Clear(block, ranked, x, leading: true);

    /// <param name="block">The place of the block.</param>
    /// <param name="ranked">The numbers that are ranked; may be <paramref name="x"/> itself.</param>
    /// <param name="x">The elements that are changed.</param>
    /// <param name="leading">Which of them.</param>
    private void Clear(int block, ReadOnlySpan<double> ranked, Span<double> x, bool leading)
    {
        if (search is null)
        {
            if (all == leading)
            {
                x.Clear();
            }

            return;
        }

        if (quotas is null)
        {
            ClearFrom(search.Bits, ranked, x, leading);
            return;
        }

        // Equal elements lead up to the quota of the block, which is passed at one place: before it all of them do, and after it none.
        var split = PlaceAfter(quotas[block], ranked);
        ClearFrom(search.Bits, ranked[..split], x[..split], leading);
        if (search.Bits != long.MaxValue)
        {
            ClearFrom(search.Bits + 1, ranked[split..], x[split..], leading);
        }
    }

    /// <summary>The place after so many elements that equal the least of the leading ones.</summary>
    private int PlaceAfter(int equal, ReadOnlySpan<double> ranked)
    {
        var place = 0;
        for (; equal > 0; place++)
        {
            equal -= (BitConverter.DoubleToInt64Bits(ranked[place]) & long.MaxValue) == search!.Bits ? 1 : 0;
        }

        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ClearFrom(long least, ReadOnlySpan<double> ranked, Span<double> x, bool leading)
    {
        var (bound, magnitude, other) = (Vector512.Create(least), Vector512.Create(long.MaxValue), Vector512.Create(leading ? -1L : 0));
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            var leads = Vector512.GreaterThanOrEqual(Vector512.Create(ranked[i..]).AsInt64() & magnitude, bound);
            (Vector512.Create<double>(x[i..]).AsInt64() & (leads ^ other)).AsDouble().CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            var leads = (BitConverter.DoubleToInt64Bits(ranked[i]) & long.MaxValue) >= least;
            x[i] = leads != leading ? x[i] : 0;
        }
    }
}
