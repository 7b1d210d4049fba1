namespace Eigenscope.Statistics;

/// <summary>Whether the largest or the smallest eigenvalue of W^T W lies beyond the edge that independent entries of one variance have.</summary>
/// <remarks>
/// False positives at a level of 5 %, Gaussian matrices of M = 100 and more: 4 to 6 % at the upper edge with each of the variances. Uniform entries reject in 2 to 3 %,
/// Student's law of 10 degrees of freedom in 6 to 9 %, of 5 in 38 to 50 %: entries of excess kurtosis above 1 need the eigenvalues of the shuffled entries beside them.
/// </remarks>
/// <param name="Eigenvalue">The eigenvalue tested.</param>
/// <param name="Statistic">How far it lies outward, as a variable of the Tracy-Widom law of beta = 1; for the lower edge of a square matrix, N lambda_min / sigma^2 itself.</param>
/// <param name="PValue">The probability that independent normal entries put it further out, 0 to 1.</param>
/// <param name="Level">The level of the test.</param>
/// <param name="Variance">sigma^2, known or estimated.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Caveat">Why the level may not hold, where the excess kurtosis was given and says so; else null.</param>
public sealed record EdgeTest(double Eigenvalue, double Statistic, double PValue, double Level, double Variance, EdgeVariance Source, string? Caveat)
{
    /// <summary>The least N / M for which the lower edge follows the Tracy-Widom law.</summary>
    public const double LeastRatio = 1.02;

    private const double HeavyKurtosis = 1;
    private const double LightKurtosis = -0.5;

    /// <summary>True where the p-value is below the level.</summary>
    public bool Rejects => PValue < Level;

    /// <summary>Tests the largest eigenvalue: by Tracy and Widom (1996) and Johnstone (2001), with the shifts of Ma (2012), and with the error of the variance (Nadler 2011 for the trace).</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="source">Where the variance comes from.</param>
    /// <param name="variance">The variance, where it is known.</param>
    /// <param name="level">The level, between 0 and 1.</param>
    /// <param name="excessKurtosis">The excess kurtosis of the entries, for the caveat; null where it is not known.</param>
    /// <returns>The test; or null with the reason, where there is no variance.</returns>
    public static (EdgeTest? Test, string? Reason) Upper(
        ReadOnlySpan<double> ascending, int n, EdgeVariance source, double? variance = null, double level = 0.05, double? excessKurtosis = null)
    {
        var (estimate, reason) = VarianceEstimate.Of(ascending, n, source, variance);
        if (estimate is not { } sigma)
        {
            return (null, reason);
        }

        var edge = TracyWidomEdge.Of(sigma.Rows, sigma.Columns);
        var statistic = sigma.Correct(edge.Standardize(ascending[^1], sigma.Value), 1, edge.Center / edge.Scale);
        return (new EdgeTest(ascending[^1], statistic, TracyWidom.Real.Survival(statistic), level, sigma.Value, source, CaveatOf(excessKurtosis)), null);
    }

    /// <summary>
    /// Tests the smallest eigenvalue: from N = 1.02 M on by the Tracy-Widom law of ln lambda_min (Ma 2012), for a square matrix by its limit law 1 - exp(-x / 2 - sqrt(x)), x = N lambda_min / sigma^2
    /// (Edelman 1988). Between the two neither law holds.
    /// </summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="source">Where the variance comes from.</param>
    /// <param name="variance">The variance, where it is known.</param>
    /// <param name="level">The level, between 0 and 1.</param>
    /// <param name="excessKurtosis">The excess kurtosis of the entries, for the caveat; null where it is not known.</param>
    /// <returns>The test; or null with the reason, where there is no variance, or no law for the shape.</returns>
    public static (EdgeTest? Test, string? Reason) Lower(
        ReadOnlySpan<double> ascending, int n, EdgeVariance source, double? variance = null, double level = 0.05, double? excessKurtosis = null)
    {
        var (estimate, reason) = VarianceEstimate.Of(ascending, n, source, variance);
        if (estimate is not { } sigma)
        {
            return (null, reason);
        }

        if (sigma.Rows > sigma.Columns && sigma.Rows < LeastRatio * sigma.Columns)
        {
            return (null, $"no law of the smallest eigenvalue is known for N / M between 1 and {LeastRatio}");
        }

        var x = ascending[0] / sigma.Value;
        var (statistic, p) = sigma.Rows == sigma.Columns ? Square(sigma.Rows * x) : Oblong(x, sigma);
        return (new EdgeTest(ascending[0], statistic, p, level, sigma.Value, source, CaveatOf(excessKurtosis)), null);
    }

    private static (double Statistic, double P) Square(double x) => (x, -double.ExpM1((-x / 2) - Math.Sqrt(x)));

    /// <summary>(nu - ln x) / tau with tau = scale / centre and nu = ln centre + tau^2 / 8 of the lower edge.</summary>
    private static (double Statistic, double P) Oblong(double x, VarianceEstimate sigma)
    {
        var (rootN, rootM) = (Math.Sqrt(sigma.Rows - 0.5), Math.Sqrt(sigma.Columns - 0.5));
        var (center, scale) = ((rootN - rootM) * (rootN - rootM), (rootN - rootM) * Math.Cbrt((1 / rootM) - (1 / rootN)));
        var tau = scale / center;
        var statistic = sigma.Correct((Math.Log(center) + (tau * tau / 8) - Math.Log(x)) / tau, -1, 1 / tau);
        return (statistic, TracyWidom.Real.Survival(statistic));
    }

    private static string? CaveatOf(double? excessKurtosis) => excessKurtosis switch
    {
        > HeavyKurtosis => $"entries of excess kurtosis {excessKurtosis:0.##} put eigenvalues beyond the edge by themselves: compare with the shuffled entries",
        < LightKurtosis => $"entries of excess kurtosis {excessKurtosis:0.##} make the test reject less often than its level says",
        _ => null,
    };
}
