namespace Eigenscope.Statistics;

/// <summary>Whether the numbers of several groups, say the kinds of layers of a model, lie at different heights: the test of Kruskal and Wallis (1952), with their correction for equal numbers.</summary>
/// <remarks>The p-value is that of the chi-squared law, which H follows in the limit; with fewer than five numbers in a group it is rough.</remarks>
/// <param name="Groups">k, how many groups have numbers; empty ones are left out.</param>
/// <param name="Count">n, how many numbers there are in all.</param>
/// <param name="H">The statistic, from 0, where the groups have the same mean rank, to n - 1.</param>
/// <param name="PValue">The probability, where all groups follow one law, of an H at least as large; 0 to 1.</param>
/// <param name="EpsilonSquared">H / (n - 1): the share of the variance of the ranks that lies between the groups, 0 to 1 (Tomczak and Tomczak 2014).</param>
public sealed record KruskalWallisTest(int Groups, int Count, double H, double PValue, double EpsilonSquared)
{
    /// <summary>Tests groups. Where all numbers are equal, H is 0 and the p-value 1.</summary>
    /// <param name="groups">Numbers of each group in any order.</param>
    /// <returns>The test; or null with the reason, where fewer than two groups have numbers or a number is not finite.</returns>
    public static (KruskalWallisTest? Test, string? Reason) Of(params IReadOnlyList<IReadOnlyList<double>> groups)
    {
        var filled = groups.Where(group => group.Count > 0).ToList();
        if (filled.Count < 2)
        {
            return (null, $"at least two groups need numbers, not {filled.Count}");
        }

        double[] all = [.. filled.SelectMany(group => group)];
        if (!Array.TrueForAll(all, double.IsFinite))
        {
            return (null, "a number is not finite");
        }

        var ranks = MidRanks.Of(all);
        var (start, mean, between) = (0, (all.Length + 1) / 2.0, 0.0);
        foreach (var group in filled)
        {
            var distance = ranks.Skip(start).Take(group.Count).Average() - mean;
            between += group.Count * distance * distance;
            start += group.Count;
        }

        var total = ranks.Sum(rank => (rank - mean) * (rank - mean));
        var share = total > 0 ? Math.Min(1, between / total) : 0;
        var h = (all.Length - 1) * share;
        return (new KruskalWallisTest(filled.Count, all.Length, h, SpecialFunctions.RegularizedGammaQ((filled.Count - 1) / 2.0, h / 2), share), null);
    }
}
