namespace Eigenscope.Statistics;

/// <summary>How unlikely a sum of ranks is by the normal law that many ranks tend to.</summary>
internal static class RankDeviation
{
    /// <summary>Ranks move in steps of one or a half: this much of a deviation is put down to them.</summary>
    private const double Continuity = 0.5;

    /// <summary>The probability of a sum at least as far from its mean, to either side; 0 to 1. It is 1 where nothing varies.</summary>
    public static double NormalP(double deviation, double variance)
    {
        var beyond = Math.Max(0, Math.Abs(deviation) - Continuity);
        return beyond == 0 ? 1 : SpecialFunctions.Erfc(beyond / Math.Sqrt(2 * variance));
    }
}
