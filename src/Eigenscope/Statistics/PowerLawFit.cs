namespace Eigenscope.Statistics;

/// <summary>Where the law of a tail ends.</summary>
public enum UpperCutoff
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>
    /// At the largest value, WeightWatcher's <c>xmax='force'</c>: the exponents are the same, but the distance is that of the law between xmin and
    /// the largest value, so another xmin may win.
    /// </summary>
    Largest,
}

/// <summary>
/// A power law p(x) = (alpha - 1) / xmin (x / xmin)^(-alpha), x &gt;= xmin, fitted to the tail of a sample by maximum likelihood.
/// </summary>
/// <remarks>
/// Clauset, Shalizi and Newman (2009), eq. 3.1 and section 3.3: for every candidate xmin, alpha = 1 + k / sum ln(x_j / xmin) over the k
/// values from xmin on; the candidate with the smallest distance between the fitted and the empirical distribution wins, the
/// first of equals. The distance is max |F(x_j) - j / k|, j = 0 ... k - 1, one side of each step, as in WeightWatcher. Every value but the
/// largest is a candidate, so a tail may be as short as two values: look at <see cref="TailCount"/>.
/// Cost: O(n^2) at worst, and O(n) as a rule, since most candidates are seen to be worse than the best at one place.
/// </remarks>
/// <param name="Alpha">The exponent, above 1.</param>
/// <param name="Xmin">Where the tail begins, in the units of x.</param>
/// <param name="Xmax">The largest value; the fit ends there only with <see cref="UpperCutoff.Largest"/>.</param>
/// <param name="D">The Kolmogorov-Smirnov distance of the tail, 0 to 1.</param>
/// <param name="Sigma">The standard error (alpha - 1) / sqrt(k), for a given xmin.</param>
/// <param name="TailCount">k, the number of values from xmin on.</param>
public sealed record PowerLawFit(double Alpha, double Xmin, double Xmax, double D, double Sigma, int TailCount)
{
    /// <summary>Fits positive values in ascending order.</summary>
    /// <param name="ascending">The values.</param>
    /// <param name="cutoff">Where the law ends.</param>
    /// <returns>The fit; or null with the reason, where there are fewer than two values or none differs from the largest.</returns>
    public static (PowerLawFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, UpperCutoff cutoff = UpperCutoff.None)
    {
        if (ascending.Length < 2)
        {
            return (null, $"a power law needs at least two eigenvalues, and {ascending.Length} {(ascending.Length == 1 ? "is" : "are")} large enough to count");
        }

        var scan = new Scan(ascending, cutoff);
        return scan.Best() is { } fit ? (fit, null) : (null, "all eigenvalues are equal");
    }

    private sealed class Scan
    {
        private readonly double[] logs;
        private readonly double[] alphas;
        private readonly double[] values;

        /// <summary>How much of the law of each candidate lies below the cut-off.</summary>
        private readonly double[] masses;
        private int suspect = -1;

        public Scan(ReadOnlySpan<double> ascending, UpperCutoff cutoff)
        {
            values = ascending.ToArray();
            logs = Array.ConvertAll(values, Math.Log);
            alphas = AlphasOf(logs);
            masses = [.. alphas.Select((alpha, i) => cutoff == UpperCutoff.None ? 1 : 1 - Math.Exp((1 - alpha) * (logs[^1] - logs[i])))];
        }

        public PowerLawFit? Best()
        {
            var (best, bestDistance) = (-1, double.PositiveInfinity);
            for (var i = 0; i < values.Length - 1; i++)
            {
                if (double.IsFinite(alphas[i]) && Distance(i, bestDistance) is { } distance)
                {
                    (best, bestDistance) = (i, distance);
                }
            }

            return best < 0 ? null : Describe(best, bestDistance);
        }

        private PowerLawFit Describe(int i, double distance)
        {
            var count = values.Length - i;
            return new PowerLawFit(alphas[i], values[i], values[^1], distance, (alphas[i] - 1) / Math.Sqrt(count), count);
        }

        private static double[] AlphasOf(double[] x)
        {
            var result = new double[x.Length - 1];
            var sum = x[^1];
            for (var i = result.Length - 1; i >= 0; i--)
            {
                sum += x[i];
                var count = x.Length - i;
                var excess = sum - (count * x[i]);
                result[i] = x[^1] > x[i] && excess > 0 ? 1 + (count / excess) : double.PositiveInfinity;
            }

            return result;
        }

        /// <summary>
        /// The distance of candidate i; null as soon as it is no smaller than <paramref name="limit"/>. The place at which the candidate before was found too far away is looked at
        /// first: it nearly always decides again.
        /// </summary>
        private double? Distance(int i, double limit)
        {
            if (suspect >= i && Deviation(i, suspect) >= limit)
            {
                return null;
            }

            var largest = 0.0;
            for (var j = i; j < values.Length; j++)
            {
                largest = Math.Max(largest, Deviation(i, j));
                if (largest >= limit)
                {
                    suspect = j;
                    return null;
                }
            }

            return largest;
        }

        /// <summary>How far the fitted distribution of candidate i is from the empirical one at value j.</summary>
        private double Deviation(int i, int j) =>
            Math.Abs(((1 - Math.Exp((1 - alphas[i]) * (logs[j] - logs[i]))) / masses[i]) - ((j - i) / (double)(values.Length - i)));
    }
}
