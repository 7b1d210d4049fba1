namespace Eigenscope.Statistics;

/// <summary>
/// The law of a number whose logarithm is normal, on x &gt; 0 or, cut off below, on x &gt;= xmin: p(x) = e^(-z^2 / 2) / (x sigma sqrt(2 pi) S), z = (ln x - mu) / sigma, where S is
/// the share above xmin.
/// </summary>
/// <remarks>Galton (1879), McAlister (1879); cut off as in Clauset, Shalizi and Newman (2009), table 2.1. S may be smaller than any double.</remarks>
public sealed class Lognormal : IContinuousLaw
{
    /// <summary>ln S.</summary>
    private readonly double logShare;

    /// <summary>The law of a mean and a standard deviation of the logarithm.</summary>
    /// <param name="mu">The mean of ln x before it is cut off.</param>
    /// <param name="sigma">The standard deviation of ln x before it is cut off, positive.</param>
    /// <param name="xmin">Where the law begins, from 0, in the units of x.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Lognormal(double mu, double sigma, double xmin = 0)
    {
        (Mu, Sigma, Xmin) = (Domain.Finite(mu), Domain.Positive(sigma), Domain.NotNegative(xmin));
        logShare = xmin > 0 ? SpecialFunctions.LogNormalCdf(-Normed(xmin)) : 0;
    }

    /// <summary>The mean of ln x before it is cut off.</summary>
    public double Mu { get; }

    /// <summary>The standard deviation of ln x before it is cut off.</summary>
    public double Sigma { get; }

    /// <summary>Where the law begins; 0 for the whole law.</summary>
    public double Xmin { get; }

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (!(x >= Xmin && x > 0))
        {
            return double.NegativeInfinity;
        }

        var z = Normed(x);
        return (-0.5 * z * z) - SpecialFunctions.HalfLogTwoPi - Math.Log(Sigma) - Math.Log(x) - logShare;
    }

    /// <inheritdoc/>
    public double Cumulative(double x) =>
        !(x > Xmin) ? 0
        : Xmin == 0 ? SpecialFunctions.NormalCdf(Normed(x))
        : -SpecialFunctions.Expm1(LogSurvival(x));

    /// <inheritdoc/>
    public double Survival(double x) => x > Xmin ? Math.Exp(LogSurvival(x)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) == 0 ? Xmin : Math.Max(Xmin, Math.Exp(Mu + (Sigma * (Xmin == 0
        ? SpecialFunctions.NormalQuantile(p)
        : -SpecialFunctions.NormalQuantileOfLog(SpecialFunctions.Log1p(-p) + logShare)))));

    /// <inheritdoc/>
    public double Sample(Sampling random) => Xmin == 0 ? Math.Exp(Mu + (Sigma * random.Normal())) : Quantile(random.Uniform());

    private double Normed(double x) => (Math.Log(x) - Mu) / Sigma;

    private double LogSurvival(double x) => Math.Min(0, SpecialFunctions.LogNormalCdf(-Normed(x)) - logShare);
}
