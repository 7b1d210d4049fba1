namespace Eigenscope.Statistics;

/// <summary>The stretched exponential law p(x) = beta lambda x^(beta - 1) e^(-lambda (x^beta - xmin^beta)), x &gt;= xmin.</summary>
/// <remarks>Kohlrausch (1854), Weibull (1951); in this form Clauset, Shalizi and Newman (2009), table 2.1. As beta goes to 0 with beta lambda fixed it becomes a power law.</remarks>
/// <param name="rate">lambda, positive, in the units of x^(-beta).</param>
/// <param name="exponent">beta, positive.</param>
/// <param name="xmin">Where the law begins, from 0, in the units of x.</param>
public sealed class StretchedExponential(double rate, double exponent, double xmin = 0) : IContinuousLaw
{
    /// <summary>lambda xmin^beta.</summary>
    private readonly double start = rate * Math.Pow(xmin, exponent);

    /// <summary>lambda.</summary>
    public double Rate { get; } = Domain.Positive(rate);

    /// <summary>beta; 1 is the exponential law.</summary>
    public double Exponent { get; } = Domain.Positive(exponent);

    /// <summary>Where the law begins.</summary>
    public double Xmin { get; } = Domain.NotNegative(xmin);

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x >= Xmin && double.IsFinite(x) ? Math.Log(Rate * Exponent) + PowerOf(x) - Decay(x) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > Xmin ? -SpecialFunctions.Expm1(-Decay(x)) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > Xmin ? Math.Exp(-Decay(x)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => At(-SpecialFunctions.Log1p(-Domain.Probability(p)));

    /// <inheritdoc/>
    public double Sample(Sampling random) => At(-Math.Log(random.Uniform()));

    /// <summary>(beta - 1) ln x, also at 0.</summary>
    private double PowerOf(double x) => Exponent == 1 ? 0 : (Exponent - 1) * Math.Log(x);

    /// <summary>lambda (x^beta - xmin^beta), without cancellation.</summary>
    private double Decay(double x) => Xmin == 0 ? Rate * Math.Pow(x, Exponent) : start * SpecialFunctions.Expm1(Exponent * Math.Log(x / Xmin));

    private double At(double decay) => Xmin == 0 ? Math.Pow(decay / Rate, 1 / Exponent) : Xmin * Math.Exp(SpecialFunctions.Log1p(decay / start) / Exponent);
}
