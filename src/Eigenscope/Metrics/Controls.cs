using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>The layer beside its shuffled controls: the same weights in random order.</summary>
internal static class Controls
{
    private const string WeightWatcher = "Martin, Peng and Mahoney (2021), WeightWatcher";
    private const string Mean = "The mean over the shuffles of --randomize.";
    private const string Spread = "Undefined for one shuffle.";

    public static readonly Metric MaxRandEval = Of(
        "max_rand_eval", "largest eigenvalue of the shuffled layer", "max r, r = lambda of the shuffled W", "from 0", WeightWatcher,
        Mean,
        (layer, values) => values.Average(control => control.Eigenvalues[^1]));

    public static readonly Metric MaxRandEvalSd = Of(
        "max_rand_eval_sd", "spread of max_rand_eval", "standard deviation over the shuffles, with R - 1", "from 0", WeightWatcher,
        Spread,
        (layer, values) => Deviation([.. values.Select(control => control.Eigenvalues[^1])]));

    public static readonly Metric RandDistance = Of(
        "rand_distance", "Jensen-Shannon distance from the shuffled layer", "sqrt((KL(p|m) + KL(q|m)) / 2), p, q and m = sorted lambda, sorted r and their mean, each divided by its sum", "0 to sqrt(ln 2)", WeightWatcher,
        Mean + " It depends on the order of size alone: equal spectra have distance 0 whatever the directions.",
        (layer, values) => Second(layer, values).Average(control => JensenShannon.Distance(layer.Eigenvalues, control.Eigenvalues)));

    public static readonly Metric RandDistanceSd = Of(
        "rand_distance_sd", "spread of rand_distance", "standard deviation over the shuffles, with R - 1", "from 0", WeightWatcher,
        Spread,
        (layer, values) => Deviation([.. Second(layer, values).Select(control => JensenShannon.Distance(layer.Eigenvalues, control.Eigenvalues))]));

    public static readonly Metric SoftRank = Of(
        "ww_softrank", "largest eigenvalue of the shuffled layer over that of the layer", "max r / lambda_max", "positive; 1 or so for noise", WeightWatcher,
        Mean,
        (layer, values) => Second(layer, values).Average(control => control.Eigenvalues[^1]) / layer.LambdaMax);

    public static readonly Metric MaxDist = Of(
        "ww_maxdist", "how far lambda_max lies beyond the shuffled layer", "lambda_max - max r", "any", WeightWatcher,
        Mean,
        (layer, values) => layer.LambdaMax - Second(layer, values).Average(control => control.Eigenvalues[^1]));

    public static readonly Metric Traps = Of(
        "correlation_traps", "spikes of the shuffled layer", "bulk_spikes of the shuffled W", "from 0", "Martin and Mahoney, arXiv 2602.02859",
        Mean + " Single very large weights make them, and heavy-tailed weights alone do too. Undefined where the random part has no fit, and with --compat weightwatcher for layers of fewer than 100 eigenvalues, whose five shuffles are pooled.",
        (layer, values) => MeanSpikes(layer, values));

    private static Metric Of(string name, string title, string formula, string range, string source, string pitfall, Func<LayerSpectrum, IReadOnlyList<Spectrum>, double?> value) =>
        new(name, title, formula, range, source, pitfall, layer => layer.Controls.Count > 0 && layer.Norm > 0 ? value(layer, layer.Controls) : null) { Scope = MetricScope.Randomized };

    private static IReadOnlyList<Spectrum> Second(LayerSpectrum layer, IReadOnlyList<Spectrum> first) => layer.SecondControls.Count > 0 ? layer.SecondControls : first;

    private static double? Deviation(double[] values)
    {
        var mean = values.Average();
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static double? MeanSpikes(LayerSpectrum layer, IReadOnlyList<Spectrum> controls)
    {
        var fits = controls.Select(control => LayerSpectrum.BulkOf(control, layer.Slices.Count, layer.N, layer.M).Fit).OfType<BulkFit>().ToList();
        return fits.Count == controls.Count ? fits.Average(fit => fit.Spikes) : null;
    }
}
