namespace Eigenscope.Statistics;

/// <summary>The law whose share above x is exp(-c ((x / xmin)^beta - 1)), also called Weibull's. Clauset, Shalizi and Newman (2009), table 2.1, with c = lambda xmin^beta.</summary>
/// <param name="Xmin">Where the tail begins.</param>
/// <param name="Beta">The stretching exponent, positive; 1 is the exponential law, and 0 with c beta = alpha - 1 the power law.</param>
/// <param name="C">c, positive, without unit.</param>
public sealed record StretchedExponentialTail(double Xmin, double Beta, double C) : TailModel(TailLaw.StretchedExponential, Xmin)
{
    private const double LeastBeta = 1e-4;
    private const double MostBeta = 1e4;
    private const double LargestPower = 600;
    private const double GridStep = 1.25;

    /// <inheritdoc/>
    public override double LogDensity(double x)
    {
        var u = Math.Log(x / Xmin);
        return Math.Log(Beta * C / x) + (Beta * u) - (C * SpecialFunctions.Expm1(Beta * u));
    }

    /// <inheritdoc/>
    public override double Survival(double x) => Math.Exp(-C * SpecialFunctions.Expm1(Beta * Math.Log(x / Xmin)));

    /// <summary>
    /// The law of largest likelihood; null where it is the limit beta -> 0, a power law. For a given beta, c = 1 / mean((x / xmin)^beta - 1), and the slope of the likelihood in beta
    /// changes its sign at the maxima: between places of a grid they are found by bisection.
    /// </summary>
    internal static StretchedExponentialTail? Of(TailMoments tail)
    {
        StretchedExponentialTail? best = null;
        var most = Math.Min(MostBeta, LargestPower / tail.Logs[^1]);
        var (beta, slope) = (LeastBeta, Slope(tail.Logs, LeastBeta));
        while (beta < most)
        {
            var next = Math.Min(most, beta * GridStep);
            var nextSlope = Slope(tail.Logs, next);
            if (slope > 0 && nextSlope <= 0)
            {
                var candidate = At(tail, Bisection.Root(b => Slope(tail.Logs, b), beta, next));
                best = best is null || Likelihood(tail, candidate) > Likelihood(tail, best) ? candidate : best;
            }

            (beta, slope) = (next, nextSlope);
        }

        return best is { } found && Likelihood(tail, found) > -1 - tail.MeanLog - Math.Log(tail.MeanLog) ? found : null;
    }

    private static StretchedExponentialTail At(TailMoments tail, double beta) => new(tail.Xmin, beta, 1 / tail.Logs.Average(u => SpecialFunctions.Expm1(beta * u)));

    /// <summary>The mean of ln(xmin p(x)).</summary>
    private static double Likelihood(TailMoments tail, StretchedExponentialTail law) => Math.Log(law.Beta * law.C) + ((law.Beta - 1) * tail.MeanLog) - 1;

    private static double Slope(double[] logs, double beta)
    {
        var (first, weighted, excess) = (0.0, 0.0, 0.0);
        foreach (var u in logs)
        {
            var power = SpecialFunctions.Expm1(beta * u);
            (first, weighted, excess) = (first + u, weighted + (u * (power + 1)), excess + power);
        }

        return (1 / beta) + (first / logs.Length) - (weighted / excess);
    }
}
