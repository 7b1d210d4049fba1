namespace Eigenscope.Statistics;

/// <summary>
/// A power law p(x) = (alpha - 1) / xmin (x / xmin)^(-alpha), x &gt;= xmin, fitted to the tail of a sample by maximum likelihood.
/// </summary>
/// <remarks>
/// Clauset, Shalizi and Newman (2009), eq. 3.1 and section 3.3: for every candidate xmin, alpha = 1 + k / sum ln(x_j / xmin) over the k
/// values from xmin on; the candidate with the smallest distance between the fitted and the empirical distribution wins, the
/// first of equals. By default the distance is max |F(x_j) - j / k|, j = 0 ... k - 1, one side of each step, as in WeightWatcher, and every value but the
/// largest is a candidate, so a tail may be as short as two values: look at <see cref="TailCount"/>.
/// </remarks>
/// <param name="Alpha">The exponent, above 1.</param>
/// <param name="Xmin">Where the tail begins, in the units of x.</param>
/// <param name="Xmax">The largest value; the fit ends there only with <see cref="UpperCutoff.Largest"/>.</param>
/// <param name="D">The distance of the tail from the law, 0 to 1, measured as the options say.</param>
/// <param name="Sigma">The standard error (alpha - 1) / sqrt(k), for a given xmin.</param>
/// <param name="TailCount">k, the number of values from xmin on.</param>
public sealed record PowerLawFit(double Alpha, double Xmin, double Xmax, double D, double Sigma, int TailCount)
{
    private const string AllEqual = "all eigenvalues are equal";

    /// <summary>Fits positive values in ascending order.</summary>
    /// <param name="ascending">The values.</param>
    /// <param name="cutoff">Where the law ends.</param>
    /// <returns>The fit; or null with the reason, where there are fewer than two values or none differs from the largest.</returns>
    public static (PowerLawFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, UpperCutoff cutoff = UpperCutoff.None) =>
        Of(ascending, new PowerLawOptions { Cutoff = cutoff });

    /// <summary>Fits positive values in ascending order.</summary>
    /// <param name="ascending">The values.</param>
    /// <param name="options">How.</param>
    /// <returns>The fit; or null with the reason, where too few values are left, none differs from the largest, or no value is a candidate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static (PowerLawFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, PowerLawOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.DropTop, nameof(options));
        var x = ascending[..^Math.Min(options.DropTop, ascending.Length)];
        return Of(x, options, options.Cutoff == UpperCutoff.Largest && x.Length > 0 ? x[^1] : double.PositiveInfinity);
    }

    /// <summary>Fits values as they are by a law that ends at <paramref name="xmax"/>, whatever the options say of the upper end.</summary>
    internal static (PowerLawFit? Fit, string? Reason) Of(ReadOnlySpan<double> x, PowerLawOptions options, double xmax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeastTail, 2, nameof(options));
        return x.Length < options.LeastTail ? (null, TooFew(x.Length, options.LeastTail))
            : options.Xmin == XminChoice.Fixed ? At(x, options, xmax)
            : Scan(x, options, xmax);
    }

    /// <summary>The law from one place on, which need not be a value.</summary>
    private static (PowerLawFit? Fit, string? Reason) At(ReadOnlySpan<double> x, PowerLawOptions options, double xmax)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(options.FixedXmin > 0, false, nameof(options));
        var tail = x[Tails.Start(x, options.FixedXmin)..];
        if (tail.Length < options.LeastTail)
        {
            return (null, $"a power law needs at least {options.LeastTail} eigenvalues, and {tail.Length} are at least {options.FixedXmin:G6}");
        }

        var origin = Math.Log(options.FixedXmin);
        var logs = Array.ConvertAll(tail.ToArray(), Math.Log);
        var alpha = 1 + (logs.Length / logs.Sum(log => log - origin));
        if (!double.IsFinite(alpha))
        {
            return (null, AllEqual);
        }

        var mass = 1 - Math.Exp((1 - alpha) * (Math.Log(xmax) - origin));
        var law = new TailDeviation(origin, 1 - alpha, mass, logs.Length, options.Distance == TailDistance.Standard ? 0.5 : 0);
        return (Describe(alpha, options.FixedXmin, Upper(x, xmax), Exact(law, logs, double.PositiveInfinity), logs.Length), null);
    }

    private static (PowerLawFit? Fit, string? Reason) Scan(ReadOnlySpan<double> x, PowerLawOptions options, double xmax)
    {
        var scan = new TailScan();
        scan.Resize(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            scan.Logs[i] = Math.Log(x[i]);
        }

        scan.Prepare(Math.Log(xmax), options.Distance);
        var (first, end) = Candidates(x, options);
        if (scan.Best(first, end, options.Xmin != XminChoice.Scan) is var likely && likely < 0)
        {
            return (null, x[0] == x[^1] || options.Xmin == XminChoice.Scan ? AllEqual : "no eigenvalue lies near the peak");
        }

        var (best, distance) = FirstOfBest(scan, first, end, scan.Distances[likely]);
        return (Describe(scan.Alphas[best], x[best], Upper(x, xmax), distance, x.Length - best), null);
    }

    /// <summary>The first candidate and the end of them.</summary>
    private static (int First, int End) Candidates(ReadOnlySpan<double> x, PowerLawOptions options)
    {
        var longEnough = x.Length - options.LeastTail + 1;
        if (options.Xmin == XminChoice.Scan)
        {
            return (0, longEnough);
        }

        var (low, high) = PeakWindow.Of(x, options);
        var end = Tails.Start(x, Math.BitIncrement(high));
        return (Tails.Start(x, low), Math.Min(longEnough, end == 0 ? 0 : Tails.Start(x, x[end - 1])));
    }

    /// <summary>Distances as near to each other as their errors are computed again, by the functions of the platform.</summary>
    private static (int Best, double Distance) FirstOfBest(TailScan scan, int first, int end, double least)
    {
        var (best, distance) = (-1, double.PositiveInfinity);
        for (var i = first; i < end; i++)
        {
            if (scan.Distances[i] <= least + TailScan.Margin && Exact(scan.Deviation(i), scan.Logs[i..], distance) is var exact && exact < distance)
            {
                (best, distance) = (i, exact);
            }
        }

        return (best, distance);
    }

    private static double Exact(TailDeviation law, ReadOnlySpan<double> logs, double limit)
    {
        var largest = 0.0;
        for (var j = 0; j < logs.Length && largest < limit; j++)
        {
            largest = Math.Max(largest, law.At(logs[j], j));
        }

        return largest;
    }

    private static PowerLawFit Describe(double alpha, double xmin, double xmax, double distance, int count) =>
        new(alpha, xmin, xmax, distance, (alpha - 1) / Math.Sqrt(count), count);

    private static double Upper(ReadOnlySpan<double> x, double xmax) => double.IsFinite(xmax) ? xmax : x[^1];

    private static string TooFew(int count, int least) =>
        $"a power law needs at least {(least == 2 ? "two" : least)} eigenvalues, and {count} {(count == 1 ? "is" : "are")} large enough to count";
}
