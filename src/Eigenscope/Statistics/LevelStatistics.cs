namespace Eigenscope.Statistics;

/// <summary>
/// Spacings of neighbouring eigenvalues by the ratio r = min(s_i, s_(i+1)) / max(s_i, s_(i+1)), which needs no unfolding (Oganesyan and Huse 2007). Its mean is 0.5307 for a real random
/// matrix, whose levels repel each other, and 2 ln 2 - 1 = 0.3863 for independent ones (Atas, Bogomolny, Giraud and Roux 2013).
/// </summary>
public static class LevelStatistics
{
    /// <summary>The mean of r for the orthogonal ensemble, by a fit to large matrices.</summary>
    public const double Orthogonal = 0.5307;

    /// <summary>The mean of r for independent levels, 2 ln 2 - 1.</summary>
    public const double Independent = 0.38629436111989061;

    /// <summary>The standard deviation of one r is about this for either law, so that the mean of k of them is uncertain by this over sqrt(k), neighbours being nearly independent.</summary>
    private const double Deviation = 0.26;

    /// <summary>The mean of r over levels in ascending order, and its standard error; null for fewer than three distinct ones.</summary>
    public static (double Mean, double Error)? MeanRatio(ReadOnlySpan<double> ascending)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 2; i < ascending.Length; i++)
        {
            var (left, right) = (ascending[i - 1] - ascending[i - 2], ascending[i] - ascending[i - 1]);
            if (Math.Max(left, right) > 0)
            {
                sum += Math.Min(left, right) / Math.Max(left, right);
                count++;
            }
        }

        return count == 0 ? null : (sum / count, Deviation / Math.Sqrt(count));
    }
}
