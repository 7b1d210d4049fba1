namespace Eigenscope.Statistics;

/// <summary>The random part of a spectrum: a Marchenko-Pastur law fitted to the eigenvalues that are left when those beyond its edge are taken away.</summary>
/// <remarks>
/// k spikes taken away leave the spectrum of an (N - k) x (M - k) matrix, in which the variance is the slope, through the origin, of the ordered eigenvalues
/// against the quantiles of the law, over those from 10 to 60 % of the way up: neither spikes nor small eigenvalues reach these. Eigenvalues beyond the
/// 99 % quantile of the largest one of such a matrix (Tracy and Widom 1996; Johnstone 2001) are spikes; the fit is repeated until their number stays.
/// Signals too weak to stand out count as noise and raise the variance, by 7 to 11 % where the edge dissolves; rows of unequal variance lower it.
/// </remarks>
/// <param name="Variance">The variance of the entries of the random part, sigma^2.</param>
/// <param name="Spikes">k, the number of eigenvalues beyond the edge, in about 1 % of random matrices one.</param>
/// <param name="LambdaMinus">The lower edge of the law, in the units of the eigenvalues.</param>
/// <param name="LambdaPlus">The upper edge of the law.</param>
/// <param name="Ks">The Kolmogorov-Smirnov distance between the law and the eigenvalues that are no spikes, 0 to 1. Eigenvalues repel each other, so that it is of order ln M / M where the law holds.</param>
/// <param name="Size">The number of eigenvalues that are compared with the law: M - k, or less by <see cref="QuasiNull"/>.</param>
public sealed record BulkFit(double Variance, int Spikes, double LambdaMinus, double LambdaPlus, double Ks, int Size)
{
    /// <summary>Fewer eigenvalues than this make no law.</summary>
    public const int LeastSize = 10;

    private const double First = 0.10;
    private const double Last = 0.60;

    /// <summary>The longer side of the random matrix whose spectrum the law describes: N - k, or less where small values were taken away as dead directions.</summary>
    public int Rows { get; init; }

    /// <summary>The shorter side of that matrix.</summary>
    public int Columns { get; init; }

    /// <summary>The number of smallest eigenvalues that were left out of the fit; 0 unless asked for.</summary>
    public int QuasiNull { get; init; }

    /// <summary>Above this, <see cref="Ks"/> times <see cref="Size"/> says that the law does not hold: 0.75 ln(M - k), which random matrices of M = 60 to 400 stay below in more than 95 %.</summary>
    public double CriticalDistance => 0.75 * Math.Log(Size);

    /// <summary>Where the largest eigenvalue of the random part lies, for a variance of 1.</summary>
    public TracyWidomEdge Edge => TracyWidomEdge.Of(Rows, Columns);

    /// <summary>Fits all M eigenvalues of W^T W, W an N x M matrix, in ascending order and never divided by N.</summary>
    /// <param name="ascending">M eigenvalues, from 0.</param>
    /// <param name="n">N, at least M.</param>
    /// <returns>The fit; or null with the reason, where too few eigenvalues are left for the random part, or those are zero.</returns>
    public static (BulkFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, int n)
    {
        var m = ascending.Length;
        for (var spikes = 0; m - spikes >= LeastSize;)
        {
            var bulk = ascending[..^spikes];
            var variance = VarianceOf(bulk, 0, n - spikes);
            if (!(variance > 0))
            {
                return (null, "the smaller eigenvalues are zero");
            }

            var beyond = CountAbove(ascending, variance * TracyWidomEdge.Of(n - spikes, m - spikes).Threshold99);
            if (beyond <= spikes)
            {
                return (Describe(bulk, 0, n - spikes, variance, spikes), null);
            }

            spikes = beyond;
        }

        return (null, $"fewer than {LeastSize} eigenvalues are left for the random part");
    }

    /// <summary>
    /// Fits without the smallest eigenvalues, in two ways, and keeps the one nearer to the law: as if they were dead directions, which leaves a smaller matrix, and as if they had been
    /// shrunk where they were, which leaves the law of the whole matrix above them.
    /// </summary>
    /// <param name="ascending">M eigenvalues, from 0.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="quasiNull">How many of the smallest are left out, from 0.</param>
    /// <returns>The fit; or null with the reason, where too few eigenvalues are left for the random part, or those are zero.</returns>
    public static (BulkFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, int n, int quasiNull)
    {
        var taken = Math.Clamp(quasiNull, 0, ascending.Length);
        var (dead, reason) = Of(ascending[taken..], n - taken);
        if (dead is null || taken == 0)
        {
            return (dead, reason);
        }

        var bulk = ascending[taken..^dead.Spikes];
        var shrunk = Describe(bulk, taken, n - dead.Spikes, VarianceOf(bulk, taken, n - dead.Spikes), dead.Spikes);
        return (shrunk.Ks < dead.Ks ? shrunk : dead with { QuasiNull = taken }, null);
    }

    /// <summary>The fit without the <paramref name="spikes"/> largest eigenvalues, whatever lies beyond its edge; or null with the reason.</summary>
    internal static (BulkFit? Fit, string? Reason) Beside(ReadOnlySpan<double> ascending, int n, int spikes)
    {
        var bulk = ascending[..^spikes];
        var variance = VarianceOf(bulk, 0, n - spikes);
        return variance > 0 ? (Describe(bulk, 0, n - spikes, variance, spikes), null) : (null, "the smaller eigenvalues are zero");
    }

    /// <summary>The variance of an n-row matrix of which <paramref name="bulk"/> are the eigenvalues above the <paramref name="below"/> smallest.</summary>
    private static double VarianceOf(ReadOnlySpan<double> bulk, int below, int n)
    {
        var size = bulk.Length + below;
        var first = Math.Max(below, (int)Math.Ceiling((First * size) - 0.5));
        var count = (int)Math.Floor((Last * size) - 0.5) + 1 - first;
        if (count < 1)
        {
            return 0;
        }

        double[] shares = [.. Enumerable.Range(first, count).Select(i => (i + 0.5) / size)];
        var quantiles = new MarchenkoPastur((double)n / size, n).Quantiles(shares);
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            products += bulk[first - below + i] * quantiles[i];
            squares += quantiles[i] * quantiles[i];
        }

        return products / squares;
    }

    private static int CountAbove(ReadOnlySpan<double> ascending, double edge)
    {
        var count = 0;
        while (count < ascending.Length && ascending[^(count + 1)] > edge)
        {
            count++;
        }

        return count;
    }

    private static BulkFit Describe(ReadOnlySpan<double> bulk, int below, int n, double variance, int spikes)
    {
        var columns = bulk.Length + below;
        if (!(variance > 0))
        {
            return new BulkFit(variance, spikes, 0, 0, double.PositiveInfinity, bulk.Length);
        }

        var law = new MarchenkoPastur((double)n / columns, n * variance);
        return new BulkFit(variance, spikes, law.LambdaMinus, law.LambdaPlus, Distance(bulk, (double)below / columns, law), bulk.Length)
        {
            Rows = n,
            Columns = columns,
            QuasiNull = below,
        };
    }

    /// <summary>The distance from the part of the law above its share <paramref name="below"/>.</summary>
    private static double Distance(ReadOnlySpan<double> ascending, double below, MarchenkoPastur law)
    {
        var distance = 0.0;
        for (var i = 0; i < ascending.Length; i++)
        {
            var share = Math.Max(0, (law.Cumulative(ascending[i]) - below) / (1 - below));
            distance = Math.Max(distance, Math.Max(((i + 1.0) / ascending.Length) - share, share - ((double)i / ascending.Length)));
        }

        return distance;
    }
}
