using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>The layers of a merge by the names of its tensors: what they are, and their spectra before and after.</summary>
internal sealed class MergedLayers
{
    private readonly Dictionary<string, WeightMatrix> table = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LayerAnalysis> before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LayerAnalysis> after = new(StringComparer.Ordinal);

    private MergedLayers(MergeResult merge)
    {
        foreach (var layer in WeightTable.Of(merge.Reference, new WeightTableOptions { CompareValues = false }))
        {
            table.TryAdd(layer.Tensor.Name, layer);
        }

        Fill(before, merge.Before);
        Fill(after, merge.After);
        Names = [.. merge.Tensors.Select(tensor => tensor.Name)];
    }

    private IReadOnlyList<string> Names { get; }

    public static MergedLayers Of(MergeResult merge) => new(merge);

    /// <summary>What a tensor is; null where the reference has none of that name.</summary>
    public WeightMatrix? Of(string tensor) => table.GetValueOrDefault(tensor);

    /// <summary>Its spectrum before the merge; null where there is none.</summary>
    public LayerAnalysis? Before(string tensor) => before.GetValueOrDefault(tensor);

    /// <summary>Its spectrum in what was made.</summary>
    public LayerAnalysis? After(string tensor) => after.GetValueOrDefault(tensor);

    /// <summary>A metric before and after, of every tensor that has it on both sides.</summary>
    public IReadOnlyList<(double Before, double After)> Pairs(string metric) =>
        [.. from name in Names where Before(name)?[metric] is not null && After(name)?[metric] is not null select (Before(name)![metric]!.Value, After(name)![metric]!.Value)];

    private static void Fill(Dictionary<string, LayerAnalysis> layers, ModelAnalysis? analysis)
    {
        foreach (var layer in analysis?.Layers ?? [])
        {
            if (layer.Layer.Name == layer.Layer.Tensor.Name)
            {
                layers.TryAdd(layer.Layer.Name, layer);
            }
        }
    }
}
