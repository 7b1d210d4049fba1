using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>Elements of the largest magnitudes against what sorting gives.</summary>
public sealed class MagnitudeSearchTests
{
    private const int Block = 1000;

    public static TheoryData<string> Kinds => ["normal", "bfloat16", "equal", "zeros", "extreme", "few"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Exactly_k_lead_and_of_equal_ones_those_that_come_first(string kind)
    {
        var x = Numbers(kind, 7013);
        var order = Enumerable.Range(0, x.Length).OrderByDescending(i => Bits(x[i])).ToArray();
        foreach (var count in new[] { 0, 1, 2, 999, 1000, 1001, 3500, x.Length - 1, x.Length, x.Length + 1 })
        {
            var (kept, dropped) = ((double[])x.Clone(), (double[])x.Clone());
            var leading = Search(x, count);
            for (var (block, at) = (0, 0); at < x.Length; block++, at += Block)
            {
                var length = Math.Min(Block, x.Length - at);
                leading.Keep(block, x.AsSpan(at, length), kept.AsSpan(at, length));
                leading.Drop(block, x.AsSpan(at, length), dropped.AsSpan(at, length));
            }

            var expected = new double[x.Length];
            foreach (var i in order.Take(count))
            {
                expected[i] = x[i];
            }

            Assert.Equal(expected, kept);
            Assert.Equal(x.Select((value, i) => expected[i].Equals(value) ? 0 : value), dropped.Select((value, i) => expected[i].Equals(x[i]) ? value + 0.0 : value));
        }
    }

    /// <summary>More numbers than are collected have the same first 16, 32 or 48 bits, or all of them.</summary>
    [Theory]
    [InlineData(3, 0x3FF0000000000000, 0)]
    [InlineData(3, 0x3FF0000000000000, 1)]
    [InlineData(1, 0x3FF0000000000000, 16)]
    [InlineData(1000, 0x3FF0000000000000, 0)]
    [InlineData(1 << 20, 0x3FF0000000000000, 0)]
    [InlineData(1 << 20, 0x3FF0000000000000, 20)]
    [InlineData(1 << 20, 0x0000000000000000, 40)]
    public void Narrows_many_numbers_that_begin_alike(int different, long first, int shift)
    {
        var count = MagnitudeSearch.Collected + (MagnitudeSearch.Collected / 2);
        var x = new double[count];
        var values = new long[different];
        for (var i = 0; i < count; i++)
        {
            var k = (int)((i * 2654435761L) % different);
            values[k]++;
            x[i] = (i % 2 == 0 ? 1 : -1) * BitConverter.Int64BitsToDouble(first + ((long)k << shift));
        }

        foreach (var rank in new[] { 1L, count / 3, count - 1 })
        {
            var search = new MagnitudeSearch(rank);
            var passes = 0;
            for (; !search.IsDone; passes++)
            {
                search.See(1, x.AsSpan(count / 2));
                search.See(0, x.AsSpan(0, count / 2));
                search.EndPass();
            }

            var (k, above) = (different - 1, 0L);
            for (; above + values[k] < rank; k--)
            {
                above += values[k];
            }

            Assert.Equal(first + ((long)k << shift), search.Bits);
            Assert.Equal(rank - above == values[k] ? null : rank - above, search.OfEqual);
            Assert.True(passes <= 5);
        }
    }

    private static LeadingElements Search(double[] x, long count)
    {
        var leading = new LeadingElements(count, x.Length);
        while (leading.Searches.Any(search => !search.IsDone))
        {
            // From the last block to the first: their order must not count.
            for (var block = (x.Length - 1) / Block; block >= 0; block--)
            {
                leading.Searches[0].See(block, x.AsSpan(block * Block, Math.Min(Block, x.Length - (block * Block))));
            }

            leading.Searches[0].EndPass();
        }

        leading.Settle(((x.Length - 1) / Block) + 1);
        return leading;
    }

    private static double[] Numbers(string kind, int count)
    {
        var draws = new Draws(5);
        return [.. Enumerable.Range(0, count).Select(i => kind switch
        {
            "normal" => draws.Normal(),
            "bfloat16" => SyntheticMerge.Bfloat16(draws.Normal()),
            "equal" => i % 2 == 0 ? 0.25 : -0.25,
            "zeros" => i % 10 == 0 ? draws.Normal() : 0,
            "few" => draws.Below(3) - 1,
            _ => (i % 7) switch { 0 => double.PositiveInfinity, 1 => double.Epsilon * draws.Below(5), 2 => double.NegativeInfinity, 3 => -0.0, 4 => double.MaxValue, _ => draws.Normal() * 1e-300 },
        })];
    }

    private static long Bits(double x) => BitConverter.DoubleToInt64Bits(x) & long.MaxValue;
}
