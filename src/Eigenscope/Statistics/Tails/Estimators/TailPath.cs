namespace Eigenscope.Statistics;

/// <summary>What each candidate for xmin would give.</summary>
/// <param name="Xmin">The candidate, in the units of x.</param>
/// <param name="Alpha">Its exponent.</param>
/// <param name="D">Its distance, 0 to 1, to within 1e-14.</param>
/// <param name="TailCount">The number of values from it on.</param>
public readonly record struct TailPathPoint(double Xmin, double Alpha, double D, int TailCount);

/// <summary>Exponent and distance as functions of xmin, and how far the exponent depends on it.</summary>
/// <param name="Points">The candidates by ascending xmin.</param>
/// <param name="Best">The index of the one with the smallest distance, the first of equals.</param>
/// <param name="Instability">
/// The root of the mean square of (alpha_i - alpha) / sigma over candidates with half to twice as many values in their tails, sigma = (alpha - 1) / sqrt(k). For a power law, whose tails share their
/// values, it is of order 1/2; above 2 the exponent is one of the place rather than of a law.
/// </param>
public sealed record TailPath(IReadOnlyList<TailPathPoint> Points, int Best, double Instability)
{
    /// <summary>Looks at every candidate.</summary>
    /// <param name="ascending">Positive values in ascending order.</param>
    /// <param name="options">Least length of a tail, distance, upper end, and values dropped; the choice of xmin is not used.</param>
    /// <returns>The path; or null with the reason, where no value is a candidate.</returns>
    public static (TailPath? Path, string? Reason) Of(ReadOnlySpan<double> ascending, PowerLawOptions options)
    {
        var x = ascending[..^Math.Min(options.DropTop, ascending.Length)];
        var points = x.Length < options.LeastTail ? [] : Candidates(x, options);
        if (points.Count == 0)
        {
            return (null, "no eigenvalue can be the start of a tail");
        }

        var best = Enumerable.Range(0, points.Count).MinBy(i => points[i].D);
        return (new TailPath(points, best, Spread(points.Select(point => (point.Alpha, point.TailCount)), points[best].Alpha, points[best].TailCount)), null);
    }

    /// <summary><see cref="Instability"/> about a fit, which needs no distances: O(n).</summary>
    /// <param name="ascending">The values that were fitted.</param>
    /// <param name="options">How they were fitted.</param>
    /// <param name="fit">The fit.</param>
    /// <returns>The instability; null where no value is a candidate.</returns>
    public static double? InstabilityOf(ReadOnlySpan<double> ascending, PowerLawOptions options, PowerLawFit fit)
    {
        var x = ascending[..^Math.Min(options.DropTop, ascending.Length)];
        var candidates = new List<(double Alpha, int TailCount)>();
        if (x.Length >= options.LeastTail)
        {
            var scan = Scan(x, options);
            for (var i = 0; i <= x.Length - options.LeastTail; i++)
            {
                candidates.Add((scan.Alphas[i], x.Length - i));
            }
        }

        candidates.RemoveAll(candidate => !double.IsFinite(candidate.Alpha));
        return candidates.Exists(candidate => IsNear(candidate.TailCount, fit.TailCount)) ? Spread(candidates, fit.Alpha, fit.TailCount) : null;
    }

    private static List<TailPathPoint> Candidates(ReadOnlySpan<double> x, PowerLawOptions options)
    {
        var scan = Scan(x, options);
        var points = new List<TailPathPoint>();
        for (var i = 0; i <= x.Length - options.LeastTail; i++)
        {
            if (double.IsFinite(scan.Alphas[i]))
            {
                points.Add(new TailPathPoint(x[i], scan.Alphas[i], scan.Distance(i, double.PositiveInfinity), x.Length - i));
            }
        }

        return points;
    }

    private static TailScan Scan(ReadOnlySpan<double> x, PowerLawOptions options)
    {
        var scan = new TailScan();
        scan.Resize(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            scan.Logs[i] = Math.Log(x[i]);
        }

        scan.Prepare(options.Cutoff == UpperCutoff.Largest ? scan.Logs[^1] : double.PositiveInfinity, options.Distance);
        return scan;
    }

    private static bool IsNear(int count, int bestCount) => 2 * count >= bestCount && count <= 2 * bestCount;

    private static double Spread(IEnumerable<(double Alpha, int TailCount)> candidates, double alpha, int tailCount)
    {
        var sigma = (alpha - 1) / Math.Sqrt(tailCount);
        return Math.Sqrt(candidates.Where(candidate => IsNear(candidate.TailCount, tailCount)).Average(candidate => Math.Pow((candidate.Alpha - alpha) / sigma, 2)));
    }
}
