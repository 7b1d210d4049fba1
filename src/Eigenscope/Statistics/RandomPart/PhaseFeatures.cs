namespace Eigenscope.Statistics;

/// <summary>What of a spectrum tells its phase.</summary>
public sealed record PhaseFeatures
{
    /// <summary>The share below the largest gap of a factor of 30 or more, of those between the 5 and 95 % ranks, or the share that is zero to rounding, 0 to 1.</summary>
    public required double CollapsedShare { get; init; }

    /// <summary>The Kolmogorov-Smirnov distance of the whole spectrum from the Marchenko-Pastur law of the same mean, 0 to 1.</summary>
    public required double TraceDistance { get; init; }

    /// <summary>The random part; null where it cannot be fitted.</summary>
    public required BulkFit? Bulk { get; init; }

    /// <summary>Why <see cref="Bulk"/> is null.</summary>
    public required string? BulkReason { get; init; }

    /// <summary>The share of eigenvalues beyond the random part, 0 to 1.</summary>
    public required double SpikeShare { get; init; }

    /// <summary>The distance of the random part from its law times its size over the critical value: above 1 the law does not hold.</summary>
    public required double BulkDistance { get; init; }

    /// <summary>The largest eigenvalue over the upper edge of the random part.</summary>
    public required double EdgeRatio { get; init; }

    /// <summary>How far the largest eigenvalue lies beyond the edge, in units of the Tracy-Widom law.</summary>
    public required double EdgeStatistic { get; init; }

    /// <summary>The same for the second largest.</summary>
    public required double SecondEdgeStatistic { get; init; }

    /// <summary>ln of the smallest spike over the upper edge of the random part; 0 without spikes.</summary>
    public required double FirstGap { get; init; }

    /// <summary>The exponent of the power law fitted to a tail of at least max(10, 0.05 M); infinite where there is no such tail.</summary>
    public required double Alpha { get; init; }

    /// <summary>The share of eigenvalues in that tail, 0 to 1.</summary>
    public required double TailShare { get; init; }

    /// <summary>Vuong's normalized log-likelihood ratio of the power law and an exponential law of that tail; positive for the power law.</summary>
    public required double ExponentialRatio { get; init; }

    /// <summary>The largest over the smallest eigenvalue; infinite where the smallest is zero.</summary>
    public required double Spread { get; init; }

    private const double Gap = 30;
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Measures a spectrum.</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0; the largest is positive.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="quasiNull">How many of the smallest are known to be quasi-null and are left out of the random part.</param>
    /// <returns>The features.</returns>
    public static PhaseFeatures Of(ReadOnlySpan<double> ascending, int n, int quasiNull = 0)
    {
        var (m, largest) = (ascending.Length, ascending[^1]);
        var resolved = ascending[CountUpTo(ascending, n * Epsilon * largest)..];
        var (fit, reason) = BulkFit.Of(ascending, n, quasiNull);
        var tail = PowerLawFit.Of(resolved, new PowerLawOptions { LeastTail = Math.Max(10, (int)(0.05 * m)) }).Fit;
        return new PhaseFeatures
        {
            CollapsedShare = Collapsed(ascending, n * Epsilon * largest),
            TraceDistance = Distance(ascending, n),
            Bulk = fit,
            BulkReason = reason,
            SpikeShare = fit is null ? 1 : (double)fit.Spikes / m,
            BulkDistance = fit is null ? double.PositiveInfinity : fit.Ks * fit.Columns / Critical(m - fit.Spikes),
            EdgeRatio = fit is null ? double.PositiveInfinity : largest / fit.LambdaPlus,
            EdgeStatistic = fit is null ? double.PositiveInfinity : fit.Edge.Standardize(largest, fit.Variance),
            SecondEdgeStatistic = fit is null ? double.PositiveInfinity : fit.Edge.Standardize(ascending[^2], fit.Variance),
            FirstGap = fit is null or { Spikes: 0 } ? 0 : Math.Log(ascending[^fit.Spikes] / fit.LambdaPlus),
            Alpha = tail?.Alpha ?? double.PositiveInfinity,
            TailShare = (double)(tail?.TailCount ?? 0) / m,
            ExponentialRatio = tail is null ? 0 : RatioToExponential(resolved[^tail.TailCount..]),
            Spread = largest / ascending[0],
        };
    }

    /// <summary>Vuong's statistic of a power law and an exponential law, both fitted to a tail.</summary>
    private static double RatioToExponential(ReadOnlySpan<double> tail)
    {
        var moments = new TailMoments(tail, tail[0]);
        return RivalTest.Of(tail, PowerLawTail.Of(moments), TailLaw.Exponential, ExponentialTail.Of(moments)).Normalized;
    }

    private static double Critical(int size) => 0.75 * Math.Log(Math.Max(10, size));

    private static int CountUpTo(ReadOnlySpan<double> ascending, double limit)
    {
        var count = 0;
        while (count < ascending.Length && ascending[count] <= limit)
        {
            count++;
        }

        return count;
    }

    private static double Collapsed(ReadOnlySpan<double> ascending, double least)
    {
        var m = ascending.Length;
        var (place, widest) = (0, 0.0);
        for (var j = (int)(0.05 * m); j < (int)(0.95 * m); j++)
        {
            var gap = Math.Max(ascending[j + 1], least) / Math.Max(ascending[j], least);
            (place, widest) = gap > widest ? (j, gap) : (place, widest);
        }

        return Math.Max(widest >= Gap ? (place + 1.0) / m : 0, (double)CountUpTo(ascending, least) / m);
    }

    private static double Distance(ReadOnlySpan<double> ascending, int n)
    {
        var (m, sum) = (ascending.Length, 0.0);
        foreach (var lambda in ascending)
        {
            sum += lambda;
        }

        var law = new MarchenkoPastur((double)n / m, sum / m);
        var distance = 0.0;
        for (var i = 0; i < m; i++)
        {
            var share = law.Cumulative(ascending[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / m) - share, share - ((double)i / m)));
        }

        return distance;
    }
}
