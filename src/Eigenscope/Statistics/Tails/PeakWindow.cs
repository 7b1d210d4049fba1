namespace Eigenscope.Statistics;

/// <summary>Candidates for xmin near the peak of the histogram of log10 x in 100 bins.</summary>
internal static class PeakWindow
{
    private const int Bins = 100;
    private const double Below = 0.95;
    private const double Above = 1.5;

    /// <summary>The lower and the upper end of the candidates, both included, in the units of x.</summary>
    public static (double Low, double High) Of(ReadOnlySpan<double> ascending, PowerLawOptions options)
    {
        var peak = Math.Pow(10, FullestBin(ascending));
        var low = options.Xmin == XminChoice.Peak ? Math.Log10(Below * peak) : Below * peak;
        return (low, options.PeakCeiling ?? (Above * peak));
    }

    /// <summary>The lower edge of the bin with the most values, the first of equals; bins are closed below, and the last one on both sides.</summary>
    private static double FullestBin(ReadOnlySpan<double> ascending)
    {
        var (low, high) = (Math.Log10(ascending[0]), Math.Log10(ascending[^1]));
        var step = (high - low) / Bins;
        var counts = new int[Bins];
        var bin = 0;
        foreach (var x in ascending)
        {
            for (var log = Math.Log10(x); bin < Bins - 1 && log >= low + ((bin + 1) * step);)
            {
                bin++;
            }

            counts[bin]++;
        }

        return low + (Array.IndexOf(counts, counts.Max()) * step);
    }
}
