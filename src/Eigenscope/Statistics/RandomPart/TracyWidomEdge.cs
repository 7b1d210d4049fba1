namespace Eigenscope.Statistics;

/// <summary>Where the largest eigenvalue of a random W^T W lies: <see cref="Center"/> plus <see cref="Scale"/> times a variable of the Tracy-Widom law, beta = 1.</summary>
/// <remarks>Johnstone (2001), theorem 1.1, for an N x M matrix of independent entries of mean 0 and variance 1, with the shifts by one half of Ma (2012), which are right to order M^(-2/3).</remarks>
/// <param name="Center">mu, the centre.</param>
/// <param name="Scale">The unit in which it fluctuates.</param>
public readonly record struct TracyWidomEdge(double Center, double Scale)
{
    /// <summary>The Tracy-Widom law of beta = 1 lies below this with probability 0.99 (Tracy and Widom 1996).</summary>
    public const double Quantile99 = 2.0234493;

    /// <summary>The largest eigenvalue lies below this with probability 0.99.</summary>
    public double Threshold99 => Center + (Quantile99 * Scale);

    /// <summary>The edge for an N x M matrix, both at least 1.</summary>
    public static TracyWidomEdge Of(int n, int m)
    {
        var (rootN, rootM) = (Math.Sqrt(n - 0.5), Math.Sqrt(m - 0.5));
        var sum = rootN + rootM;
        return new TracyWidomEdge(sum * sum, sum * Math.Cbrt((1 / rootN) + (1 / rootM)));
    }

    /// <summary>How far an eigenvalue lies from the centre, in units of the scale.</summary>
    /// <param name="lambda">The eigenvalue.</param>
    /// <param name="variance">The variance of the entries, positive.</param>
    public double Standardize(double lambda, double variance) => ((lambda / variance) - Center) / Scale;
}
