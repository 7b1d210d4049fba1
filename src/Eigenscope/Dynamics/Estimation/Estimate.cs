namespace Eigenscope.Dynamics;

/// <summary>A number that was estimated, and how far it may be off.</summary>
/// <param name="Value">The estimate, in the units of what is estimated.</param>
/// <param name="StandardError">Its standard error, not negative, in the same units; NaN where too few data were there to tell.</param>
public readonly record struct Estimate(double Value, double StandardError)
{
    /// <summary>The mean of numbers with the standard error of independent ones.</summary>
    /// <param name="sum">Their sum.</param>
    /// <param name="squares">The sum of their squares.</param>
    /// <param name="count">How many, at least 1.</param>
    internal static Estimate OfSums(double sum, double squares, long count)
    {
        var mean = sum / count;
        return new(mean, count < 2 ? double.NaN : Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)) / (count - 1)));
    }

    /// <summary>This estimate in units that are <paramref name="factor"/> times smaller.</summary>
    internal Estimate Times(double factor) => new(Value * factor, StandardError * Math.Abs(factor));
}
