namespace Eigenscope.Statistics;

/// <summary>p(x) = lambda exp(-lambda (x - xmin)). Clauset, Shalizi and Newman (2009), table 2.1.</summary>
/// <param name="Xmin">Where the tail begins.</param>
/// <param name="Rate">lambda, positive, in 1 / units of x.</param>
public sealed record ExponentialTail(double Xmin, double Rate) : TailModel(TailLaw.Exponential, Xmin)
{
    /// <inheritdoc/>
    public override double LogDensity(double x) => Math.Log(Rate) - (Rate * (x - Xmin));

    /// <inheritdoc/>
    public override double Survival(double x) => Math.Exp(-Rate * (x - Xmin));

    /// <summary>The law of largest likelihood: lambda = 1 / (mean x - xmin).</summary>
    internal static ExponentialTail Of(TailMoments tail) => new(tail.Xmin, 1 / (tail.Xmin * (tail.MeanRatio - 1)));
}
