namespace Eigenscope.Statistics;

/// <summary>Ranks of numbers, from 1 for the least; equal numbers share the mean of the ranks that they take (Kendall 1945).</summary>
internal static class MidRanks
{
    /// <summary>The rank of each number, in the order in which the numbers are given: multiples of one half, their sum n (n + 1) / 2.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var (sorted, order, ranks) = (values.ToArray(), new int[values.Length], new double[values.Length]);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            for (end = first + 1; end < sorted.Length && sorted[end] == sorted[first]; end++)
            {
            }

            foreach (var i in order.AsSpan(first, end - first))
            {
                ranks[i] = (first + 1 + end) / 2.0;
            }
        }

        return ranks;
    }
}
