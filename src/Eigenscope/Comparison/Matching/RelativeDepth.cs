using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>Where in the depth of a model its blocks lie: block i of n at (i + 1/2) / n, by the order of their numbers.</summary>
internal sealed class RelativeDepth
{
    private readonly List<int> blocks;

    /// <summary>The blocks of a model's attention and feed-forward layers; of all its layers where it has none.</summary>
    public RelativeDepth(IEnumerable<WeightMatrix> layers)
    {
        var numbered = layers.Where(layer => layer.Description.Block is not null).ToList();
        var inBlocks = numbered.FindAll(IsOfBlocks);
        blocks = [.. (inBlocks.Count > 0 ? inBlocks : numbered).Select(layer => layer.Description.Block!.Value).Distinct().Order()];
    }

    /// <summary>The number of blocks.</summary>
    public int Blocks => blocks.Count;

    /// <summary>The depth of a layer, between 0 and 1; null where it is in no block.</summary>
    public double? Of(WeightMatrix layer) => layer.Description.Block is { } block && blocks.IndexOf(block) is >= 0 and var index ? (index + 0.5) / blocks.Count : null;

    /// <summary>True for attention and feed-forward layers in a block.</summary>
    public static bool IsOfBlocks(WeightMatrix layer) => layer.Description.Block is not null && layer.Role is >= Role.AttentionQuery and <= Role.MlpGateUp;
}
