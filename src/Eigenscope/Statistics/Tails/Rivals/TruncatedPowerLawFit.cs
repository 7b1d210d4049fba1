namespace Eigenscope.Statistics;

/// <summary>
/// A truncated power law x^(-alpha) exp(-Lambda x), x &gt;= xmin, with the xmin of its own least distance: what WeightWatcher's <c>fit='TPL'</c> sets out to find.
/// </summary>
/// <remarks>
/// Clauset, Shalizi and Newman (2009), section 3.3, with this law in place of the power law: every candidate is fitted by maximum likelihood, and the one of least distance wins, the first of equals.
/// alpha is not confined to above 1, and the optimum of each candidate is found, which WeightWatcher's search often misses. Cost: O(n^2).
/// </remarks>
/// <param name="Alpha">The exponent.</param>
/// <param name="Lambda">The cut-off, from 0, in 1 / x.</param>
/// <param name="Xmin">Where the tail begins.</param>
/// <param name="D">The Kolmogorov-Smirnov distance, one side of each step as in <see cref="TailDistance.Compat"/>.</param>
/// <param name="TailCount">The number of values from xmin on.</param>
public sealed record TruncatedPowerLawFit(double Alpha, double Lambda, double Xmin, double D, int TailCount)
{
    /// <summary>Two parameters and a start need more than this.</summary>
    private const int LeastTail = 4;

    /// <summary>Fits positive values in ascending order.</summary>
    /// <param name="ascending">The values.</param>
    /// <param name="leastTail">The fewest values that a tail may have.</param>
    /// <returns>The fit; or null with the reason, where too few values differ.</returns>
    public static (TruncatedPowerLawFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, int leastTail = LeastTail)
    {
        TruncatedPowerLawFit? best = null;
        for (var i = 0; i <= ascending.Length - Math.Max(LeastTail, leastTail); i++)
        {
            var tail = ascending[i..];
            if (tail[0] == tail[^1] || (i > 0 && tail[0] == ascending[i - 1]))
            {
                continue;
            }

            var law = TruncatedPowerLawTail.Of(new TailMoments(tail, tail[0]));
            var distance = law.Distance(tail);
            if (distance < (best?.D ?? double.PositiveInfinity))
            {
                best = new(law.Alpha, law.Lambda, tail[0], distance, tail.Length);
            }
        }

        return best is null ? (null, $"a truncated power law needs at least {Math.Max(LeastTail, leastTail)} eigenvalues that are not all equal") : (best, null);
    }
}
