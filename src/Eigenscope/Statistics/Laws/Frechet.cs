namespace Eigenscope.Statistics;

/// <summary>The law of the largest of many numbers with a power-law tail, F(x) = e^(-(x / s)^(-a)), x &gt; 0.</summary>
/// <remarks>
/// Frechet (1927). The largest eigenvalue of matrices with heavy-tailed entries follows it (Soshnikov 2004, tails of exponent below 2; Auffinger, Ben Arous and Peche 2009, below 4).
/// </remarks>
/// <param name="shape">a, positive; the density falls as x^(-a - 1).</param>
/// <param name="scale">s, positive, in the units of x.</param>
public sealed class Frechet(double shape, double scale) : IContinuousLaw
{
    /// <summary>a.</summary>
    public double Shape { get; } = Domain.Positive(shape);

    /// <summary>s: F(s) = 1 / e.</summary>
    public double Scale { get; } = Domain.Positive(scale);

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return double.NegativeInfinity;
        }

        var power = -Shape * Math.Log(x / Scale);
        return Math.Log(Shape) - Math.Log(x) + power - Math.Exp(power);
    }

    /// <inheritdoc/>
    public double Cumulative(double x) => x > 0 ? Math.Exp(-Math.Pow(x / Scale, -Shape)) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > 0 ? -SpecialFunctions.Expm1(-Math.Pow(x / Scale, -Shape)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Scale * Math.Pow(-Math.Log(Domain.Probability(p)), -1 / Shape);

    /// <inheritdoc/>
    public double Sample(Sampling random) => Quantile(random.Uniform());
}
