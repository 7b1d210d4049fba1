namespace Eigenscope.Statistics;

/// <summary>
/// What noise does to a singular value of a matrix, and how best to undo it: a signal of strength theta (a singular value of the signal alone)
/// in an N x M matrix whose noise entries are independent, of mean 0 and variance 1 / N. Singular values of a matrix of noise variance s^2 are first divided by s sqrt(N).
/// </summary>
/// <remarks>
/// Limits for N and M growing at a fixed ratio gamma = M / N: Baik, Ben Arous and Peche (2005), Baik and Silverstein (2006);
/// vectors: Benaych-Georges and Nadakuditi (2012). Shrinkers: Gavish and Donoho (2017), thresholds: Gavish and Donoho (2014).
/// </remarks>
public sealed class SignalShrinkage
{
    private readonly double root;

    /// <summary>The formulas for a ratio.</summary>
    /// <param name="gamma">M / N, the shorter side over the longer one, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is out of its range.</exception>
    public SignalShrinkage(double gamma)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Domain.Positive(gamma), 1, nameof(gamma));
        (Gamma, root) = (gamma, Math.Sqrt(gamma));
    }

    /// <summary>M / N.</summary>
    public double Gamma { get; }

    /// <summary>gamma^(1/4): a weaker signal leaves no trace among the singular values.</summary>
    public double Threshold => Math.Sqrt(root);

    /// <summary>1 + sqrt(gamma): the largest singular value of the noise.</summary>
    public double BulkEdge => 1 + root;

    /// <summary>The hard threshold of least squared error where the noise is known: singular values below it are better set to 0.</summary>
    public double HardThreshold => Math.Sqrt((2 * (Gamma + 1)) + (8 * Gamma / (Gamma + 1 + Math.Sqrt((Gamma * Gamma) + (14 * Gamma) + 1))));

    /// <summary>omega, the same threshold in units of the median singular value, where the noise is not known.</summary>
    public double HardThresholdOverMedian => HardThreshold / Math.Sqrt(new MarchenkoPastur(1 / Gamma, 1).Quantile(0.5));

    /// <summary>The eigenvalue of W^T W that a signal of strength <paramref name="theta"/> makes, the square of the singular value; below the threshold that of the edge.</summary>
    public double OutlierEigenvalue(double theta)
    {
        var square = Domain.NotNegative(theta) * theta;
        return theta <= Threshold ? BulkEdge * BulkEdge : (1 + square) * (Gamma + square) / square;
    }

    /// <summary>The squared cosine between the singular vectors of length N of signal and matrix, 0 to 1; 0 below the threshold.</summary>
    public double LongOverlap(double theta) => Overlap(Domain.NotNegative(theta), 1);

    /// <summary>The squared cosine between the singular vectors of length M of signal and matrix, 0 to 1; 0 below the threshold.</summary>
    public double ShortOverlap(double theta) => Overlap(Domain.NotNegative(theta), Gamma);

    /// <summary>The strength of the signal behind a singular value; 0 up to the edge of the noise. It is also the shrinker of least error in operator norm.</summary>
    public double Strength(double singularValue)
    {
        var (difference, sum) = Parts(singularValue);
        return difference > 0 ? Math.Sqrt((sum + Math.Sqrt(difference)) / 2) : 0;
    }

    /// <summary>What to put in place of a singular value for the least error in Frobenius norm; 0 up to the edge of the noise.</summary>
    public double Frobenius(double singularValue)
    {
        var (difference, _) = Parts(singularValue);
        return difference > 0 ? Math.Sqrt(difference) / singularValue : 0;
    }

    /// <summary>What to put in place of a singular value for the least error in nuclear norm; 0 up to a little above the edge of the noise.</summary>
    public double Nuclear(double singularValue)
    {
        var theta = Strength(singularValue);
        var square = theta * theta;
        return theta > 0 ? Math.Max(0, (square * square) - Gamma - (root * theta * singularValue)) / (square * singularValue) : 0;
    }

    private double Overlap(double theta, double share)
    {
        var square = theta * theta;
        return theta <= Threshold ? 0 : ((square * square) - Gamma) / (square * (square + share));
    }

    /// <summary>With y the singular value: (y^2 - gamma - 1)^2 - 4 gamma from its factors, 0 up to the edge, and y^2 - gamma - 1.</summary>
    private (double Difference, double Sum) Parts(double singularValue)
    {
        var y = Domain.NotNegative(singularValue);
        return (y <= BulkEdge ? 0 : (y - 1 - root) * (y + 1 + root) * (y - 1 + root) * (y + 1 - root), (y * y) - Gamma - 1);
    }
}
