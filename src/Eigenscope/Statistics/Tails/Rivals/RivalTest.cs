namespace Eigenscope.Statistics;

/// <summary>
/// A likelihood-ratio test between a power law and a rival on one tail: Vuong (1989), as in Clauset, Shalizi and Newman (2009), appendix C; for the truncated power law, which holds the power
/// law as a special case, Wilks' test.
/// </summary>
/// <param name="Law">The rival.</param>
/// <param name="Model">Its fit of largest likelihood; null where that is the power law itself.</param>
/// <param name="LogLikelihood">Of the rival, in nats.</param>
/// <param name="R">The log-likelihood of the power law less that of the rival, in nats: above 0 where the power law is likelier.</param>
/// <param name="Normalized">R / (sqrt(n) s), s the standard deviation of the differences: normal in the limit where both laws are equally near.</param>
/// <param name="P">
/// The chance of an |R| as large if both were equally near: erfc(|R| / (sqrt(2 n) s)); for the truncated power law the chance of chi^2 with one degree of freedom above 2 |R|, as in the
/// package powerlaw.
/// </param>
/// <param name="BoundaryP">For the truncated power law half of <paramref name="P"/>, right where Lambda = 0 is the edge of the family (Self and Liang 1987); else null.</param>
/// <param name="Verdict">What that says.</param>
public sealed record RivalTest(TailLaw Law, TailModel? Model, double LogLikelihood, double R, double Normalized, double P, double? BoundaryP, RivalVerdict Verdict)
{
    private const double Level = 0.05;

    /// <summary>Smaller ratios say nothing.</summary>
    private const double LeastRatio = 0.5;

    /// <summary>A lognormal law cut further above its mean, in standard deviations, is a power law over the tail.</summary>
    private const double MostCut = 10;

    /// <summary>A smaller beta of a stretched exponential law is a power law over the tail.</summary>
    private const double LeastBeta = 0.01;

    /// <summary>Compares two laws on a tail.</summary>
    internal static RivalTest Of(ReadOnlySpan<double> tail, TailModel powerLaw, TailLaw law, TailModel? rival)
    {
        if (rival is null)
        {
            return new RivalTest(law, null, powerLaw.LogLikelihood(tail), 0, 0, 1, null, RivalVerdict.Indistinguishable);
        }

        var (ratio, deviation) = Ratio(tail, powerLaw, rival);
        var normalized = deviation > 0 ? ratio / (Math.Sqrt(tail.Length) * deviation) : 0;
        var nested = law == TailLaw.TruncatedPowerLaw;
        var p = SpecialFunctions.Erfc(nested ? Math.Sqrt(Math.Abs(ratio)) : Math.Abs(normalized) / Math.Sqrt(2));
        var verdict = Math.Abs(ratio) < LeastRatio || IsAtLimit(rival) ? RivalVerdict.Indistinguishable : Judge(ratio, p);
        return new RivalTest(law, rival, rival.LogLikelihood(tail), ratio, normalized, p, nested ? p / 2 : null, verdict);
    }

    /// <summary>The sum of the differences of the log-likelihoods and their standard deviation.</summary>
    internal static (double Sum, double Deviation) Ratio(ReadOnlySpan<double> tail, TailModel first, TailModel second)
    {
        var differences = new double[tail.Length];
        for (var i = 0; i < tail.Length; i++)
        {
            differences[i] = first.LogDensity(tail[i]) - second.LogDensity(tail[i]);
        }

        var mean = differences.Average();
        return (differences.Sum(), Math.Sqrt(differences.Average(d => (d - mean) * (d - mean))));
    }

    private static RivalVerdict Judge(double ratio, double p) => p >= Level ? RivalVerdict.Undecided : ratio > 0 ? RivalVerdict.PowerLaw : RivalVerdict.Rival;

    private static bool IsAtLimit(TailModel rival) => rival switch
    {
        LognormalTail lognormal => lognormal.Cut > MostCut,
        StretchedExponentialTail stretched => stretched.Beta < LeastBeta,
        _ => false,
    };
}
