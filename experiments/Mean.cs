namespace Eigenscope.Experiments;

/// <summary>A mean over seeds with its standard error.</summary>
/// <param name="Value">The mean of what is finite; NaN where nothing is.</param>
/// <param name="StandardError">The standard deviation over the root of their number; 0 for a single one.</param>
internal readonly record struct Mean(double Value, double StandardError)
{
    /// <summary>Of some values.</summary>
    public static Mean Of(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return new(double.NaN, double.NaN);
        }

        var mean = finite.Average();
        return new(mean, Math.Sqrt(finite.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, finite.Length - 1) / finite.Length));
    }
}
