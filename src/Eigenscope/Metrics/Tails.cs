using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>The power law of the tail and what is derived from it.</summary>
internal static class Tails
{
    private const string WeightWatcher = "Martin, Peng and Mahoney (2021), WeightWatcher";
    private const string Clauset = "Clauset, Shalizi and Newman (2009)";

    public static readonly Metric Alpha = new(
        "alpha", "power-law exponent of the tail", "1 + k / sum ln(lambda_j / xmin) over the k eigenvalues from xmin on", "above 1", Clauset + ", eq. 3.1",
        "Plain maximum likelihood at the xmin of least D. Eigenvalues up to 1e-12 lambda_max do not count (1e-5 absolute with --compat weightwatcher). A pure Gaussian matrix gets anything from 4 to 20.",
        layer => layer.Tail.Fit?.Alpha);

    public static readonly Metric Xmin = new(
        "xmin", "start of the tail", "the eigenvalue, all but the largest tried, with the least D; the first of equals", "positive", Clauset + ", section 3.3",
        "No least tail length: look at num_pl_spikes.",
        layer => layer.Tail.Fit?.Xmin);

    public static readonly Metric Xmax = new(
        "xmax", "largest eigenvalue of the fit", "max lambda", "positive", WeightWatcher,
        "Only reported, unless --xmax max ends the law there.",
        layer => layer.Tail.Fit?.Xmax);

    public static readonly Metric D = new(
        "D", "Kolmogorov-Smirnov distance of the tail", "max over j = 0 ... k-1 of |1 - (lambda_j / xmin)^(1 - alpha) - j / k|", "0 to 1", Clauset + ", eq. 3.9",
        "One side of each step of the empirical distribution, as in WeightWatcher.",
        layer => layer.Tail.Fit?.D);

    public static readonly Metric Sigma = new(
        "sigma", "standard error of alpha", "(alpha - 1) / sqrt(k)", "positive", Clauset + ", eq. 3.2",
        "For a given xmin; the choice of xmin adds more.",
        layer => layer.Tail.Fit?.Sigma);

    public static readonly Metric NumPlSpikes = new(
        "num_pl_spikes", "length of the tail", "k = #{lambda >= xmin}", "an integer from 2", WeightWatcher,
        "Below about 50, alpha is uncertain by more than its sigma says.",
        layer => layer.Clipped is { } clipped ? layer.TailCandidates.Count(lambda => lambda >= clipped.Fit.Xmin) : layer.Tail.Fit?.TailCount);

    public static readonly Metric NumFingers = new(
        "num_fingers", "largest eigenvalues left out of the fit", "0, or one less than the number left out", "0 to 8", WeightWatcher + ", fix_fingers='clip_xmax'",
        "One less than the number, as there. Eigenvalues are left out until alpha falls by more than 1.",
        layer => layer.Clipped?.NumFingers)
    { Scope = MetricScope.Clipped };

    public static readonly Metric RawAlpha = new(
        "raw_alpha", "alpha before any eigenvalue is left out", "alpha of all eigenvalues", "above 1", WeightWatcher + ", fix_fingers='clip_xmax'",
        "Undefined where all eigenvalues have no fit.",
        layer => layer.Clipped?.RawAlpha)
    { Scope = MetricScope.Clipped };

    public static readonly Metric Instability = new(
        "alpha_instability", "how alpha depends on the start of the tail", "root mean square of (alpha_i - alpha) / sigma over the starts with half to twice as many eigenvalues in their tails", "from 0; above 2 alpha depends on the start", "this project; the path is that of Clauset, Shalizi and Newman (2009), figure 3.3",
        "For a power law of order one half, since these tails share their eigenvalues.",
        layer => layer.IsApproximate || layer.Tail.Fit is not { } fit ? null : TailPath.InstabilityOf(layer.TailCandidates, layer.TailOptions, fit))
    { Scope = MetricScope.Default };

    public static readonly Metric AlphaWeighted = new(
        "alpha_weighted", "weighted alpha", "alpha log10 lambda_max", "any", "Martin, Peng and Mahoney (2021), alpha-hat",
        "Negative where lambda_max is below 1; depends on the scale of the weights.",
        layer => layer.Tail.Fit?.Alpha * Math.Log10(layer.LambdaMax));

    public static readonly Metric LogAlphaNorm = new(
        "log_alpha_norm", "log of the alpha-Schatten norm", "log10 sum lambda^alpha", "any", "Martin, Peng and Mahoney (2021)",
        "Over all eigenvalues, not only the tail.",
        layer => layer.Tail.Fit is { } fit ? LogPowerSum(layer, fit.Alpha) : null);

    public static readonly Metric TailFraction = new(
        "tail_fraction", "share of eigenvalues beyond the Marchenko-Pastur edge", "#{lambda > mp_lambda_plus} / num_evals", "0 to 1", "Martin and Mahoney (2021), section 3",
        "The edge is that of a random matrix with all of the layer's variance, so strong spikes widen it.",
        layer => MarchenkoPasturEdges.Plus(layer) is var edge && layer.Norm > 0
            ? (double)layer.Eigenvalues.Count(lambda => lambda > edge) / layer.Eigenvalues.Count
            : null)
    { Scope = MetricScope.Default };

    /// <summary>log10 sum lambda^alpha, safe against overflow: the largest term is taken out.</summary>
    private static double LogPowerSum(LayerSpectrum layer, double alpha)
    {
        var sum = layer.Eigenvalues.Sum(lambda => Math.Pow(lambda / layer.LambdaMax, alpha));
        return (alpha * Math.Log10(layer.LambdaMax)) + Math.Log10(sum);
    }
}
