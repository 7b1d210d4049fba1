namespace Eigenscope.Statistics;

/// <summary>The power law p(x) = (alpha - 1) / xmin (x / xmin)^(-alpha), x &gt;= xmin.</summary>
/// <remarks>Pareto (1896); in this form Clauset, Shalizi and Newman (2009), table 2.1.</remarks>
/// <param name="alpha">The exponent, above 1.</param>
/// <param name="xmin">Where the law begins, positive, in the units of x.</param>
public sealed class PowerLaw(double alpha, double xmin) : IContinuousLaw
{
    /// <summary>The exponent of the density.</summary>
    public double Alpha { get; } = Domain.Above(1, alpha);

    /// <summary>Where the law begins.</summary>
    public double Xmin { get; } = Domain.Positive(xmin);

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x >= Xmin ? Math.Log((Alpha - 1) / Xmin) - (Alpha * Math.Log(x / Xmin)) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > Xmin ? -SpecialFunctions.Expm1(LogSurvival(x)) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > Xmin ? Math.Exp(LogSurvival(x)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Xmin * Math.Exp(-SpecialFunctions.Log1p(-Domain.Probability(p)) / (Alpha - 1));

    /// <inheritdoc/>
    public double Sample(Sampling random) => Xmin * Math.Exp(-Math.Log(random.Uniform()) / (Alpha - 1));

    private double LogSurvival(double x) => (1 - Alpha) * Math.Log(x / Xmin);
}
