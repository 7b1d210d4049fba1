namespace Eigenscope.Benchmarks;

/// <summary>The least, the median and the most of several measurements.</summary>
internal readonly record struct Spread(double Least, double Median, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return new Spread(sorted[0], (low + high) / 2, sorted[^1]);
    }

    public override string ToString() => $"{Median:0.000} ({Least:0.000} to {Most:0.000})";
}
