namespace Eigenscope.Analysis;

/// <summary>
/// A model beside its shuffled self, all layers together: where single layers are too small to be told from random ones, the sum over many need not be.
/// </summary>
/// <remarks>
/// The statistic is the mean over layers of ln(lambda_max / mean lambda_max of the shuffles). Each shuffle of all layers gives one value of it under the null hypothesis that order does not matter,
/// beside the mean of the other shuffles: a permutation test (Fisher 1935), right whatever the law of the weights is.
/// </remarks>
/// <param name="Ratio">exp of the statistic: how many times larger the largest eigenvalue is than that of the shuffled layer, in the geometric mean over layers.</param>
/// <param name="PValue">(1 + the number of shuffles whose statistic is as large) / (shuffles + 1).</param>
/// <param name="Layers">The number of layers.</param>
/// <param name="Shuffles">The number of shuffles.</param>
public sealed record PooledControl(double Ratio, double PValue, int Layers, int Shuffles)
{
    private const int LeastShuffles = 2;

    /// <summary>The test over wholes that were shuffled; null for fewer than two shuffles, or no layer.</summary>
    internal static PooledControl? Of(IEnumerable<LayerAnalysis> layers)
    {
        var logs = layers.Select(layer => layer.Findings).OfType<LayerFindings>().Where(layer => layer.ShuffledLargest.Count >= LeastShuffles && layer.Eigenvalues[^1] > 0)
            .Select(layer => (Own: Math.Log(layer.Eigenvalues[^1]), Shuffled: layer.ShuffledLargest.Select(largest => Math.Log(largest)).ToArray()))
            .ToList();
        if (logs.Count == 0)
        {
            return null;
        }

        var shuffles = logs[0].Shuffled.Length;
        var statistic = logs.Average(layer => layer.Own - layer.Shuffled.Average());
        var asLarge = Enumerable.Range(0, shuffles).Count(r => logs.Average(layer => layer.Shuffled[r] - layer.Shuffled.Where((_, other) => other != r).Average()) >= statistic);
        return new(Math.Exp(statistic), (1.0 + asLarge) / (shuffles + 1), logs.Count, shuffles);
    }
}
