namespace Eigenscope.Statistics;

/// <summary>The random part of a spectrum: a Marchenko-Pastur law fitted to the eigenvalues that are left when those beyond its edge are taken away.</summary>
/// <remarks>
/// k spikes taken away leave the spectrum of an (N - k) x (M - k) matrix, in which the variance is the slope, through the origin, of the ordered eigenvalues
/// against the quantiles of the law, over those from 10 to 60 % of the way up: neither spikes nor small eigenvalues reach these. Eigenvalues beyond the
/// 99 % quantile of the largest one of such a matrix (Tracy and Widom 1996; Johnstone 2001) are spikes; the fit is repeated until their number stays.
/// </remarks>
/// <param name="Variance">The variance of the entries of the random part, sigma^2.</param>
/// <param name="Spikes">k, the number of eigenvalues beyond the edge, in about 1 % of random matrices one.</param>
/// <param name="LambdaMinus">The lower edge of the law, in the units of the eigenvalues.</param>
/// <param name="LambdaPlus">The upper edge of the law.</param>
/// <param name="Ks">The Kolmogorov-Smirnov distance between the law and the eigenvalues that are no spikes, 0 to 1. Eigenvalues repel each other, so that it is of order ln M / M where the law holds.</param>
/// <param name="Size">M - k.</param>
public sealed record BulkFit(double Variance, int Spikes, double LambdaMinus, double LambdaPlus, double Ks, int Size)
{
    /// <summary>Fewer eigenvalues than this make no law.</summary>
    public const int LeastSize = 10;

    private const double First = 0.10;
    private const double Last = 0.60;

    /// <summary>Above this, <see cref="Ks"/> times <see cref="Size"/> says that the law does not hold: 0.75 ln(M - k), which random matrices of M = 60 to 400 stay below in more than 95 %.</summary>
    public double CriticalDistance => 0.75 * Math.Log(Size);

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
            var variance = VarianceOf(bulk, n - spikes);
            if (!(variance > 0))
            {
                return (null, "the smaller eigenvalues are zero");
            }

            var edge = TracyWidomEdge.Of(n - spikes, m - spikes);
            var beyond = CountAbove(ascending, variance * (edge.Center + (TracyWidomEdge.Quantile99 * edge.Scale)));
            if (beyond <= spikes)
            {
                return (Describe(bulk, n - spikes, variance, spikes), null);
            }

            spikes = beyond;
        }

        return (null, $"fewer than {LeastSize} eigenvalues are left for the random part");
    }

    private static double VarianceOf(ReadOnlySpan<double> bulk, int n)
    {
        var (size, first) = (bulk.Length, (int)Math.Ceiling((First * bulk.Length) - 0.5));
        var count = (int)Math.Floor((Last * size) - 0.5) + 1 - first;
        double[] shares = [.. Enumerable.Range(first, count).Select(i => (i + 0.5) / size)];
        var quantiles = new MarchenkoPastur((double)n / size, n).Quantiles(shares);
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            products += bulk[first + i] * quantiles[i];
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

    private static BulkFit Describe(ReadOnlySpan<double> bulk, int n, double variance, int spikes)
    {
        var law = new MarchenkoPastur((double)n / bulk.Length, n * variance);
        return new BulkFit(variance, spikes, law.LambdaMinus, law.LambdaPlus, Distance(bulk, law), bulk.Length);
    }

    private static double Distance(ReadOnlySpan<double> ascending, MarchenkoPastur law)
    {
        var distance = 0.0;
        for (var i = 0; i < ascending.Length; i++)
        {
            var share = law.Cumulative(ascending[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / ascending.Length) - share, share - ((double)i / ascending.Length)));
        }

        return distance;
    }
}
