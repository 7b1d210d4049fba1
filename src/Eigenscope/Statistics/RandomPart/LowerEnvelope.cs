namespace Eigenscope.Statistics;

/// <summary>
/// Where the smallest eigenvalues of a random matrix of an exact shape lie: mean and standard deviation of the logarithm of each of the lowest fifth, and how far the
/// lowest of them, in those units, ever falls below.
/// </summary>
/// <remarks>From draws of <see cref="WishartNull"/>. The largest fall of each draw, max_j (m_j - ln lambda_(j)) / s_j, tells what is unusual of all ranks together, so that no rank needs a level of its own.</remarks>
internal sealed class LowerEnvelope
{
    private const double Share = 0.2;

    private readonly double[] means;
    private readonly double[] deviations;
    private readonly double[] falls;

    private LowerEnvelope(double[] means, double[] deviations, double[] falls) =>
        (this.means, this.deviations, this.falls) = (means, deviations, falls);

    /// <summary>How many of the smallest eigenvalues are looked at.</summary>
    public int Ranks => means.Length;

    /// <summary>The envelope of some draws of an n x m matrix, n at least m; the same seed gives the same one.</summary>
    public static LowerEnvelope Of(int n, int m, int draws, long seed)
    {
        var source = new PortableDraws((ulong)seed);
        var ranks = Math.Max(1, (int)(Share * m));
        var logs = new double[draws][];
        for (var i = 0; i < draws; i++)
        {
            logs[i] = Array.ConvertAll(WishartNull.Smallest(n, m, ranks, source), Math.Log);
        }

        var mean = Enumerable.Range(0, ranks).Select(j => logs.Average(draw => draw[j])).ToArray();
        var deviation = mean.Select((middle, j) => Math.Sqrt(logs.Sum(draw => (draw[j] - middle) * (draw[j] - middle)) / (draws - 1))).ToArray();
        var largest = logs.Select(draw => mean.Select((middle, j) => (middle - draw[j]) / deviation[j]).Max()).Order().ToArray();
        return new LowerEnvelope(mean, deviation, largest);
    }

    /// <summary>m_j - ln(lambda_(j) / variance) of each rank: how far the logarithm lies below its mean.</summary>
    public double[] Deficits(ReadOnlySpan<double> ascending, double variance)
    {
        var result = new double[Ranks];
        for (var j = 0; j < Ranks; j++)
        {
            result[j] = means[j] - Math.Log(ascending[j] / variance);
        }

        return result;
    }

    /// <summary>Deficits in units of the standard deviation of their rank.</summary>
    public double[] Falls(double[] deficits) => [.. deficits.Select((deficit, j) => deficit / deviations[j])];

    /// <summary>The Monte Carlo p-value (1 + #{draws that fall as far}) / (1 + draws) of the largest fall.</summary>
    public double P(double fall) => (1.0 + falls.Count(drawn => drawn >= fall)) / (falls.Length + 1);

    /// <summary>The fall that has a p-value below a level only if exceeded.</summary>
    public double FallAt(double level)
    {
        var allowed = (int)Math.Ceiling(level * (falls.Length + 1)) - 2;
        return allowed < 0 ? double.PositiveInfinity : falls[^(allowed + 1)];
    }
}
