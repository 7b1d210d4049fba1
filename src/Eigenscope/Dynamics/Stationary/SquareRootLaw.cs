using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>The law of sigma = sqrt(lambda) where lambda has a given law of positive numbers.</summary>
/// <param name="ofSquare">The law of lambda.</param>
public sealed class SquareRootLaw(GammaLaw ofSquare) : IContinuousLaw
{
    /// <summary>The law of lambda.</summary>
    public GammaLaw OfSquare => ofSquare;

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x) => x > 0 ? Math.Log(2 * x) + ofSquare.LogDensity(x * x) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cumulative(double x) => x > 0 ? ofSquare.Cumulative(x * x) : 0;

    /// <inheritdoc/>
    public double Survival(double x) => x > 0 ? ofSquare.Survival(x * x) : 1;

    /// <inheritdoc/>
    public double Quantile(double p) => Math.Sqrt(ofSquare.Quantile(p));

    /// <inheritdoc/>
    public double Sample(Sampling random) => Math.Sqrt(ofSquare.Sample(random));
}
