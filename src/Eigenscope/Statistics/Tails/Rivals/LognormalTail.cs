namespace Eigenscope.Statistics;

/// <summary>The lognormal law above xmin: ln x is normal with mean mu and deviation sigma, given that it is at least ln xmin.</summary>
/// <param name="Xmin">Where the tail begins.</param>
/// <param name="Mu">The mean of ln x before it is cut.</param>
/// <param name="Sigma">The standard deviation of ln x before it is cut, positive.</param>
public sealed record LognormalTail(double Xmin, double Mu, double Sigma) : TailModel(TailLaw.Lognormal, Xmin)
{
    /// <summary>Below this the root of 1/2 pi stands for a law that is hardly cut; above it the law is a power law to six digits.</summary>
    private const double LeastCut = -40;
    private const double MostCut = 1e4;
    private const double RootHalf = 0.70710678118654752440;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>theta = (ln xmin - mu) / sigma: how far above the mean the law is cut. Above 10 it can hardly be told from a power law.</summary>
    public double Cut => (Math.Log(Xmin) - Mu) / Sigma;

    /// <inheritdoc/>
    public override double LogDensity(double x)
    {
        var z = Math.Log(x / Xmin) / Sigma;
        return -(0.5 * z * z) - (z * Cut) - Math.Log(x * Sigma) - HalfLogTwoPi - LogScaledTail(Cut);
    }

    /// <inheritdoc/>
    public override double Survival(double x)
    {
        var z = Math.Log(x / Xmin) / Sigma;
        return Math.Exp(LogScaledTail(Cut + z) - LogScaledTail(Cut) - (z * Cut) - (0.5 * z * z));
    }

    /// <summary>
    /// The law of largest likelihood; null where it is the limit mu -> -infinity, a power law. With h the hazard of the normal law at theta, mean u^2 / (mean u)^2 =
    /// (1 - theta (h - theta)) / (h - theta)^2 grows from 1 to 2 with theta (Cohen 1950), and sigma = mean u / (h - theta).
    /// </summary>
    internal static LognormalTail? Of(TailMoments tail)
    {
        var ratio = tail.MeanSquaredLog / (tail.MeanLog * tail.MeanLog);
        if (tail.IsAsWideAsPowerLaw || Ratio(MostCut) <= ratio)
        {
            return null;
        }

        var cut = Bisection.Root(theta => Ratio(theta) - ratio, LeastCut, MostCut);
        var sigma = tail.MeanLog / Excess(cut);
        return new LognormalTail(tail.Xmin, Math.Log(tail.Xmin) - (cut * sigma), sigma);
    }

    private static double Ratio(double theta) => Excess(theta) is var excess ? (1 - (theta * excess)) / (excess * excess) : 0;

    /// <summary>h - theta; by its asymptotic series (Abramowitz and Stegun 26.2.12) where the difference would lose digits.</summary>
    private static double Excess(double theta)
    {
        var square = 1 / (theta * theta);
        return theta > 30 ? (1 - (square * (2 - (square * (10 - (square * (74 - (706 * square)))))))) / theta : Math.Exp(-HalfLogTwoPi - LogScaledTail(theta)) - theta;
    }

    /// <summary>ln of the normal tail above theta, plus theta^2 / 2.</summary>
    private static double LogScaledTail(double theta) =>
        theta > 0 ? Math.Log(0.5 * SpecialFunctions.ScaledErfc(theta * RootHalf)) : SpecialFunctions.LogNormalCdf(-theta) + (0.5 * theta * theta);
}
