namespace Eigenscope.Statistics;

/// <summary>Where the variance of the entries comes from in a test of an edge.</summary>
public enum EdgeVariance
{
    /// <summary>It is given.</summary>
    Known,

    /// <summary>The mean of all squared entries, sum lambda / (N M): exact for a random matrix, too large beside signals.</summary>
    Trace,

    /// <summary>That of <see cref="BulkFit"/>, which signals do not reach; the last of its spikes counts as noise, since that is what a test of the upper edge has to refute.</summary>
    Fitted,
}

/// <summary>A variance, the shape of the random matrix that it belongs to, and how the estimate itself moves the statistic of an edge.</summary>
/// <remarks>
/// lambda / sigma^2 of a Gaussian matrix divided by its trace is independent of the trace (Nadler 2011), so that an estimate by the trace takes the relative variance 2 / (N M) out of the statistic.
/// The slope of <see cref="BulkFit"/> is low by 0.56 / N and adds 2 / (N M) ((1.18 + 0.39 / Q)^2 - 1/2): measured by <see cref="WishartNull"/>, Q = 1 to 16 and M = 100 and 300, 6000 draws each.
/// </remarks>
/// <param name="Value">sigma^2.</param>
/// <param name="Rows">The longer side.</param>
/// <param name="Columns">The shorter side.</param>
/// <param name="Bias">The mean of ln(estimate / sigma^2).</param>
/// <param name="Spread">What the estimate adds to the variance of ln(lambda / sigma^2); negative where it takes away.</param>
internal readonly record struct VarianceEstimate(double Value, int Rows, int Columns, double Bias, double Spread)
{
    private const double SlopeBias = -0.56;
    private const double TracyWidomMean = -1.2065335;
    private const double TracyWidomVariance = 1.6077810;

    /// <summary>The estimate for a spectrum; or null with the reason.</summary>
    public static (VarianceEstimate? Estimate, string? Reason) Of(ReadOnlySpan<double> ascending, int n, EdgeVariance source, double? known)
    {
        switch (source)
        {
            case EdgeVariance.Known:
                return known is > 0 ? (new VarianceEstimate(known.Value, n, ascending.Length, 0, 0), null) : (null, "a known variance must be given and positive");
            case EdgeVariance.Trace:
                var trace = OfTrace(ascending, n);
                return trace.Value > 0 ? (trace, null) : (null, "all eigenvalues are zero");
            case EdgeVariance.Fitted:
                var (fit, reason) = OfLastSpike(ascending, n);
                return fit is null ? (null, reason) : (OfFit(fit), null);
            default:
                throw new ArgumentOutOfRangeException(nameof(source));
        }
    }

    /// <summary>A variable of the Tracy-Widom law, at about the same probability, in place of a statistic that the estimate has moved.</summary>
    /// <param name="statistic">The distance from the centre of the edge, outward, in units of its scale.</param>
    /// <param name="outward">1 at the upper edge, -1 at the lower.</param>
    /// <param name="steepness">The centre over the scale, or one over the scale of ln lambda.</param>
    public double Correct(double statistic, int outward, double steepness)
    {
        var unbiased = statistic + (outward * Bias * steepness);
        var variance = Math.Max(TracyWidomVariance / 4, TracyWidomVariance + (Spread * steepness * steepness));
        return TracyWidomMean + ((unbiased - TracyWidomMean) * Math.Sqrt(TracyWidomVariance / variance));
    }

    /// <summary>The bulk in which the last of the spikes counts as noise: that is what the test has to refute.</summary>
    private static (BulkFit? Fit, string? Reason) OfLastSpike(ReadOnlySpan<double> ascending, int n)
    {
        var (fit, reason) = BulkFit.Of(ascending, n);
        return fit is { Spikes: > 0 } ? BulkFit.Beside(ascending, n, fit.Spikes - 1) : (fit, reason);
    }

    private static VarianceEstimate OfTrace(ReadOnlySpan<double> ascending, int n)
    {
        var sum = 0.0;
        foreach (var lambda in ascending)
        {
            sum += lambda;
        }

        var size = (double)n * ascending.Length;
        return new VarianceEstimate(sum / size, n, ascending.Length, 0, -2 / size);
    }

    private static VarianceEstimate OfFit(BulkFit fit)
    {
        var slope = 1.18 + (0.39 * fit.Columns / fit.Rows);
        return new VarianceEstimate(fit.Variance, fit.Rows, fit.Columns, SlopeBias / fit.Rows, 2 / ((double)fit.Rows * fit.Columns) * ((slope * slope) - 0.5));
    }
}
