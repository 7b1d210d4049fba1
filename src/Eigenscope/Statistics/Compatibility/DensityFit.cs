namespace Eigenscope.Statistics;

/// <summary>
/// WeightWatcher's fit of a Marchenko-Pastur density, repeated step by step: least squares between the density and a triangular kernel estimate of the eigenvalues, which are
/// scaled to a mean of 1. <see cref="BulkFit"/> is the one to believe.
/// </summary>
/// <remarks>
/// Square matrices are fitted on sqrt(lambda) against a quarter circle whose radius stays 2 whatever sigma is, so that sigma is right only near 1. Where every point of the
/// search is penalised, which heavy tails do, sigma stays at the first: see <see cref="IsSentinel"/>.
/// </remarks>
/// <param name="Sigma">sigma_mp, in units in which the mean eigenvalue is 1.</param>
/// <param name="Scale">W_scale: eigenvalues times its square have the mean 1.</param>
/// <param name="BulkMin">The lower edge, in the units of the eigenvalues.</param>
/// <param name="BulkMax">The upper edge.</param>
/// <param name="SoftRank">mp_softrank: the upper edge over the largest eigenvalue.</param>
/// <param name="Spikes">num_spikes: eigenvalues further beyond the upper edge b than sqrt(Q^(-1/2) b^(2/3) M^(-2/3)), scaled.</param>
/// <param name="IsSentinel">True where the search found nothing.</param>
public sealed record DensityFit(double Sigma, double Scale, double BulkMin, double BulkMax, double SoftRank, int Spikes, bool IsSentinel)
{
    private const double FirstFactor = 0.05;
    private const double Step = 0.01;
    private const int Steps = 195;

    /// <summary>Fits eigenvalues in ascending order.</summary>
    /// <param name="ascending">All of them.</param>
    /// <param name="n">N as WeightWatcher has it, which for a convolution may be the shorter side.</param>
    /// <param name="m">M as it has it.</param>
    /// <returns>The fit, or null with the reason.</returns>
    public static (DensityFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, int n, int m)
    {
        var sum = 0.0;
        foreach (var lambda in ascending)
        {
            sum += lambda;
        }

        if (ascending.Length == 0 || !(sum > 0))
        {
            return (null, "there are no eigenvalues above zero");
        }

        var scale = Math.Sqrt(ascending.Length) / Math.Sqrt(sum);
        var q = (double)n / m;
        var scaled = ascending.ToArray();
        foreach (ref var lambda in scaled.AsSpan())
        {
            lambda *= scale * scale;
        }

        var density = new TriangularDensity(q == 1 ? Array.ConvertAll(scaled, Math.Sqrt) : scaled);
        var unit = Math.Sqrt(scaled[^1]) / (1 + (1 / Math.Sqrt(q)));
        var first = Best(unit, sigma => density.Misfit(sigma, q));
        var sigma = NelderMead.Minimum(first, value => density.Misfit(value, q));
        return (Describe(scaled, sigma, scale, q, m, first == FirstFactor * unit), null);
    }

    private static double Best(double unit, Func<double, double> misfit) =>
        Enumerable.Range(0, Steps).Select(i => (FirstFactor + (Step * i)) * unit).MinBy(misfit);

    private static DensityFit Describe(double[] scaled, double sigma, double scale, double q, int m, bool isSentinel)
    {
        var (low, high) = (Edge(sigma, q, -1), Edge(sigma, q, 1));
        var beyond = high + Math.Sqrt(Math.Pow(q, -0.5) * Math.Pow(high, 2.0 / 3) * Math.Pow(m, -2.0 / 3));
        return new DensityFit(sigma, scale, low / (scale * scale), high / (scale * scale), high / scaled[^1], scaled.Count(lambda => lambda > beyond), isSentinel);
    }

    private static double Edge(double sigma, double q, int sign)
    {
        var root = sigma * (1 + (sign / Math.Sqrt(q)));
        return root * root;
    }
}
