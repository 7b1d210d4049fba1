using Eigenscope.Statistics;

namespace Eigenscope.Comparison;

/// <summary>What agreement two sets of directions have by chance: the absolute cosine of the angle between random directions in a space of n dimensions, whose square has the law Beta(1/2, (n - 1)/2).</summary>
internal static class ChanceAgreement
{
    private const int Pieces = 8;

    /// <summary>The mean of one absolute cosine, Gamma(n/2) / (sqrt(pi) Gamma((n + 1)/2)).</summary>
    public static double OfOne(int dimension) => Math.Exp(SpecialFunctions.LogGamma(dimension / 2.0) - SpecialFunctions.LogGamma((dimension + 1) / 2.0)) / Math.Sqrt(Math.PI);

    /// <summary>The mean of the largest of several independent ones: the integral of 1 - F^count, by Gauss's rule on pieces that follow the scale of the law.</summary>
    public static double OfBest(int dimension, int count)
    {
        if (dimension == 1)
        {
            return 1;
        }

        var reach = Math.Min(1, Math.Sqrt(2 * (10 + Math.Log(count)) / dimension) * 1.5);
        var (step, sum) = (reach / Pieces, 0.0);
        for (var piece = 0; piece < Pieces; piece++)
        {
            foreach (var (place, weight) in GaussLegendre.Rule)
            {
                var x = step * (piece + ((place + 1) / 2));
                sum += weight * step / 2 * (1 - Math.Pow(SpecialFunctions.RegularizedBeta(0.5, (dimension - 1) / 2.0, x * x), count));
            }
        }

        return sum;
    }
}
