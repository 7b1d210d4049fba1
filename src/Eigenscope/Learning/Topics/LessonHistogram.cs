namespace Eigenscope.Learning;

/// <summary>How values are spread, as bars whose areas add up to 1.</summary>
internal static class LessonHistogram
{
    private const int FewestBins = 6;
    private const int MostBins = 48;

    /// <summary>The bars over the whole range of the values, about as many as the square root of twice their number.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="values">At least one.</param>
    public static LessonCurve Of(string name, IReadOnlyList<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        if (high <= low)
        {
            (low, high) = (low - (Math.Abs(low) / 2) - 0.5, high + (Math.Abs(high) / 2) + 0.5);
        }

        var bins = Math.Clamp((int)Math.Sqrt(2 * values.Count) * 2, FewestBins, MostBins);
        var width = (high - low) / bins;
        var counts = new int[bins];
        foreach (var value in values)
        {
            counts[Math.Clamp((int)((value - low) / width), 0, bins - 1)]++;
        }

        return new(name, [.. Enumerable.Range(0, bins).Select(bin => low + ((bin + 0.5) * width))], [.. counts.Select(count => count / (values.Count * width))], CurveKind.Bars);
    }
}
