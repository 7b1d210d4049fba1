namespace Eigenscope.Statistics;

/// <summary>p(x) = (alpha - 1) / xmin (x / xmin)^(-alpha). Clauset, Shalizi and Newman (2009), table 2.1.</summary>
/// <param name="Xmin">Where the tail begins.</param>
/// <param name="Alpha">The exponent, above 1.</param>
public sealed record PowerLawTail(double Xmin, double Alpha) : TailModel(TailLaw.PowerLaw, Xmin)
{
    /// <inheritdoc/>
    public override double LogDensity(double x) => Math.Log((Alpha - 1) / Xmin) - (Alpha * Math.Log(x / Xmin));

    /// <inheritdoc/>
    public override double Survival(double x) => Math.Exp((1 - Alpha) * Math.Log(x / Xmin));

    /// <summary>The law of largest likelihood: alpha = 1 + 1 / mean ln(x / xmin). The tail must not be constant.</summary>
    internal static PowerLawTail Of(TailMoments tail) => new(tail.Xmin, 1 + (1 / tail.MeanLog));
}
