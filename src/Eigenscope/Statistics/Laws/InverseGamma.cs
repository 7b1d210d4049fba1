namespace Eigenscope.Statistics;

/// <summary>The law of the inverse of a gamma number, p(x) = s^k x^(-k - 1) e^(-s / x) / Gamma(k), x &gt; 0: a power-law tail of exponent k + 1.</summary>
/// <remarks>Pearson (1901), type V.</remarks>
/// <param name="shape">k, positive.</param>
/// <param name="scale">s, positive, in the units of x.</param>
public sealed class InverseGamma(double shape, double scale) : IContinuousLaw
{
    private readonly double logNorm = (shape * Math.Log(scale)) - SpecialFunctions.LogGamma(shape);

    /// <summary>k.</summary>
    public double Shape { get; } = Domain.Positive(shape);

    /// <summary>s; the mean is s / (k - 1) for k above 1.</summary>
    public double Scale { get; } = Domain.Positive(scale);

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x > 0 && double.IsFinite(x) ? logNorm - ((Shape + 1) * Math.Log(x)) - (Scale / x) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > 0 ? SpecialFunctions.RegularizedGammaQ(Shape, Scale / x) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > 0 ? SpecialFunctions.RegularizedGammaP(Shape, Scale / x) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) switch
    {
        0 => 0,
        1 => double.PositiveInfinity,
        _ => QuantileSearch.Of(this, p, Scale / new GammaLaw(Shape, 1).Quantile(1 - p)),
    };

    /// <inheritdoc/>
    public double Sample(Sampling random) => Scale / random.Gamma(Shape);
}
