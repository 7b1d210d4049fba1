using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>The singular values of a layer, or why there are none.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Slices">The spectrum of each of its matrices; empty where there is a reason.</param>
/// <param name="Reason">Why it is left as it is; null where it is not.</param>
/// <param name="IsFailed">True where it should have had them.</param>
internal sealed record LayerSpectra(WeightMatrix Layer, IReadOnlyList<Spectrum> Slices, string? Reason = null, bool IsFailed = false)
{
    /// <summary>The singular values of all its matrices together.</summary>
    public Spectrum Pooled { get; } = Slices.Count == 0 ? null! : Spectrum.Pool(Slices);

    /// <summary>The eigenvalues sigma^2 of all its matrices together, ascending.</summary>
    public double[] Eigenvalues => [.. Pooled.Eigenvalues];

    /// <summary>The longer side of each matrix.</summary>
    public int N => Math.Max(Layer.Rows, Layer.Columns);

    /// <summary>The shorter side.</summary>
    public int M => Math.Min(Layer.Rows, Layer.Columns);

    /// <summary>Computes them.</summary>
    /// <param name="layer">A layer.</param>
    /// <param name="options">How much memory it may take.</param>
    /// <param name="execution">How the work is done.</param>
    public static LayerSpectra Of(WeightMatrix layer, ReshapingOptions options, Execution execution)
    {
        if (WorkingMemory.Refusal(layer, options) is { } refusal)
        {
            return new(layer, [], refusal, IsFailed: true);
        }

        var spectra = new List<Spectrum>();
        try
        {
            spectra.AddRange(layer.Slices.Select(slice => ResolvedSpectrum.Of(slice, execution)));
        }
        catch (NonFiniteElementException e)
        {
            return new(layer, [], $"the weight at {layer.IndexText(0, e.Row, e.Column)} is {e.ValueText}", IsFailed: true);
        }

        return spectra.TrueForAll(spectrum => spectrum.Largest == 0) ? new(layer, [], "every weight is zero") : new(layer, spectra);
    }
}
