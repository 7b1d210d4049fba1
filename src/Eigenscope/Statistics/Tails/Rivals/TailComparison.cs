namespace Eigenscope.Statistics;

/// <summary>A power law and its rivals, fitted by maximum likelihood to the same tail x &gt;= xmin, and compared.</summary>
/// <param name="Xmin">Where the tail begins, in the units of x.</param>
/// <param name="TailCount">The number of values from xmin on.</param>
/// <param name="PowerLaw">The power law.</param>
/// <param name="LogLikelihood">Of the power law, in nats.</param>
/// <param name="Rivals">The tests: truncated power law, exponential, stretched exponential, lognormal.</param>
/// <param name="Preferred">
/// The rival that is better than the power law at the level 0.05 and not beaten by another such; the power law where it is better than the exponential law at that level and no rival is
/// better than it; null where neither holds.
/// </param>
public sealed record TailComparison(double Xmin, int TailCount, PowerLawTail PowerLaw, double LogLikelihood, IReadOnlyList<RivalTest> Rivals, TailLaw? Preferred)
{
    private const double Level = 0.05;
    private const int LeastTail = 3;

    /// <summary>The test of one rival.</summary>
    /// <exception cref="InvalidOperationException">The law is no rival.</exception>
    public RivalTest this[TailLaw law] => Rivals.First(test => test.Law == law);

    /// <summary>Fits and compares.</summary>
    /// <param name="ascending">Positive values in ascending order.</param>
    /// <param name="xmin">Where the tail begins, positive, in the units of x.</param>
    /// <returns>The comparison; or null with the reason, where fewer than three values lie from xmin on or all of those are equal.</returns>
    public static (TailComparison? Comparison, string? Reason) Of(ReadOnlySpan<double> ascending, double xmin)
    {
        var tail = ascending[Tails.Start(ascending, xmin)..];
        if (tail.Length < LeastTail || tail[0] == tail[^1])
        {
            return (null, tail.Length < LeastTail ? $"a comparison of laws needs at least three eigenvalues in the tail, and {tail.Length} are there" : "all eigenvalues in the tail are equal");
        }

        var moments = new TailMoments(tail, xmin);
        var powerLaw = PowerLawTail.Of(moments);
        RivalTest[] tests =
        [
            RivalTest.Of(tail, powerLaw, TailLaw.TruncatedPowerLaw, TruncatedPowerLawTail.Of(moments)),
            RivalTest.Of(tail, powerLaw, TailLaw.Exponential, ExponentialTail.Of(moments)),
            RivalTest.Of(tail, powerLaw, TailLaw.StretchedExponential, StretchedExponentialTail.Of(moments)),
            RivalTest.Of(tail, powerLaw, TailLaw.Lognormal, LognormalTail.Of(moments)),
        ];
        return (new TailComparison(xmin, tail.Length, powerLaw, powerLaw.LogLikelihood(tail), tests, Prefer(tail, tests)), null);
    }

    /// <summary>The rivals in turn: each takes the place of the best so far where it is better by a test.</summary>
    private static TailLaw? Prefer(ReadOnlySpan<double> tail, RivalTest[] tests)
    {
        TailModel? best = null;
        foreach (var test in tests)
        {
            if (test.Verdict == RivalVerdict.Rival && (best is null || IsBetter(tail, test.Model!, best)))
            {
                best = test.Model;
            }
        }

        var beatsExponential = tests.Any(test => test is { Law: TailLaw.Exponential, Verdict: RivalVerdict.PowerLaw });
        return best?.Law ?? (beatsExponential ? TailLaw.PowerLaw : null);
    }

    private static bool IsBetter(ReadOnlySpan<double> tail, TailModel rival, TailModel best)
    {
        var (ratio, deviation) = RivalTest.Ratio(tail, rival, best);
        return ratio > 0 && SpecialFunctions.Erfc(ratio / (Math.Sqrt(2.0 * tail.Length) * deviation)) < Level;
    }
}
