using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Analysis;

/// <summary>What reports say of a layer that was analysed, beside its metrics, warnings and verdict.</summary>
/// <param name="Phase">Its phase; null where it has none.</param>
/// <param name="TailLaw">The law that fits its tail best; null where none does.</param>
/// <param name="Evidence">How its spectrum was computed.</param>
/// <param name="Eigenvalues">lambda, ascending.</param>
/// <param name="ShuffledEigenvalues">lambda of its first shuffle, ascending; null where it was not shuffled.</param>
/// <param name="ShuffledLargest">The largest lambda of each of its shuffles.</param>
public sealed record LayerFindings(
    Phase? Phase,
    TailLaw? TailLaw,
    SpectrumEvidence Evidence,
    IReadOnlyList<double> Eigenvalues,
    IReadOnlyList<double>? ShuffledEigenvalues,
    IReadOnlyList<double> ShuffledLargest)
{
    /// <summary>What follows from the spectra of a layer.</summary>
    internal static LayerFindings Of(LayerSpectrum layer) => new(
        layer.Phase?.Phase,
        layer.Rivals?.Preferred,
        layer.Spectrum.Evidence,
        layer.Eigenvalues,
        layer.Controls is [var first, ..] ? first.Eigenvalues : null,
        [.. layer.Controls.Select(control => control.Eigenvalues[^1])]);
}
