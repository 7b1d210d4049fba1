using Eigenscope.Metrics;
using Eigenscope.Models.Layers;

namespace Eigenscope.Analysis;

/// <summary>What became of a layer.</summary>
public enum LayerStatus
{
    /// <summary>It was analysed.</summary>
    Analyzed,

    /// <summary>It is no weight matrix, or was not chosen.</summary>
    Skipped,

    /// <summary>It could not be analysed.</summary>
    Failed,

    /// <summary>It was not analysed yet: only in an analysis that goes on layer by layer, as in the explorer.</summary>
    Pending,
}

/// <summary>The result for one layer: one row of every report.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it was skipped or failed; null where it was analysed.</param>
/// <param name="Metrics">Name and value of each metric, null where undefined; empty unless it was analysed.</param>
/// <param name="Warnings">What a reader should know before believing the metrics, each a code or a code, a colon and a sentence.</param>
/// <param name="Spectrum">What the metrics were computed from; null unless it was analysed, and where the result was read from a file.</param>
public sealed record LayerAnalysis(
    WeightMatrix Layer,
    LayerStatus Status,
    string? Reason,
    IReadOnlyList<KeyValuePair<string, double?>> Metrics,
    IReadOnlyList<string> Warnings,
    LayerSpectrum? Spectrum)
{
    /// <summary>What the spectrum says of the layer's training; null where it was not analysed, was computed and not learned, or holds one filter a channel.</summary>
    public LayerVerdict? Verdict { get; init; } = Spectrum is null || Spectrum.N < Spectrum.M || Layer.Description.IsDepthwise || LayerWarnings.IsFixedTransform(Warnings) ? null : LayerVerdict.Of(Spectrum);

    /// <summary>True for a failure that may not come again: of memory, of reading, of a library.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Why it tells less than it would with more memory; null where it does not.</summary>
    internal string? Confined { get; init; }

    /// <summary>Why another try, or one with more memory, may tell more; null where none does.</summary>
    internal string? RetryReason => IsTransient ? Reason : Confined;

    /// <summary>What reports say of it beside its metrics, where it was read from a file.</summary>
    internal LayerFindings? Stored { get; init; }

    /// <summary>What reports say of it beside its metrics; null unless it was analysed.</summary>
    public LayerFindings? Findings => Stored ?? (Spectrum is null ? null : LayerFindings.Of(Spectrum));

    /// <summary>The value of a metric; null where it is undefined or absent.</summary>
    public double? this[string metric] => Metrics.FirstOrDefault(item => item.Key == metric).Value;

    internal static LayerAnalysis Skipped(WeightMatrix layer, string reason) => new(layer, LayerStatus.Skipped, reason, [], [], null);

    internal static LayerAnalysis Pending(WeightMatrix layer) => new(layer, LayerStatus.Pending, null, [], [], null);

    internal static LayerAnalysis Failed(WeightMatrix layer, string reason, bool isTransient = false) => new(layer, LayerStatus.Failed, reason, [], [], null) { IsTransient = isTransient };
}
