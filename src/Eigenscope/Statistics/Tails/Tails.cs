namespace Eigenscope.Statistics;

/// <summary>Tails of ascending values.</summary>
internal static class Tails
{
    /// <summary>The index of the first value that is at least <paramref name="xmin"/>; the number of values where none is.</summary>
    public static int Start(ReadOnlySpan<double> ascending, double xmin)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] < xmin ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
