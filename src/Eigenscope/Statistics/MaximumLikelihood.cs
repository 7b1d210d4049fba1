namespace Eigenscope.Statistics;

/// <summary>
/// Laws fitted to whole samples of positive numbers in any order. Each fit is null with a reason where the sample has fewer than two numbers, one that is not positive and finite, or no spread.
/// </summary>
public static class MaximumLikelihood
{
    /// <summary>The gamma law: shape k from ln k - digamma(k) = ln(mean) - mean of ln x by Newton's steps in 1 / k (Minka 2002), rate k / mean.</summary>
    /// <returns>The fit; or null with the reason.</returns>
    public static (LawFit<GammaLaw>? Fit, string? Reason) Gamma(ReadOnlySpan<double> sample)
    {
        if (Refusal(sample) is { } reason)
        {
            return (null, reason);
        }

        var (shape, mean) = GammaParameters(sample);
        return (LawFit<GammaLaw>.Of(new GammaLaw(shape, shape / mean), sample), null);
    }

    /// <summary>The inverse gamma law: the gamma law of the inverses.</summary>
    /// <returns>The fit; or null with the reason.</returns>
    public static (LawFit<InverseGamma>? Fit, string? Reason) InverseGamma(ReadOnlySpan<double> sample)
    {
        if (Refusal(sample) is { } reason)
        {
            return (null, reason);
        }

        var (shape, mean) = GammaParameters(Array.ConvertAll(sample.ToArray(), x => 1 / x));
        return (LawFit<InverseGamma>.Of(new InverseGamma(shape, shape / mean), sample), null);
    }

    /// <summary>The lognormal law: mean and standard deviation (over n) of ln x.</summary>
    /// <returns>The fit; or null with the reason.</returns>
    public static (LawFit<Lognormal>? Fit, string? Reason) Lognormal(ReadOnlySpan<double> sample)
    {
        if (Refusal(sample) is { } reason)
        {
            return (null, reason);
        }

        var (mean, variance) = LogMoments(sample);
        return (LawFit<Lognormal>.Of(new Lognormal(mean, Math.Sqrt(variance)), sample), null);
    }

    /// <summary>The beta-prime law, three parameters, by damped Newton steps in their logarithms (<see cref="BetaPrimeSearch"/>).</summary>
    /// <returns>The fit; or null with the reason, also where the likelihood grows towards the gamma or inverse gamma law, limits that the law does not reach.</returns>
    public static (LawFit<BetaPrime>? Fit, string? Reason) BetaPrime(ReadOnlySpan<double> sample)
    {
        if (Refusal(sample) is { } reason)
        {
            return (null, reason);
        }

        var (mean, variance) = LogMoments(sample);
        return BetaPrimeSearch.Run(sample, mean, variance) is { } law
            ? (LawFit<BetaPrime>.Of(law, sample), null)
            : (null, "the likelihood has no maximum: a gamma or inverse gamma law fits better than any beta-prime law");
    }

    private static string? Refusal(ReadOnlySpan<double> sample)
    {
        if (sample.Length < 2)
        {
            return "a law needs at least two numbers";
        }

        var (low, high) = (double.PositiveInfinity, 0.0);
        foreach (var x in sample)
        {
            if (!(x > 0 && double.IsFinite(x)))
            {
                return "a number is not positive and finite";
            }

            (low, high) = (Math.Min(low, x), Math.Max(high, x));
        }

        return low < high ? null : "all numbers are equal";
    }

    private static (double Mean, double Variance) LogMoments(ReadOnlySpan<double> sample)
    {
        var (mean, variance) = (0.0, 0.0);
        foreach (var x in sample)
        {
            mean += Math.Log(x) / sample.Length;
        }

        foreach (var x in sample)
        {
            variance += (Math.Log(x) - mean) * (Math.Log(x) - mean) / sample.Length;
        }

        return (mean, variance);
    }

    private static (double Shape, double Mean) GammaParameters(ReadOnlySpan<double> sample)
    {
        var (mean, spread) = (0.0, 0.0);
        foreach (var x in sample)
        {
            mean += x / sample.Length;
        }

        foreach (var x in sample)
        {
            spread -= SpecialFunctions.Log1pMinus((x - mean) / mean) / sample.Length;
        }

        return (GammaShape(spread), mean);
    }

    /// <summary>The k at which ln k - digamma(k) is <paramref name="spread"/>, positive.</summary>
    private static double GammaShape(double spread)
    {
        var shape = (3 - spread + Math.Sqrt(((spread - 3) * (spread - 3)) + (24 * spread))) / (12 * spread);
        for (var step = 0; step < 100; step++)
        {
            var slope = (1 / shape) - SpecialFunctions.Trigamma(shape);
            var next = 1 / ((1 / shape) + ((spread - SpecialFunctions.LogMinusDigamma(shape)) / (shape * shape * -slope)));
            if (Math.Abs(next - shape) <= 1e-14 * shape)
            {
                return next;
            }

            shape = next;
        }

        return shape;
    }
}
