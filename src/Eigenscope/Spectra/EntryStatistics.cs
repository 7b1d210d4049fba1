using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>The entries of a weight matrix as a sample: what a random matrix of the same entries would need to be known.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Variance">Their variance about the mean, divided by the count.</param>
/// <param name="ExcessKurtosis">m4 / m2^2 - 3, moments about the mean: 0 for a normal law, -1.2 for a uniform one; NaN where all are equal.</param>
/// <param name="LargestMagnitude">The largest absolute value.</param>
public readonly record struct EntryStatistics(long Count, double Mean, double Variance, double ExcessKurtosis, double LargestMagnitude)
{
    private const int MostElements = 1 << 14;

    /// <summary>Reads matrices once, all of their entries as one sample.</summary>
    /// <remarks>Moments of each tile about the tile's mean, joined by the formulas of Chan, Golub and LeVeque (1979) and Pebay (2008): no cancellation, and the same bits for any number of threads.</remarks>
    internal static EntryStatistics Of(IEnumerable<IMatrix> matrices, CancellationToken cancellation)
    {
        var moments = default(Moments);
        foreach (var w in matrices)
        {
            var most = Math.Clamp(MostElements / w.Columns, 1, w.Rows);
            var tile = new double[most * w.Columns];
            for (var row = 0; row < w.Rows; row += most)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(most, w.Rows - row);
                w.Read(row, 0, count, w.Columns, tile, w.Columns);
                moments = moments.With(Moments.Of(tile.AsSpan(0, count * w.Columns)));
            }
        }

        var variance = moments.Second / moments.Count;
        return new((long)moments.Count, moments.Mean, variance, (moments.Fourth / moments.Count / (variance * variance)) - 3, moments.Largest);
    }

    /// <summary>The largest eigenvalue that a matrix of the same entries in random order is expected to have: the edge of its random part, or the spike that its largest entry makes alone.</summary>
    /// <remarks>Marchenko and Pastur (1967); Baik, Ben Arous and Peche (2005) for a perturbation of rank one and size max |w|.</remarks>
    /// <param name="n">The longer side.</param>
    /// <param name="m">The shorter side.</param>
    public double ExpectedLargest(int n, int m)
    {
        var edge = Variance * Math.Pow(Math.Sqrt(n) + Math.Sqrt(m), 2);
        var size = LargestMagnitude * LargestMagnitude;
        return size <= Variance * Math.Sqrt((double)n * m) ? edge : Math.Max(edge, (size + (n * Variance)) * (size + (m * Variance)) / size);
    }

    /// <summary>Sums of powers about a mean.</summary>
    private readonly record struct Moments(double Count, double Mean, double Second, double Third, double Fourth, double Largest)
    {
        public static Moments Of(ReadOnlySpan<double> values)
        {
            var (sum, largest) = PowerSums.First(values);
            var mean = sum / values.Length;
            var (second, third, fourth) = PowerSums.About(mean, values);
            return new(values.Length, mean, second, third, fourth, largest);
        }

        public Moments With(Moments other)
        {
            if (Count == 0)
            {
                return other;
            }

            var (n, d) = (Count + other.Count, other.Mean - Mean);
            var (a, b) = (Count / n, other.Count / n);
            var second = Second + other.Second + (d * d * Count * b);
            var third = Third + other.Third + (d * d * d * Count * b * (a - b)) + (3 * d * ((a * other.Second) - (b * Second)));
            var fourth = Fourth + other.Fourth + (d * d * d * d * Count * b * ((a * a) - (a * b) + (b * b)))
                + (6 * d * d * ((a * a * other.Second) + (b * b * Second))) + (4 * d * ((a * other.Third) - (b * Third)));
            return new(n, Mean + (d * b), second, third, fourth, Math.Max(Largest, other.Largest));
        }
    }
}
