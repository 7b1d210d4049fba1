using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>How far alpha can be trusted, by fitting it again to resampled eigenvalues.</summary>
internal static class Bootstraps
{
    private const string Source = "Clauset, Shalizi and Newman (2009), section 4.1; Efron and Tibshirani (1993)";
    private const string Pitfall = "Eigenvalues repel each other and are not independent, as the resampled ones are: the interval is too wide rather than too narrow.";

    public static readonly Metric Corrected = Of("alpha_corrected", "alpha without its bias", "alpha (less one) times its average inflation over the resampled fits", "above 1", bootstrap => bootstrap.AlphaCorrected);
    public static readonly Metric Error = Of("alpha_se", "standard error of alpha, xmin included", "standard deviation over the resampled fits", "positive", bootstrap => bootstrap.StandardError);
    public static readonly Metric Low = Of("alpha_low", "lower end of the 95 % interval of alpha", "bootstrap interval", "above 1", bootstrap => bootstrap.Low);
    public static readonly Metric High = Of("alpha_high", "upper end of the 95 % interval of alpha", "bootstrap interval", "above 1", bootstrap => bootstrap.High);
    public static readonly Metric P = Of("pl_p", "goodness of fit of the power law", "share of samples of the fitted law whose own D is larger", "0 to 1; below 0.1 the power law is implausible", bootstrap => bootstrap.P);

    public static readonly Metric Supported = new(
        "pl_supported", "whether the eigenvalues support a power law", "1 where k >= 50, pl_p >= 0.1, pl_vs_exponential > 0 at 10 % and alpha < 6", "0 or 1", Source, Pitfall,
        layer => layer.Bootstrap is { } bootstrap && layer.Tail.Fit is { } fit && layer.Rivals is { } rivals ? PowerLawSupport.Of(fit, bootstrap, rivals).Supported ? 1 : 0 : null)
    { Scope = MetricScope.Bootstrap };

    private static Metric Of(string name, string title, string formula, string range, Func<TailBootstrap, double> value) =>
        new(name, title, formula, range, Source, Pitfall, layer => layer.Bootstrap is { } bootstrap ? value(bootstrap) : null) { Scope = MetricScope.Bootstrap };
}
