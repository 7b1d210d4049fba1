namespace Eigenscope.Comparison;

/// <summary>How far two sets of singular values are from each other.</summary>
/// <param name="Logarithmic">The root of the mean squared difference of ln sigma, rank by rank; null where the counts differ or a value is zero.</param>
/// <param name="Wasserstein">Wasserstein-1, the mean distance that values must be moved, in units of sigma.</param>
/// <param name="JensenShannon">The Jensen-Shannon divergence of sigma / sum sigma, rank by rank, in nats, 0 to ln 2; null where the counts differ or all values are zero.</param>
/// <param name="KolmogorovSmirnov">The largest difference of the two distribution functions, 0 to 1.</param>
public sealed record SpectrumDistances(double? Logarithmic, double Wasserstein, double? JensenShannon, double KolmogorovSmirnov)
{
    /// <summary>The distances of two spectra as they are.</summary>
    /// <param name="a">Singular values, ascending, from 0; at least one.</param>
    /// <param name="b">Others; their number may differ.</param>
    public static SpectrumDistances Of(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        new(Log(a, b), MeanDistance(a, b), Divergence(a, b), LargestStep(a, b));

    /// <summary>The distances after each spectrum is divided by its root mean square, so that the scale of the weights does not count; null where one is zero.</summary>
    /// <param name="a">Singular values, ascending.</param>
    /// <param name="b">Others.</param>
    public static SpectrumDistances? ScaleFree(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (scaleA, scaleB) = (RootMeanSquare(a), RootMeanSquare(b));
        return scaleA > 0 && scaleB > 0 ? Of([.. a.Select(sigma => sigma / scaleA)], [.. b.Select(sigma => sigma / scaleB)]) : null;
    }

    private static double RootMeanSquare(IReadOnlyList<double> values) => Math.Sqrt(values.Average(x => x * x));

    private static double? Log(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        a.Count != b.Count || a[0] <= 0 || b[0] <= 0 ? null : Math.Sqrt(a.Zip(b, (x, y) => Math.Pow(Math.Log(x) - Math.Log(y), 2)).Average());

    private static double? Divergence(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        a.Count != b.Count || a[^1] <= 0 || b[^1] <= 0 ? null : Math.Pow(Statistics.JensenShannon.Distance(a, b), 2);

    /// <summary>The integral of the distance of the two quantile functions.</summary>
    private static double MeanDistance(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (sum, share, i, j) = (0.0, 0.0, 0, 0);
        while (i < a.Count && j < b.Count)
        {
            var (endA, endB) = ((i + 1.0) / a.Count, (j + 1.0) / b.Count);
            sum += (Math.Min(endA, endB) - share) * Math.Abs(a[i] - b[j]);
            share = Math.Min(endA, endB);
            (i, j) = (endA <= endB ? i + 1 : i, endB <= endA ? j + 1 : j);
        }

        return sum;
    }

    private static double LargestStep(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (largest, i, j) = (0.0, 0, 0);
        while (i < a.Count && j < b.Count)
        {
            var x = Math.Min(a[i], b[j]);
            while (i < a.Count && a[i] <= x)
            {
                i++;
            }

            while (j < b.Count && b[j] <= x)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / a.Count) - ((double)j / b.Count)));
        }

        return largest;
    }
}
