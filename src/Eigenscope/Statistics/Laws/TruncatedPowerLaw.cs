namespace Eigenscope.Statistics;

/// <summary>The power law with an exponential cut-off, p(x) = lambda^(1 - alpha) / Gamma(1 - alpha, lambda xmin) x^(-alpha) e^(-lambda x), x &gt;= xmin.</summary>
/// <remarks>Clauset, Shalizi and Newman (2009), table 2.1. As lambda goes to 0 it becomes <see cref="PowerLaw"/> where alpha is above 1.</remarks>
public sealed class TruncatedPowerLaw : IContinuousLaw
{
    /// <summary>ln Gamma(1 - alpha, lambda xmin).</summary>
    private readonly double logUpper;

    /// <summary>The law of an exponent and a rate.</summary>
    /// <param name="alpha">The exponent, any number, also negative.</param>
    /// <param name="rate">lambda, positive, in the units of 1 / x.</param>
    /// <param name="xmin">Where the law begins, positive, in the units of x.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public TruncatedPowerLaw(double alpha, double rate, double xmin)
    {
        (Alpha, Rate, Xmin) = (Domain.Finite(alpha), Domain.Positive(rate), Domain.Positive(xmin));
        logUpper = SpecialFunctions.LogUpperGamma(1 - alpha, rate * xmin);
    }

    /// <summary>The exponent of the power.</summary>
    public double Alpha { get; }

    /// <summary>lambda, the rate of the cut-off.</summary>
    public double Rate { get; }

    /// <summary>Where the law begins.</summary>
    public double Xmin { get; }

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x >= Xmin && double.IsFinite(x) ? Math.Log(Rate) - (Alpha * Math.Log(Rate * x)) - (Rate * x) - logUpper : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > Xmin ? -SpecialFunctions.Expm1(LogSurvival(x)) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > Xmin ? Math.Exp(LogSurvival(x)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) switch
    {
        0 => Xmin,
        1 => double.PositiveInfinity,
        _ => QuantileSearch.Of(this, p, Guess(p), Xmin),
    };

    /// <inheritdoc/>
    public double Sample(Sampling random) => Quantile(random.Uniform());

    private double LogSurvival(double x) => double.IsPositiveInfinity(x) ? double.NegativeInfinity : Math.Min(0, SpecialFunctions.LogUpperGamma(1 - Alpha, Rate * x) - logUpper);

    /// <summary>The quantile of the exponential law that has the same slope at xmin.</summary>
    private double Guess(double p) => Xmin + (-SpecialFunctions.Log1p(-p) / (Rate + (Math.Max(0, Alpha) / Xmin)));
}
