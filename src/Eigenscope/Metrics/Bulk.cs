using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>The random part of a spectrum, by a Marchenko-Pastur law that is fitted beside the spikes.</summary>
internal static class Bulk
{
    private const string Source = "Marchenko and Pastur (1967); Johnstone (2001); quantile fit of the interior, spikes taken away until their number stays";
    private const string Undefined = "Undefined with --approx, for several slices, and where fewer than 10 eigenvalues are left.";

    public static readonly Metric Sigma = Of(
        "bulk_sigma", "standard deviation of the random part", "s, the slope of sqrt(lambda) against the Marchenko-Pastur quantiles from 10 to 60 %, without the spikes", "positive",
        "Signals too weak to stand out count as noise, and rows of unequal variance look like signals: see bulk_distance.",
        (_, fit) => Math.Sqrt(fit.Variance));

    public static readonly Metric LambdaMinus = Of(
        "bulk_lambda_minus", "lower edge of the random part", "s^2 (sqrt(N - k) - sqrt(M - k))^2, k = bulk_spikes", "from 0",
        "0 for square matrices.",
        (_, fit) => fit.LambdaMinus);

    public static readonly Metric LambdaPlus = Of(
        "bulk_lambda_plus", "upper edge of the random part", "s^2 (sqrt(N - k) + sqrt(M - k))^2, k = bulk_spikes", "positive",
        "The edge of the law; the largest eigenvalue of a random matrix fluctuates about it.",
        (_, fit) => fit.LambdaPlus);

    public static readonly Metric Spikes = Of(
        "bulk_spikes", "eigenvalues beyond the random part", "k = #{lambda > the 99 % point of the Tracy-Widom law at the edge}", "an integer from 0",
        "In about 1 % of random matrices one is found. Heavy-tailed entries alone make spikes.",
        (_, fit) => fit.Spikes);

    public static readonly Metric SoftRank = Of(
        "bulk_softrank", "soft rank of the random part", "bulk_lambda_plus / lambda_max", "positive; 1 or so for noise",
        "Martin and Mahoney's MP soft rank with this fit; WeightWatcher's mp_softrank has another one.",
        (layer, fit) => fit.LambdaPlus / layer.LambdaMax);

    public static readonly Metric Distance = Of(
        "bulk_distance", "distance of the random part from the law", "(M - k) max |F - F_n|, k = bulk_spikes", "from 0",
        "Above 0.75 ln(M - k) the law does not hold, and the other bulk metrics mean little.",
        (_, fit) => fit.Ks * fit.Size);

    private static Metric Of(string name, string title, string formula, string range, string pitfall, Func<LayerSpectrum, BulkFit, double> value) =>
        new(name, title, formula, range, Source, $"{pitfall} {Undefined}", layer => layer.Bulk.Fit is { } fit ? value(layer, fit) : null) { Scope = MetricScope.Default };
}
