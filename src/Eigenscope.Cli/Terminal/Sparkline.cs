namespace Eigenscope.Cli.Terminal;

/// <summary>A course of values as a bar of text each.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The bars from the least to the largest value, a blank where there is none; long courses are thinned to a width.</summary>
    public static string Of(IReadOnlyList<double?> values, int width)
    {
        var shown = values.Count <= width ? values : [.. Enumerable.Range(0, width).Select(i => values[i * (values.Count - 1) / (width - 1)])];
        var known = shown.OfType<double>().ToList();
        if (known.Count == 0)
        {
            return "";
        }

        var (least, range) = (known.Min(), known.Max() - known.Min());
        return string.Concat(shown.Select(value => value is not { } v ? ' ' : range > 0 ? Bars[(int)Math.Min(Bars.Length - 1, (v - least) / range * Bars.Length)] : Bars[0]));
    }
}
