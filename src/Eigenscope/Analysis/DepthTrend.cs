using Eigenscope.Statistics;

namespace Eigenscope.Analysis;

/// <summary>How alpha changes from the first blocks of a model to the last.</summary>
/// <param name="Early">The mean over layers in the first third of the blocks.</param>
/// <param name="Middle">In the second third.</param>
/// <param name="Late">In the last third.</param>
/// <param name="Rho">Spearman's rank correlation between the number of the block and alpha, -1 to 1; ties take their mean rank.</param>
/// <param name="Layers">How many layers that are.</param>
public sealed record DepthTrend(double? Early, double? Middle, double? Late, double Rho, int Layers)
{
    private const int LeastBlocks = 3;
    private const int Thirds = 3;

    /// <summary>The trend over layers with a block and an alpha; null for fewer than three blocks.</summary>
    internal static DepthTrend? Of(IEnumerable<LayerAnalysis> layers)
    {
        var points = layers.Where(layer => layer.Layer.Description.Block is not null && layer["alpha"] is not null)
            .Select(layer => (Block: layer.Layer.Description.Block!.Value, Alpha: layer["alpha"]!.Value)).ToList();
        var blocks = points.Select(point => point.Block).Distinct().Order().ToList();
        if (blocks.Count < LeastBlocks)
        {
            return null;
        }

        var thirds = points.ToLookup(point => Thirds * blocks.IndexOf(point.Block) / blocks.Count, point => point.Alpha);
        return new(Mean(thirds[0]), Mean(thirds[1]), Mean(thirds[2]), Spearman(points), points.Count);
    }

    private static double? Mean(IEnumerable<double> values) => values.Any() ? values.Average() : null;

    private static double Spearman(List<(int Block, double Alpha)> points)
    {
        double[] x = MidRanks.Of([.. points.Select(point => (double)point.Block)]), y = MidRanks.Of([.. points.Select(point => point.Alpha)]);
        var (meanX, meanY) = (x.Average(), y.Average());
        var (products, squaresX, squaresY) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            products += (x[i] - meanX) * (y[i] - meanY);
            squaresX += (x[i] - meanX) * (x[i] - meanX);
            squaresY += (y[i] - meanY) * (y[i] - meanY);
        }

        return squaresX * squaresY > 0 ? products / Math.Sqrt(squaresX * squaresY) : 0;
    }
}
