namespace Eigenscope.Statistics;

/// <summary>What the fits need of a tail: u = ln(x / xmin) of every value, and means of u, u^2 and x / xmin.</summary>
internal sealed class TailMoments
{
    /// <summary>The moments of values that are all at least <paramref name="xmin"/>.</summary>
    public TailMoments(ReadOnlySpan<double> tail, double xmin)
    {
        Xmin = xmin;
        Logs = new double[tail.Length];
        var (first, second, mean) = (0.0, 0.0, 0.0);
        for (var i = 0; i < tail.Length; i++)
        {
            var u = Logs[i] = Math.Log(tail[i] / xmin);
            (first, second, mean) = (first + u, second + (u * u), mean + (tail[i] / xmin));
        }

        (MeanLog, MeanSquaredLog, MeanRatio) = (first / tail.Length, second / tail.Length, mean / tail.Length);
    }

    /// <summary>Where the tail begins.</summary>
    public double Xmin { get; }

    /// <summary>ln(x / xmin)</summary>
    public double[] Logs { get; }

    /// <summary>The mean of ln(x / xmin).</summary>
    public double MeanLog { get; }

    /// <summary>The mean of its square.</summary>
    public double MeanSquaredLog { get; }

    /// <summary>The mean of x / xmin.</summary>
    public double MeanRatio { get; }

    /// <summary>
    /// True where ln x spreads at least as an exponential law does. Then a lognormal law is the likelier the lower its mu, and a stretched exponential one near beta = 0 the likelier the
    /// lower its beta: both end in the power law.
    /// </summary>
    public bool IsAsWideAsPowerLaw => MeanSquaredLog >= 2 * MeanLog * MeanLog;
}
