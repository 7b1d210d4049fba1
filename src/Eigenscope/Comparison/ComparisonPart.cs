using Eigenscope.Analysis;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>What is analysed together and needs nothing of the rest: a layer of the reference and its counterparts, or a layer without any.</summary>
/// <param name="Id">Its position among all parts.</param>
/// <param name="Model">The position of the model that the layer belongs to: the reference where it has counterparts.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Counterparts">Its counterparts in the compared models.</param>
internal sealed record ComparisonPart(int Id, int Model, WeightMatrix Layer, IReadOnlyList<(int Model, LayerMatch Match)> Counterparts)
{
    /// <summary>Every layer of it, and the position of its model.</summary>
    public IEnumerable<(int Model, WeightMatrix Layer)> Layers => Counterparts.Select(item => (item.Model, item.Match.A)).Prepend((Model, Layer));
}

/// <summary>What came of a part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Alone">The analysis of a layer without counterparts; null where it has some.</param>
/// <param name="Layer">The layer in all models that have it; null where it has no counterpart.</param>
internal sealed record ComparedPart(ComparisonPart Part, LayerAnalysis? Alone, LayerComparison? Layer)
{
    /// <summary>The analysis of every layer of the part, and the position of its model.</summary>
    public IEnumerable<(int Model, LayerAnalysis Row)> Rows => Alone is not null ? [(Part.Model, Alone)] : Layer!.Models.Index().Where(item => item.Item is not null).Select(item => (item.Index, item.Item!));

    /// <summary>Why another try may do: what failed for want of memory, or of a file that could not be read; null where nothing did.</summary>
    public string? TransientReason => Rows.Select(item => item.Row).Concat(Layer?.Pairs.Select(pair => pair.Change).OfType<LayerAnalysis>() ?? []).FirstOrDefault(row => row.IsTransient)?.Reason;
}
