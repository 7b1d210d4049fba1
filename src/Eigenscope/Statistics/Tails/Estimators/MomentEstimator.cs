namespace Eigenscope.Statistics;

/// <summary>
/// The moment estimator of Dekkers, Einmahl and de Haan (1989): with M1 and M2 the means of ln(x_i / x_{k+1}) and of its square over the k largest values, the extreme-value index is
/// gamma = M1 + 1 - 1 / (2 (1 - M1^2 / M2)). Unlike Hill's it also tells that a tail is no power law: gamma is 0 for exponential tails and negative for those that end.
/// </summary>
public static class MomentEstimator
{
    /// <summary>The extreme-value index gamma from the <paramref name="k"/> largest values; alpha = 1 + 1 / gamma where it is positive.</summary>
    /// <param name="ascending">Positive values in ascending order.</param>
    /// <param name="k">How many of the largest, at least 2 and below the number of values.</param>
    /// <returns>gamma, below 1 + M1; or null with the reason.</returns>
    public static (double? Gamma, string? Reason) Index(ReadOnlySpan<double> ascending, int k)
    {
        if (k < 2 || k >= ascending.Length)
        {
            return (null, $"the moment estimator needs 2 to {ascending.Length - 1} of {ascending.Length} eigenvalues, not {k}");
        }

        var (first, second) = (0.0, 0.0);
        for (var i = 1; i <= k; i++)
        {
            var log = Math.Log(ascending[^i] / ascending[^(k + 1)]);
            (first, second) = (first + (log / k), second + (log * log / k));
        }

        return second > first * first ? (first + 1 - (0.5 / (1 - (first * first / second))), null) : (null, "the largest eigenvalues are equal");
    }

    /// <summary>The exponent of the density from the <paramref name="k"/> largest values.</summary>
    /// <param name="ascending">Positive values in ascending order.</param>
    /// <param name="k">How many of the largest, at least 2 and below the number of values.</param>
    /// <returns>alpha = 1 + 1 / gamma; or null with the reason, where the tail falls faster than any power.</returns>
    public static (double? Alpha, string? Reason) Alpha(ReadOnlySpan<double> ascending, int k)
    {
        var (gamma, reason) = Index(ascending, k);
        return gamma is null ? (null, reason) : gamma > 0 ? (1 + (1 / gamma), null) : (null, "the tail falls faster than any power");
    }
}
