using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>The power law of the tail against other laws, fitted to the same eigenvalues.</summary>
internal static class Rivals
{
    private const string Source = "Vuong (1989); Clauset, Shalizi and Newman (2009), appendix C";
    private const string Pitfall = "Undefined for fewer than three eigenvalues in the tail. Says which is nearer, not that either is right. Beyond 2 in size it decides at about 5 %.";

    public static readonly Metric Exponential = Of("pl_vs_exponential", "an exponential law", TailLaw.Exponential);
    public static readonly Metric Lognormal = Of("pl_vs_lognormal", "a lognormal law", TailLaw.Lognormal);
    public static readonly Metric Stretched = Of("pl_vs_stretched", "a stretched exponential law", TailLaw.StretchedExponential);

    public static readonly Metric Truncated = new(
        "pl_vs_tpl", "power law against its truncation", "ln likelihood of the power law less that of x^(-alpha) exp(-Lambda x)", "at most 0, in nats", Source,
        "The truncation has one parameter more: below -1.92 it is better at 5 %.",
        layer => layer.Rivals is { } rivals ? Math.Min(0, rivals[TailLaw.TruncatedPowerLaw].R) : null)
    { Scope = MetricScope.Default };

    public static readonly Metric TruncatedAlpha = new(
        "tpl_alpha", "exponent of the truncated power law", "alpha of x^(-alpha) exp(-Lambda x), x >= xmin, of largest likelihood", "any", "Clauset, Shalizi and Newman (2009), table 2.1",
        "Not confined to above 1, as WeightWatcher's is. Undefined where the truncation does not help.",
        layer => (layer.Rivals?[TailLaw.TruncatedPowerLaw].Model as TruncatedPowerLawTail)?.Alpha)
    { Scope = MetricScope.Default };

    public static readonly Metric TruncatedLambda = new(
        "tpl_lambda", "cut-off of the truncated power law", "Lambda of x^(-alpha) exp(-Lambda x), x >= xmin, of largest likelihood", "positive, in 1 / lambda", "Clauset, Shalizi and Newman (2009), table 2.1",
        "Undefined where the truncation does not help.",
        layer => (layer.Rivals?[TailLaw.TruncatedPowerLaw].Model as TruncatedPowerLawTail)?.Lambda)
    { Scope = MetricScope.Default };

    private static Metric Of(string name, string rival, TailLaw law) => new(
        name, $"power law against {rival}", "R / (sqrt(k) s), R the log-likelihood ratio over the k eigenvalues from xmin on, s the standard deviation of its terms", "any; above 0 for the power law", Source, Pitfall,
        layer => layer.Rivals?[law] is { Verdict: not RivalVerdict.Indistinguishable } test ? test.Normalized : null)
    { Scope = MetricScope.Default };
}
