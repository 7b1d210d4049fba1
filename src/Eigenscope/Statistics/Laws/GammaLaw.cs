namespace Eigenscope.Statistics;

/// <summary>The gamma law p(x) = r^k x^(k - 1) e^(-r x) / Gamma(k), x &gt; 0.</summary>
/// <remarks>Pearson (1893), type III. With shape N / 2 and rate 1 / (2 v), the law of the squared length of N independent normal numbers of variance v.</remarks>
/// <param name="shape">k, positive.</param>
/// <param name="rate">r, positive, in the units of 1 / x.</param>
public sealed class GammaLaw(double shape, double rate) : IContinuousLaw
{
    private readonly double logNorm = (shape * Math.Log(rate)) - SpecialFunctions.LogGamma(shape);

    /// <summary>k.</summary>
    public double Shape { get; } = Domain.Positive(shape);

    /// <summary>r; the mean is k / r.</summary>
    public double Rate { get; } = Domain.Positive(rate);

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x > 0 && double.IsFinite(x) ? logNorm + ((Shape - 1) * Math.Log(x)) - (Rate * x) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > 0 ? SpecialFunctions.RegularizedGammaP(Shape, Rate * x) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > 0 ? SpecialFunctions.RegularizedGammaQ(Shape, Rate * x) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) switch
    {
        0 => 0,
        1 => double.PositiveInfinity,
        _ => QuantileSearch.Of(this, p, Guess(SpecialFunctions.NormalQuantile(p)) / Rate),
    };

    /// <inheritdoc/>
    public double Sample(Sampling random) => random.Gamma(Shape) / Rate;

    /// <summary>The quantile for rate 1 where the normal law has z (Wilson and Hilferty 1931).</summary>
    private double Guess(double z) => Shape * Math.Pow(Math.Max(0.01, 1 - (1 / (9 * Shape)) + (z / (3 * Math.Sqrt(Shape)))), 3);
}
