using Eigenscope.Statistics;

namespace Eigenscope.Experiments;

/// <summary>How far two series of numbers go up together, by ranks.</summary>
/// <param name="Spearman">Pearson's correlation of the ranks, ties sharing their mean rank, -1 to 1; NaN where a series is constant.</param>
/// <param name="Kendall">tau-b, -1 to 1; NaN where a series is constant.</param>
/// <param name="PValue">Spearman's two-sided permutation p-value, (1 + orders as extreme) / (1 + orders drawn).</param>
/// <param name="KendallPValue">Kendall's, over the same orders.</param>
/// <param name="Low">The lower end of the 95 % percentile interval of Spearman's over pairs drawn with replacement.</param>
/// <param name="High">Its upper end.</param>
internal sealed record RankCorrelation(double Spearman, double Kendall, double PValue, double KendallPValue, double Low, double High)
{
    /// <summary>How many orders are drawn.</summary>
    public const int Permutations = 20_000;

    private const int Resamples = 2000;
    private const double Rounding = 1e-12;

    /// <summary>Correlates pairs.</summary>
    public static RankCorrelation Of(IReadOnlyList<double> x, IReadOnlyList<double> y, ulong seed)
    {
        var (a, b) = (Centred(Ranks([.. x])), Centred(Ranks([.. y])));
        var (spearman, concord) = (Pearson(a, b), Concord(a, b));
        if (double.IsNaN(spearman))
        {
            return new(spearman, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var draws = new Sampling(seed);
        var (p, kendallP) = Permute(a, b, spearman, concord, draws);
        var resampled = Enumerable.Range(0, Resamples).Select(_ => Resampled(x, y, draws)).Where(double.IsFinite).Order().ToList();
        return new(spearman, concord / Math.Sqrt((double)Concord(a, a) * Concord(b, b)), p, kendallP, resampled[(int)(0.025 * resampled.Count)], resampled[(int)(0.975 * resampled.Count)]);
    }

    /// <summary>Spearman's correlation of x and y with z held fixed: of what is left of their ranks when those of z are regressed out.</summary>
    public static double Partial(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> z)
    {
        var (a, b, c) = (Centred(Ranks([.. x])), Centred(Ranks([.. y])), Centred(Ranks([.. z])));
        var (ab, ac, bc) = (Pearson(a, b), Pearson(a, c), Pearson(b, c));
        return (ab - (ac * bc)) / Math.Sqrt((1 - (ac * ac)) * (1 - (bc * bc)));
    }

    /// <summary>p-values times the number of tests that are left, in ascending order and never falling (Holm 1979).</summary>
    public static double[] Holm(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var (largest, left) = (0.0, pValues.Count);
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            adjusted[i] = largest = Math.Max(largest, Math.Min(1, left-- * pValues[i]));
        }

        return adjusted;
    }

    private static (double Spearman, double Kendall) Permute(double[] a, double[] b, double spearman, int concord, Sampling draws)
    {
        var (order, byRank, byPairs) = ((double[])b.Clone(), 1, 1);
        for (var k = 0; k < Permutations; k++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = (int)(draws.Uniform() * (i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }

            byRank += Math.Abs(Pearson(a, order)) >= Math.Abs(spearman) - Rounding ? 1 : 0;
            byPairs += Math.Abs(Concord(a, order)) >= Math.Abs(concord) ? 1 : 0;
        }

        return (byRank / (Permutations + 1.0), byPairs / (Permutations + 1.0));
    }

    private static double Resampled(IReadOnlyList<double> x, IReadOnlyList<double> y, Sampling draws)
    {
        var (a, b) = (new double[x.Count], new double[x.Count]);
        for (var i = 0; i < a.Length; i++)
        {
            var from = (int)(draws.Uniform() * a.Length);
            (a[i], b[i]) = (x[from], y[from]);
        }

        return Pearson(Centred(Ranks(a)), Centred(Ranks(b)));
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (int first = 0, end; first < order.Length; first = end)
        {
            for (end = first + 1; end < order.Length && values[order[end]] == values[order[first]]; end++)
            {
            }

            foreach (var i in order.AsSpan(first, end - first))
            {
                ranks[i] = (first + 1 + end) / 2.0;
            }
        }

        return ranks;
    }

    private static double[] Centred(double[] ranks) => Array.ConvertAll(ranks, rank => rank - ((ranks.Length + 1) / 2.0));

    /// <summary>The correlation of series of mean zero.</summary>
    private static double Pearson(double[] a, double[] b)
    {
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        return ab / Math.Sqrt(aa * bb);
    }

    /// <summary>Pairs in the same order less pairs in the opposite one; of a series with itself, pairs that differ.</summary>
    private static int Concord(double[] a, double[] b)
    {
        var sum = 0;
        for (var i = 1; i < a.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += a[i].CompareTo(a[j]) * b[i].CompareTo(b[j]);
            }
        }

        return sum;
    }
}
