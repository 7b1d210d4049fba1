namespace Eigenscope.Statistics;

/// <summary>
/// p(x) = x^(-alpha) exp(-Lambda x) / Z, Z = Lambda^(alpha - 1) Gamma(1 - alpha, Lambda xmin): a power law with an exponential end. Clauset, Shalizi and Newman (2009), table 2.1.
/// </summary>
/// <param name="Xmin">Where the tail begins.</param>
/// <param name="Alpha">The exponent: any number where Lambda is positive, above 1 where it is 0.</param>
/// <param name="Lambda">The rate of the end, at least 0, in 1 / units of x. Where it is 0, the law is a power law.</param>
public sealed record TruncatedPowerLawTail(double Xmin, double Alpha, double Lambda) : TailModel(TailLaw.TruncatedPowerLaw, Xmin)
{
    private const int MostSteps = 200;
    private const double LeastCut = 1e-13;
    private const double LastStep = 1e-12;

    /// <summary>ln of the integral of z^(-alpha) exp(-Lambda xmin z) from z = 1 on.</summary>
    private readonly double logMass = LogExponentialIntegral(Alpha, Lambda * Xmin);

    /// <summary>The exponent.</summary>
    public double Alpha { get; } = Alpha;

    /// <summary>The rate of the end.</summary>
    public double Lambda { get; } = Lambda;

    /// <inheritdoc/>
    public override double LogDensity(double x) => (-Alpha * Math.Log(x / Xmin)) - (Lambda * x) - Math.Log(Xmin) - logMass;

    /// <inheritdoc/>
    public override double Survival(double x) => x <= Xmin ? 1 : Math.Exp(((1 - Alpha) * Math.Log(x / Xmin)) + LogExponentialIntegral(Alpha, Lambda * x) - logMass);

    /// <summary>
    /// The law of largest likelihood. The family is exponential, so the likelihood is concave in alpha and Lambda: either the maximum lies at Lambda = 0, where the slope in Lambda tells it,
    /// or Newton's steps, shortened where they gain nothing, lead to it.
    /// </summary>
    internal static TruncatedPowerLawTail Of(TailMoments tail)
    {
        var alpha = 1 + (1 / tail.MeanLog);
        if (alpha > 2 && tail.MeanRatio >= (alpha - 1) / (alpha - 2))
        {
            return new TruncatedPowerLawTail(tail.Xmin, alpha, 0);
        }

        var place = new TruncatedPowerLawMoments(alpha, 1 / Math.Exp(tail.Logs[^1]));
        for (var step = 0; step < MostSteps && place.Cut > LeastCut; step++)
        {
            var (da, dc) = place.NewtonStep(tail.MeanLog, tail.MeanRatio);
            var next = Descend(place, da, dc, tail);
            var change = Math.Max(Math.Abs(next.Alpha - place.Alpha) / (1 + Math.Abs(place.Alpha)), Math.Abs(next.Cut - place.Cut) / place.Cut);
            place = next;
            if (change < LastStep)
            {
                break;
            }
        }

        return place.Cut > LeastCut ? new TruncatedPowerLawTail(tail.Xmin, place.Alpha, place.Cut / tail.Xmin) : new TruncatedPowerLawTail(tail.Xmin, alpha, 0);
    }

    private static TruncatedPowerLawMoments Descend(TruncatedPowerLawMoments place, double da, double dc, TailMoments tail)
    {
        var cost = place.Cost(tail.MeanLog, tail.MeanRatio);
        var share = dc < 0 ? Math.Min(1, -0.9 * place.Cut / dc) : 1;
        for (var halving = 0; halving < 60; halving++, share /= 2)
        {
            var next = new TruncatedPowerLawMoments(place.Alpha + (share * da), place.Cut + (share * dc));
            if (next.Cost(tail.MeanLog, tail.MeanRatio) <= cost)
            {
                return next;
            }
        }

        return place;
    }

    /// <summary>ln E_alpha(t) = (alpha - 1) ln t + ln Gamma(1 - alpha, t).</summary>
    private static double LogExponentialIntegral(double alpha, double t) =>
        t == 0 ? -Math.Log(alpha - 1) : ((alpha - 1) * Math.Log(t)) + SpecialFunctions.LogUpperGamma(1 - alpha, t);
}
