namespace Eigenscope.Statistics;

/// <summary>
/// The Jensen-Shannon distance between two spectra of equal length, each sorted and divided by its sum, as if the k-th value were the probability of k: sqrt((KL(p | m) + KL(q | m)) / 2) with
/// m = (p + q) / 2 (Endres and Schindelin 2003; as WeightWatcher compares a layer with its shuffled self).
/// </summary>
public static class JensenShannon
{
    /// <summary>The distance, 0 to sqrt(ln 2); it does not depend on the scale of either.</summary>
    /// <param name="left">Values in order, not negative, not all zero.</param>
    /// <param name="right">As many others.</param>
    public static double Distance(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var (leftSum, rightSum, sum) = (left.Sum(), right.Sum(), 0.0);
        for (var i = 0; i < left.Count; i++)
        {
            var (p, q) = (left[i] / leftSum, right[i] / rightSum);
            sum += Divergence(p, (p + q) / 2) + Divergence(q, (p + q) / 2);
        }

        return Math.Sqrt(Math.Max(0, sum / 2));
    }

    private static double Divergence(double p, double m) => p > 0 ? p * Math.Log(p / m) : 0;
}
