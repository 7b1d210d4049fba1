namespace Eigenscope.Statistics;

/// <summary>The beta-prime law p(x) = (x / s)^(a - 1) (1 + x / s)^(-a - b) / (s B(a, b)), x &gt; 0: a power-law tail of exponent b + 1.</summary>
/// <remarks>
/// Pearson (1901), type VI: the ratio of two gamma numbers of shapes a and b. The stationary law of d x = [c + (k^2 - 2 f) x] dt + 2 sqrt(v x + k^2 x^2) dB has s = v / k^2, a = c / (2 v) and b = 1/2 + f / k^2.
/// </remarks>
/// <param name="a">The shape near 0, positive.</param>
/// <param name="b">The shape of the tail, positive.</param>
/// <param name="scale">s, positive, in the units of x.</param>
public sealed class BetaPrime(double a, double b, double scale) : IContinuousLaw
{
    private readonly double logNorm = SpecialFunctions.LogGamma(a + b) - SpecialFunctions.LogGamma(a) - SpecialFunctions.LogGamma(b) - Math.Log(scale);

    /// <summary>The shape near 0.</summary>
    public double A { get; } = Domain.Positive(a);

    /// <summary>The shape of the tail.</summary>
    public double B { get; } = Domain.Positive(b);

    /// <summary>s.</summary>
    public double Scale { get; } = Domain.Positive(scale);

    /// <summary>The exponent of the tail, b + 1.</summary>
    public double TailExponent => B + 1;

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x > 0 && double.IsFinite(x) ? logNorm + ((A - 1) * Math.Log(x / Scale)) - ((A + B) * SpecialFunctions.Log1p(x / Scale)) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > 0 ? SpecialFunctions.RegularizedBeta(A, B, Below(x), Above(x)) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > 0 ? SpecialFunctions.RegularizedBeta(B, A, Above(x), Below(x)) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) switch
    {
        0 => 0,
        1 => double.PositiveInfinity,
        _ => QuantileSearch.Of(this, p, Scale * A / B),
    };

    /// <inheritdoc/>
    public double Sample(Sampling random) => Scale * random.Gamma(A) / random.Gamma(B);

    private double Below(double x) => 1 / (1 + (Scale / x));

    private double Above(double x) => 1 / (1 + (x / Scale));
}
