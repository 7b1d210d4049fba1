namespace Eigenscope.Statistics;

/// <summary>
/// Whether pairs of numbers, say of the same layers in two models, moved to one side: the signed-rank test of Wilcoxon (1945). Differences of zero are left out, as he does; equal ones share
/// their mean rank.
/// </summary>
/// <remarks>
/// Up to 25 differences the p-value is exact, given the ranks: of all 2^n ways to sign them, also where some are equal. Beyond, it is that of a normal law with the variance of the ranks
/// at hand and a correction for continuity. Fewer than six differences cannot reach 0.05.
/// </remarks>
/// <param name="Pairs">n, how many differences are not zero.</param>
/// <param name="Zeros">How many are, and were left out.</param>
/// <param name="RankSum">The sum of the ranks of the positive differences, 0 to n (n + 1) / 2.</param>
/// <param name="PValue">The probability, where a difference is as likely up as down, of a rank sum at least as far from its mean, to either side; 0 to 1.</param>
/// <param name="IsExact">Whether that is exact; else it is an approximation.</param>
/// <param name="RankBiserial">The matched-pairs rank-biserial correlation (Kerby 2014): the share of the ranks that go up less the share that go down, -1 to 1.</param>
/// <param name="MedianDifference">The median of all differences, zeros among them.</param>
public sealed record SignedRankTest(int Pairs, int Zeros, double RankSum, double PValue, bool IsExact, double RankBiserial, double MedianDifference)
{
    private const int MostExact = 25;

    /// <summary>Tests the differences second - first.</summary>
    /// <param name="first">Numbers in any order.</param>
    /// <param name="second">As many others, each the partner of the one at its place.</param>
    /// <returns>The test; or null with the reason, where a difference is not finite or none differs from zero.</returns>
    /// <exception cref="ArgumentException">There are not as many of one as of the other.</exception>
    public static (SignedRankTest? Test, string? Reason) Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"Pairs need as many numbers on either side, not {first.Length} and {second.Length}.", nameof(second));
        }

        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = second[i] - first[i];
        }

        return Of(differences);
    }

    /// <summary>Tests differences.</summary>
    /// <param name="differences">Numbers in any order.</param>
    /// <returns>The test; or null with the reason, where a difference is not finite or none differs from zero.</returns>
    public static (SignedRankTest? Test, string? Reason) Of(ReadOnlySpan<double> differences)
    {
        var all = differences.ToArray();
        if (!Array.TrueForAll(all, double.IsFinite))
        {
            return (null, "a difference is not finite");
        }

        var moved = Array.FindAll(all, difference => difference != 0);
        if (moved.Length == 0)
        {
            return (null, all.Length == 0 ? "there are no pairs" : "all differences are zero");
        }

        var ranks = MidRanks.Of(Array.ConvertAll(moved, Math.Abs));
        var (up, total) = (ranks.Where((_, i) => moved[i] > 0).Sum(), ranks.Sum());
        var isExact = moved.Length <= MostExact;
        var p = isExact ? ExactP(ranks, up) : RankDeviation.NormalP(up - (total / 2), ranks.Sum(rank => rank * rank) / 4);
        return (new SignedRankTest(moved.Length, all.Length - moved.Length, up, p, isExact, ((2 * up) - total) / total, Median(all)), null);
    }

    /// <summary>Twice the share of the signs that give no more than the smaller of the two rank sums. All ranks are doubled, so that they are whole.</summary>
    private static double ExactP(double[] ranks, double up)
    {
        var doubled = Array.ConvertAll(ranks, rank => (int)(2 * rank));
        var ways = new double[doubled.Sum() + 1];
        ways[0] = 1;
        foreach (var rank in doubled)
        {
            for (var sum = ways.Length - 1; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        var smaller = Math.Min((int)(2 * up), ways.Length - 1 - (int)(2 * up));
        return Math.Min(1, 2 * ways.Take(smaller + 1).Sum() / Math.ScaleB(1, ranks.Length));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] / 2) + (values[values.Length / 2] / 2);
    }
}
