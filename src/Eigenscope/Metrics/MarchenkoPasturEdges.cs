namespace Eigenscope.Metrics;

/// <summary>Where the eigenvalues of a random matrix with the layer's shape and variance would end.</summary>
internal static class MarchenkoPasturEdges
{
    private const string Source = "Marchenko and Pastur (1967)";
    private const string Pitfall = "The variance is that of all weights, spikes included; only for pure noise are these the true edges.";

    public static readonly Metric LambdaMinus = new(
        "mp_lambda_minus", "lower Marchenko-Pastur edge", "N s^2 (1 - 1/sqrt(Q))^2, s^2 = sum lambda / (rf N M)", "from 0", Source, Pitfall,
        layer => Edge(layer, -1))
    { Scope = MetricScope.Default };

    public static readonly Metric LambdaPlus = new(
        "mp_lambda_plus", "upper Marchenko-Pastur edge", "N s^2 (1 + 1/sqrt(Q))^2, s^2 = sum lambda / (rf N M)", "from 0", Source, Pitfall,
        layer => Plus(layer))
    { Scope = MetricScope.Default };

    /// <summary>The upper edge.</summary>
    public static double Plus(LayerSpectrum layer) => Edge(layer, 1);

    private static double Edge(LayerSpectrum layer, int sign)
    {
        var root = 1 + (sign / Math.Sqrt((double)layer.N / layer.M));
        return layer.Norm / layer.Slices.Count / layer.M * root * root;
    }
}
