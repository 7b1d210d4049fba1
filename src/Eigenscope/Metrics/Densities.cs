using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>WeightWatcher's fit of a Marchenko-Pastur density to the layer, and to its first shuffled control.</summary>
internal static class Densities
{
    private const string Source = "Martin, Peng and Mahoney (2021), WeightWatcher 0.7";
    private const string Pitfall = "Its failures are numbers: mp_softrank 0.0025 means that the search found nothing. Right for square matrices only where sigma is near 1. bulk_sigma, bulk_lambda_plus and bulk_spikes of a plain run are the ones to believe.";

    /// <summary>The columns, in the order of results: those of the layer, then those of the control.</summary>
    public static IReadOnlyList<Metric> All { get; } = [.. Columns("", "the layer", layer => layer.Density), .. Columns("rand_", "the shuffled layer", layer => layer.ControlDensity)];

    private static IEnumerable<Metric> Columns(string prefix, string of, Func<LayerSpectrum, DensityFit?> fit)
    {
        yield return Of("W_scale", "scale of the density fit", "s = sqrt(num_evals / sum lambda)", value => value.Scale);
        yield return Of("sigma_mp", "sigma of the density fit", "least squares against a kernel estimate of s^2 lambda", value => value.Sigma);
        yield return Of("bulk_max", "upper edge of the density fit", "sigma^2 (1 + 1/sqrt(Q))^2 / s^2", value => value.BulkMax);
        yield return Of("bulk_min", "lower edge of the density fit", "sigma^2 (1 - 1/sqrt(Q))^2 / s^2", value => value.BulkMin);
        yield return Of("mp_softrank", "soft rank of the density fit", "bulk_max / lambda_max", value => value.SoftRank);
        yield return Of("num_spikes", "eigenvalues beyond the density fit", "#{s^2 lambda > b + sqrt(Q^(-1/2) b^(2/3) M^(-2/3))}, b = s^2 bulk_max", value => value.Spikes);

        Metric Of(string name, string title, string formula, Func<DensityFit, double> value) =>
            new(prefix + name, $"{title} of {of}", formula, "from 0", Source, Pitfall, layer => fit(layer) is { } found ? value(found) : null)
            { Scope = prefix.Length == 0 ? MetricScope.WeightWatcher : MetricScope.WeightWatcherRandomized };
    }
}
