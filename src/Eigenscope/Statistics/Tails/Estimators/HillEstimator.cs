namespace Eigenscope.Statistics;

/// <summary>Hill's estimator (1975) of the exponent of a density, alpha = 1 + k / sum_{i &lt;= k} ln(x_i / x_{k+1}), x descending.</summary>
public static class HillEstimator
{
    private const double Normal = 1.96;

    /// <summary>The Hill plot: the estimate for every k from 1 on. A power law shows as a plateau.</summary>
    /// <param name="ascending">Positive values in ascending order.</param>
    /// <returns>The estimates by k; those without one, where the k largest values equal the next, are left out.</returns>
    public static IReadOnlyList<HillPoint> Path(ReadOnlySpan<double> ascending)
    {
        var points = new List<HillPoint>();
        var sum = 0.0;
        for (var k = 1; k < ascending.Length; k++)
        {
            // sum_{i <= k} ln(x_i / x_{k+1}) grows by k times the next gap.
            sum += k * Math.Log(ascending[^k] / ascending[^(k + 1)]);
            if (sum > 0)
            {
                points.Add(new HillPoint(k, ascending[^(k + 1)], 1 + (k / sum), Normal * Math.Sqrt(k) / sum));
            }
        }

        return points;
    }

    /// <summary>
    /// The estimate from the upper half of the values, PL_Alpha_Hill of Zhou and others (TempBalance, 2023): alpha = 1 + k / sum ln(x_j / x_m) over the k values from the one of index m = n / 2 on.
    /// It needs no scan, but says nothing without a comparison: a random matrix has one too, which grows with its aspect ratio.
    /// </summary>
    /// <param name="ascending">Positive values in ascending order.</param>
    /// <returns>The exponent; or null with the reason, where there are fewer than two values or the upper half is constant.</returns>
    public static (double? Alpha, string? Reason) UpperHalf(ReadOnlySpan<double> ascending)
    {
        if (ascending.Length < 2)
        {
            return (null, "Hill's estimator needs at least two eigenvalues");
        }

        var tail = ascending[(ascending.Length / 2)..];
        var sum = 0.0;
        foreach (var x in tail)
        {
            sum += Math.Log(x / tail[0]);
        }

        return sum > 0 ? (1 + (tail.Length / sum), null) : (null, "the upper half of the eigenvalues is constant");
    }
}
