using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>The truncated power law with a start of its own, and the exponent that does not depend on the aspect ratio.</summary>
internal static class Truncated
{
    private const string Source = "Clauset, Shalizi and Newman (2009), section 3.3 and table 2.1";
    private const string Pitfall = "WeightWatcher's fit='TPL' means this, and confines alpha to above 1, where it often ends.";

    public static readonly Metric Alpha = Of("tpl_fit_alpha", "exponent of the truncated power law at its own start", "alpha of x^(-alpha) exp(-Lambda x), x >= tpl_fit_xmin", "any", fit => fit.Alpha);
    public static readonly Metric Lambda = Of("tpl_fit_lambda", "cut-off of the truncated power law at its own start", "Lambda of x^(-alpha) exp(-Lambda x), x >= tpl_fit_xmin", "from 0, in 1 / lambda", fit => fit.Lambda);
    public static readonly Metric Xmin = Of("tpl_fit_xmin", "start of the truncated power law", "the eigenvalue with the least distance of this law", "positive", fit => fit.Xmin);
    public static readonly Metric D = Of("tpl_fit_d", "distance of the truncated power law", "max over j = 0 ... k-1 of |F(lambda_j) - j / k|", "0 to 1", fit => fit.D);

    public static readonly Metric FarmsAlpha = new(
        "farms_alpha", "Hill exponent of square windows", "hill_median of the pooled eigenvalues of overlapping windows of the shorter side", "above 1", "Hu et al. (2025), FARMS, arXiv 2506.06280",
        "Noise of any shape scores about 2.1, so layers of unlike aspect ratio compare; but it tells signal from noise weakly.",
        layer => layer.Farms?.Alpha)
    { Scope = MetricScope.Farms };

    private static Metric Of(string name, string title, string formula, string range, Func<TruncatedPowerLawFit, double> value) =>
        new(name, title, formula, range, Source, Pitfall, layer => layer.Truncated is { } fit ? value(fit) : null) { Scope = MetricScope.Truncated };
}
