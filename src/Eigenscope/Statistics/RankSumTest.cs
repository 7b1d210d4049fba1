namespace Eigenscope.Statistics;

/// <summary>Whether the numbers of one group, say the layers of one model, lie above those of another, without pairs: the rank-sum test of Wilcoxon (1945) and of Mann and Whitney (1947).</summary>
/// <remarks>
/// The p-value is exact, given the ranks, where the product of the two counts is at most 400: of all ways to part the numbers into two groups of these sizes, also where some are equal. Beyond,
/// it is that of a normal law with the variance of the ranks at hand and a correction for continuity.
/// </remarks>
/// <param name="First">How many numbers the first group has.</param>
/// <param name="Second">How many the second has.</param>
/// <param name="U">How many of all pairs of a number of either group have the larger one in the second, equal ones counted half; 0 to <paramref name="First"/> times <paramref name="Second"/>.</param>
/// <param name="PValue">The probability, where both groups follow one law, of a U at least as far from its mean, to either side; 0 to 1.</param>
/// <param name="IsExact">Whether that is exact; else it is an approximation.</param>
/// <param name="CliffsDelta">Cliff's delta (1993): the share of those pairs with the larger one in the second less the share with the larger one in the first, -1 to 1.</param>
public sealed record RankSumTest(int First, int Second, double U, double PValue, bool IsExact, double CliffsDelta)
{
    private const long MostExact = 400;

    /// <summary>Tests two groups; U and delta are large where the second lies above the first.</summary>
    /// <param name="first">Numbers in any order.</param>
    /// <param name="second">Others, not necessarily as many.</param>
    /// <returns>The test; or null with the reason, where a group is empty or a number is not finite.</returns>
    public static (RankSumTest? Test, string? Reason) Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return (null, "a group has no numbers");
        }

        double[] all = [.. first, .. second];
        if (!Array.TrueForAll(all, double.IsFinite))
        {
            return (null, "a number is not finite");
        }

        var ranks = MidRanks.Of(all);
        var pairs = (double)first.Length * second.Length;
        var u = ranks.Skip(first.Length).Sum() - (second.Length * (second.Length + 1.0) / 2);
        var isExact = pairs <= MostExact;
        var p = isExact ? ExactP(ranks, Math.Min(first.Length, second.Length), u - (pairs / 2)) : RankDeviation.NormalP(u - (pairs / 2), Variance(ranks, pairs));
        return (new RankSumTest(first.Length, second.Length, u, p, isExact, (2 * u / pairs) - 1), null);
    }

    /// <summary>Of the rank sum of a group drawn without replacement.</summary>
    private static double Variance(double[] ranks, double pairs)
    {
        var (n, mean) = ((double)ranks.Length, (ranks.Length + 1) / 2.0);
        return pairs / (n * (n - 1)) * ranks.Sum(rank => (rank - mean) * (rank - mean));
    }

    /// <summary>The share of the groups of a size whose rank sum lies at least as far from its mean. All ranks are doubled, so that they are whole.</summary>
    private static double ExactP(double[] ranks, int size, double deviation)
    {
        var doubled = Array.ConvertAll(ranks, rank => (int)(2 * rank));
        var ways = new double[size + 1, doubled.Order().TakeLast(size).Sum() + 1];
        ways[0, 0] = 1;
        foreach (var rank in doubled)
        {
            for (var members = size; members > 0; members--)
            {
                for (var sum = ways.GetLength(1) - 1; sum >= rank; sum--)
                {
                    ways[members, sum] += ways[members - 1, sum - rank];
                }
            }
        }

        var (mean, far, beyond, all) = (size * (ranks.Length + 1), Math.Abs(2 * deviation), 0.0, 0.0);
        for (var sum = 0; sum < ways.GetLength(1); sum++)
        {
            all += ways[size, sum];
            beyond += Math.Abs(sum - mean) >= far ? ways[size, sum] : 0;
        }

        return beyond / all;
    }
}
