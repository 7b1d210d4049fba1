using Eigenscope.Analysis;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>A layer in all models that have it.</summary>
/// <param name="Name">Its name in the first of them.</param>
/// <param name="Models">Its analysis in each model, in their order; null where a model has no counterpart.</param>
/// <param name="Pairs">What is between each compared model and the one that it is compared with, in the order of the models.</param>
public sealed record LayerComparison(string Name, IReadOnlyList<LayerAnalysis?> Models, IReadOnlyList<PairComparison> Pairs)
{
    /// <summary>The layer of the first model that has it.</summary>
    public WeightMatrix Layer => Models.First(model => model is not null)!.Layer;

    /// <summary>What merging the compared models would meet in this layer; null for fewer than two.</summary>
    public MergeOutlook? Merge { get; init; }
}
