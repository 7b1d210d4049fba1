using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>The fits of the families by maximum likelihood.</summary>
internal static class StationaryFamilies
{
    /// <summary>The likeliest law of a family, without a p-value.</summary>
    public static StationaryCandidate Fit(StationaryFamily family, ReadOnlySpan<double> sample) => family switch
    {
        StationaryFamily.Gamma => Of(family, MaximumLikelihood.Gamma(sample), law => [("shape", law.Shape), ("rate", law.Rate)]),
        StationaryFamily.InverseGamma => Of(family, MaximumLikelihood.InverseGamma(sample), law => [("shape", law.Shape), ("scale", law.Scale)]),
        StationaryFamily.Lognormal => Of(family, MaximumLikelihood.Lognormal(sample), law => [("mu", law.Mu), ("sigma", law.Sigma)]),
        StationaryFamily.BetaPrime => Of(family, MaximumLikelihood.BetaPrime(sample), law => [("a", law.A), ("b", law.B), ("scale", law.Scale)]),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such family"),
    };

    /// <summary>The distance of a sample from the likeliest law of a family; where no beta-prime law is likeliest, from the likelier of its limits.</summary>
    public static double Distance(StationaryFamily family, ReadOnlySpan<double> sample)
    {
        var fit = Fit(family, sample);
        if (fit.Law is not null)
        {
            return fit.Ks;
        }

        var (gamma, inverse) = (Fit(StationaryFamily.Gamma, sample), Fit(StationaryFamily.InverseGamma, sample));
        return gamma.Law is null ? 1 : gamma.LogLikelihood >= inverse.LogLikelihood ? gamma.Ks : inverse.Ks;
    }

    private static StationaryCandidate Of<TLaw>(StationaryFamily family, (LawFit<TLaw>? Fit, string? Reason) fitted, Func<TLaw, IReadOnlyList<(string Name, double Value)>> parameters)
        where TLaw : class, IContinuousLaw => fitted.Fit is { } fit
        ? new(family, fit.Law, null, parameters(fit.Law), fit.LogLikelihood, fit.Ks, null)
        : new(family, null, fitted.Reason, [], double.NaN, double.NaN, null);
}
