using Eigenscope.Metrics;
using Eigenscope.Models.Layers;

namespace Eigenscope.Analysis;

/// <summary>What a reader should know before believing a layer's metrics.</summary>
public static class LayerWarnings
{
    /// <summary>alpha below 2, WeightWatcher's label.</summary>
    public const string OverTrained = "over-trained";

    /// <summary>alpha above 6, WeightWatcher's label.</summary>
    public const string UnderTrained = "under-trained";

    /// <summary>With no more eigenvalues than this, alpha is mostly noise.</summary>
    public const int FewEigenvalues = 64;

    private const double LeastAlpha = 2;
    private const double LargestAlpha = 6;
    private const int ShortTail = 10;

    private const string FixedTransformCode = "fixed-transform: ";

    /// <summary>The warnings of a layer, WeightWatcher's label first.</summary>
    internal static IReadOnlyList<string> Of(LayerSpectrum layer, AnalysisOptions options, WeightMatrix? matrix = null)
    {
        var known = matrix is null ? null : FixedTransform.Of(matrix);
        IEnumerable<string?> warnings = [known is null || options.IsWeightWatcher ? Label(layer, options) : null, Fixed(known), Depthwise(matrix), Approximate(layer), FitFailed(layer), Few(layer), Short(layer), EstimatedTail(layer), NoBulk(layer, options), DensitySentinel(layer, options), AtFloor(layer)];
        return [.. warnings.OfType<string>()];
    }

    /// <summary>WeightWatcher's column <c>warning</c>: one of its two labels, or empty.</summary>
    public static string WeightWatcherLabel(LayerAnalysis layer) =>
        layer.Warnings.FirstOrDefault(warning => warning is OverTrained or UnderTrained) ?? "";

    /// <summary>WeightWatcher gives a failed fit the alpha -1 and so the label over-trained; only its own conventions repeat that.</summary>
    private static string? Label(LayerSpectrum layer, AnalysisOptions options) => layer.Tail.Fit?.Alpha switch
    {
        null => options.IsWeightWatcher ? OverTrained : null,
        < LeastAlpha => OverTrained,
        > LargestAlpha => UnderTrained,
        _ => null,
    };

    /// <summary>True for a layer that was computed and not learned: it says nothing of training.</summary>
    internal static bool IsFixedTransform(LayerAnalysis layer) => IsFixedTransform(layer.Warnings);

    internal static bool IsFixedTransform(IReadOnlyList<string> warnings) => warnings.Any(warning => warning.StartsWith(FixedTransformCode, StringComparison.Ordinal));

    private static string? Fixed(string? known) => known is null ? null : $"{FixedTransformCode}computed, not learned: {known}";

    private static string? Depthwise(WeightMatrix? matrix) =>
        matrix?.Description.IsDepthwise == true ? "depthwise: one filter for each channel; channels are not mixed, and alpha has no known meaning" : null;

    private static string? Approximate(LayerSpectrum layer) => layer.Spectrum.Approximation is { } known
        ? $"approximate: {known.Resolved} of {layer.SingularValues.Count} singular values are resolved, their squares within {known.ResidualBound:0.0e+0} of themselves; the others stand for the density within {known.DensityError:0.0000}"
        : null;

    private static string? EstimatedTail(LayerSpectrum layer) => layer.Spectrum.Approximation is { } known && layer.Tail.Fit is { } fit && fit.TailCount > known.Resolved
        ? $"estimated-tail: alpha rests on {fit.TailCount} eigenvalues, {fit.TailCount - known.Resolved} of them estimated"
        : null;

    private static string? FitFailed(LayerSpectrum layer) => layer.Tail.Reason is { } reason ? $"no-fit: {reason}" : null;

    /// <summary>Several slices and an approximate spectrum have no random part by definition.</summary>
    private static string? NoBulk(LayerSpectrum layer, AnalysisOptions options) =>
        options.IsWeightWatcher || layer.Slices.Count > 1 || layer.IsApproximate || layer.Eigenvalues.Count < layer.M || layer.Bulk.Reason is not { } reason ? null : $"no-bulk: {reason}";

    private static string? DensitySentinel(LayerSpectrum layer, AnalysisOptions options) =>
        options.IsWeightWatcher && layer.Density is { IsSentinel: true } ? "no-density-fit: the search for sigma_mp found nothing, and its columns hold the first point of it" : null;

    private static string? Few(LayerSpectrum layer) => layer.Eigenvalues.Count <= FewEigenvalues
        ? $"few-eigenvalues: with {layer.Eigenvalues.Count} eigenvalues alpha is mostly noise"
        : null;

    private static string? Short(LayerSpectrum layer) => layer.Tail.Fit is { TailCount: < ShortTail } fit
        ? $"short-tail: alpha rests on {fit.TailCount} eigenvalues"
        : null;

    private static string? AtFloor(LayerSpectrum layer)
    {
        var (count, floor) = (layer.Spectrum.CountAtFloor, layer.Spectrum.Floor);
        var advice = layer.Spectrum.Route == Spectra.SpectrumRoute.Gram ? "; the accurate route would resolve them further, but needs more than --max-memory" : "";
        return count == 0 || floor == 0 || layer.IsApproximate ? null : $"at-floor: {count} of {layer.SingularValues.Count} singular values are at or below the route's floor {floor:0.0e+0}{advice}";
    }
}
