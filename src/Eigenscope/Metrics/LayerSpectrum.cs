using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>What the metrics of a layer are computed from.</summary>
/// <param name="Slices">The spectra of the layer's matrices: one, or one for each position of a convolution kernel.</param>
/// <param name="N">The longer side of each matrix.</param>
/// <param name="M">The shorter side of each matrix.</param>
/// <param name="Epsilon">The relative spacing of the stored number type, such as 2^-23 for F32.</param>
/// <param name="TailThreshold">Only eigenvalues above this enter the power-law fit.</param>
public sealed record LayerSpectrum(IReadOnlyList<Spectrum> Slices, int N, int M, double Epsilon, double TailThreshold)
{
    private Spectrum? pooled;
    private (PowerLawFit? Fit, string? Reason)? fit;

    /// <summary>All singular values of the layer.</summary>
    public Spectrum Spectrum => pooled ??= Spectrum.Pool(Slices);

    /// <summary>lambda, ascending.</summary>
    public IReadOnlyList<double> Eigenvalues => Spectrum.Eigenvalues;

    /// <summary>sigma, ascending.</summary>
    public IReadOnlyList<double> SingularValues => Spectrum.SingularValues;

    /// <summary>The sum of lambda: the squared Frobenius norm.</summary>
    public double Norm => Eigenvalues.Sum();

    /// <summary>The largest lambda.</summary>
    public double LambdaMax => Eigenvalues[^1];

    /// <summary>The power law fitted to the tail, or null with the reason.</summary>
    public (PowerLawFit? Fit, string? Reason) Tail => fit ??= PowerLawFit.Of([.. Eigenvalues.Where(lambda => lambda > TailThreshold)]);
}
