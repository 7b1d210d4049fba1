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

    /// <summary>Every size of matrix that is analysed: those of the layers, and between two products of factors that of their difference, which is no such product.</summary>
    public IEnumerable<WeightMatrix> Matrices => Layers.Select(item => item.Layer).Concat(Counterparts.Select(item => item.Match).Where(match => match.B.Product is not null && match.A.Product is not null).Select(match => match.A with { Replacement = match.A.Product!.Whole }));
}

/// <summary>What came of a part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Alone">The analysis of a layer without counterparts; null where it has some.</param>
/// <param name="Layer">The layer in all models that have it; null where it has no counterpart.</param>
internal sealed record ComparedPart(ComparisonPart Part, LayerAnalysis? Alone, LayerComparison? Layer)
{
    /// <summary>The analysis of every layer of the part, and the position of its model.</summary>
    public IEnumerable<(int Model, LayerAnalysis Row)> Rows => Alone is not null ? [(Part.Model, Alone)] : Layer!.Models.Index().Where(item => item.Item is not null).Select(item => (item.Index, item.Item!));

    /// <summary>Why another try may do: what failed or tells less for want of memory, or of a file that could not be read; null where nothing did.</summary>
    public string? TransientReason => Rows.Select(item => item.Row).Concat(Layer?.Pairs.Select(pair => pair.Change).OfType<LayerAnalysis>() ?? []).Select(row => row.RetryReason).FirstOrDefault(reason => reason is not null);
}
