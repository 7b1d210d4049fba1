namespace Eigenscope.Statistics;

/// <summary>How a unit vector is spread over its elements, by WeightWatcher's three measures.</summary>
/// <param name="Entropy">The entropy, in nats, of a histogram of |v_i| in 100 bins between the least and the largest: 0 for one bin, at most ln 100.</param>
/// <param name="LocalizationRatio">The sum of |v_i| over the largest: n for a flat vector, 1 for one element.</param>
/// <param name="ParticipationRatio">The norm over the 4-norm: n^(1/4) for a flat vector, 1 for one element, (n / 3)^(1/4) for random ones.</param>
public readonly record struct VectorStatistics(double Entropy, double LocalizationRatio, double ParticipationRatio)
{
    private const int Bins = 100;

    /// <summary>A bin's density is raised by this, so that empty ones count.</summary>
    private const double Floor = 1e-10;

    /// <summary>The measures of a vector that is not zero.</summary>
    public static VectorStatistics Of(ReadOnlySpan<double> v)
    {
        var (sum, largest, squares, fourths) = (0.0, 0.0, 0.0, 0.0);
        foreach (var x in v)
        {
            var square = x * x;
            (sum, largest, squares, fourths) = (sum + Math.Abs(x), Math.Max(largest, Math.Abs(x)), squares + square, fourths + (square * square));
        }

        return new(EntropyOf(v, sum / v.Length), sum / largest, Math.Sqrt(squares) / Math.Sqrt(Math.Sqrt(fourths)));
    }

    private static double EntropyOf(ReadOnlySpan<double> v, double mean)
    {
        var values = new double[v.Length];
        for (var i = 0; i < v.Length; i++)
        {
            values[i] = Math.Abs(v[i]) - mean;
        }

        var (low, high) = (values.Min(), values.Max());
        (low, high) = low == high ? (low - 0.5, high + 0.5) : (low, high);
        var counts = new int[Bins];
        foreach (var value in values)
        {
            counts[Bin(value, low, high)]++;
        }

        var width = (high - low) / Bins;
        var densities = Array.ConvertAll(counts, count => (count / (values.Length * width)) + Floor);
        var total = densities.Sum();
        return -densities.Sum(density => density / total * Math.Log(density / total));
    }

    /// <summary>The bin of a value; its edges are low + i (high - low) / 100, and the last bin holds its upper edge.</summary>
    private static int Bin(double value, double low, double high)
    {
        var bin = Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1);
        return value < Edge(bin) ? bin - 1 : bin < Bins - 1 && value >= Edge(bin + 1) ? bin + 1 : bin;

        double Edge(int i) => low + (i * ((high - low) / Bins));
    }
}
