namespace Eigenscope.Statistics;

/// <summary>The exponential law p(x) = lambda e^(-lambda (x - xmin)), x &gt;= xmin.</summary>
/// <remarks>In this form Clauset, Shalizi and Newman (2009), table 2.1.</remarks>
/// <param name="rate">lambda, positive, in the units of 1 / x.</param>
/// <param name="xmin">Where the law begins, from 0, in the units of x.</param>
public sealed class Exponential(double rate, double xmin = 0) : IContinuousLaw
{
    /// <summary>lambda.</summary>
    public double Rate { get; } = Domain.Positive(rate);

    /// <summary>Where the law begins.</summary>
    public double Xmin { get; } = Domain.NotNegative(xmin);

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x >= Xmin ? Math.Log(Rate) - (Rate * (x - Xmin)) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > Xmin ? -SpecialFunctions.Expm1(-Rate * (x - Xmin)) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > Xmin ? Math.Exp(-Rate * (x - Xmin)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Xmin - (SpecialFunctions.Log1p(-Domain.Probability(p)) / Rate);

    /// <inheritdoc/>
    public double Sample(Sampling random) => Xmin - (Math.Log(random.Uniform()) / Rate);
}
