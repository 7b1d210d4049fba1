namespace Eigenscope.Comparison;

/// <summary>What merging several models into their base would meet, over all layers.</summary>
/// <param name="Layers">The layers that count: those that at least two models have changed.</param>
/// <param name="Dispersion">The median of <see cref="MergeOutlook.Dispersion"/>.</param>
/// <param name="Overlap">The median of <see cref="MergeOutlook.Overlap"/>.</param>
/// <param name="Cosine">The median of <see cref="MergeOutlook.Cosine"/>.</param>
/// <param name="Interference">The median of <see cref="MergeOutlook.Interference"/>.</param>
/// <param name="SignConflict">The median share of elements that changes of both signs meet in.</param>
public sealed record MergeSummary(int Layers, double Dispersion, double Overlap, double Cosine, double Interference, double SignConflict)
{
    /// <summary>What a merge will likely do, in words.</summary>
    public string Advice => new MergeOutlook(Dispersion, Overlap, Cosine, Interference, new(SignConflict, null)).Advice;

    /// <summary>The summary; null where no layer counts.</summary>
    internal static MergeSummary? Of(IEnumerable<LayerComparison> layers)
    {
        var outlooks = layers.Where(layer => layer.Layer.PartOf is null).Select(layer => layer.Merge).OfType<MergeOutlook>().ToList();
        return outlooks.Count == 0 ? null
            : new(outlooks.Count, Median(outlook => outlook.Dispersion), Median(outlook => outlook.Overlap), Median(outlook => outlook.Cosine), Median(outlook => outlook.Interference), Median(outlook => outlook.Signs.Share));

        double Median(Func<MergeOutlook, double> value) => Distribution.Of(outlooks.Select(value))!.Median;
    }
}
