using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>What the metrics of a layer are computed from.</summary>
public sealed class LayerSpectrum
{
    private readonly Lazy<(PowerLawFit? Fit, string? Reason)> tail;
    private readonly Lazy<(ClippedPowerLawFit? Fit, string? Reason)> clipped;
    private readonly Lazy<TruncatedPowerLawFit?> truncated;
    private readonly Lazy<(BulkFit? Fit, string? Reason)> bulk;
    private readonly Lazy<DensityFit?> density;
    private readonly Lazy<PhaseVerdict?> phase;
    private readonly Lazy<TailComparison?> rivals;
    private readonly Lazy<SignalPart?> signal;
    private readonly Lazy<EdgeTest?> edge;
    private readonly double tailThreshold;

    /// <summary>Takes the spectra of a layer.</summary>
    /// <param name="slices">The spectra of the layer's matrices: one, or one for each position of a convolution kernel.</param>
    /// <param name="n">The longer side of each matrix.</param>
    /// <param name="m">The shorter side of each matrix.</param>
    /// <param name="epsilon">The relative spacing of the stored number type, such as 2^-23 for F32.</param>
    /// <param name="tailThreshold">Only eigenvalues above this enter the power-law fit.</param>
    public LayerSpectrum(IReadOnlyList<Spectrum> slices, int n, int m, double epsilon, double tailThreshold)
    {
        (Slices, N, M, Epsilon) = (slices, n, m, epsilon);
        Spectrum = Spectrum.Pool(slices);
        Positions = slices.Count;
        this.tailThreshold = tailThreshold;
        Norm = Eigenvalues.Sum();
        clipped = new(() => ClippedPowerLawFit.Of(TailCandidates, TailOptions));
        tail = new(() => Clips ? (clipped.Value.Fit?.Fit, clipped.Value.Reason) : PowerLawFit.Of(TailCandidates, TailOptions));
        truncated = new(() => TruncatedPowerLawFit.Of(TailCandidates).Fit);
        phase = new(() => IsWhole && Norm > 0 ? PhaseClassifier.Of([.. Eigenvalues], N).Verdict : null);
        rivals = new(() => Tail.Fit is { } fit ? TailComparison.Of(TailCandidates, fit.Xmin).Comparison : null);
        signal = new(() => Bulk.Fit is { } fit ? SignalPart.Of([.. Eigenvalues], fit) : null);
        edge = new(() => Bulk.Fit is null ? null : EdgeTest.Upper([.. Eigenvalues], N, EdgeVariance.Fitted).Test);
        density = new(() => DensityFit.Of([.. Eigenvalues], N, M).Fit);
        bulk = new(() => BulkOf(Spectrum, Slices.Count, N, M));
    }

    /// <summary>The spectra of the layer's matrices.</summary>
    public IReadOnlyList<Spectrum> Slices { get; }

    /// <summary>The spectra of the layer's weights in random order, one a shuffle; none where none was asked for.</summary>
    public IReadOnlyList<Spectrum> Controls { get; init; } = [];

    /// <summary>Its singular vectors, where they were asked for; of several matrices, one after the other.</summary>
    public IReadOnlyList<LayerVector> Vectors { get; init; } = [];

    /// <summary>A second shuffle of the layer beside each of the <see cref="Controls"/>, which WeightWatcher draws for its distances; none by default.</summary>
    public IReadOnlyList<Spectrum> SecondControls { get; init; } = [];

    /// <summary>The resampled fits of the tail, where they were asked for.</summary>
    public TailBootstrap? Bootstrap { get; init; }

    /// <summary>The quasi-null eigenvalues, where they were asked for and the random part has a fit.</summary>
    public QuasiNull? QuasiNull { get; init; }

    /// <summary>The weights as a sample; null where they were not read for it.</summary>
    public EntryStatistics? Entries { get; init; }

    /// <summary>The phase; null for several matrices, an approximate spectrum, and fewer than ten eigenvalues.</summary>
    public PhaseVerdict? Phase => phase.Value;

    /// <summary>The other laws of the tail; null where there are fewer than three eigenvalues in it.</summary>
    public TailComparison? Rivals => rivals.Value;

    /// <summary>The signal part; null where the random part has no fit.</summary>
    public SignalPart? Signal => signal.Value;

    /// <summary>The test of the largest eigenvalue, with the variance of the random part; null where that has no fit.</summary>
    public EdgeTest? Edge => edge.Value;

    /// <summary>WeightWatcher's density fit; null where it has none.</summary>
    public DensityFit? Density => density.Value;

    /// <summary>The same of the first of the <see cref="Controls"/>.</summary>
    public DensityFit? ControlDensity => Controls.Count == 0 ? null : DensityFit.Of([.. Controls[0].Eigenvalues], N, M).Fit;

    /// <summary>How the power law of the tail is fitted.</summary>
    public PowerLawOptions TailOptions { get; init; } = new();

    /// <summary>True to leave out the few largest eigenvalues where they steepen the fit, as WeightWatcher's <c>clip_xmax</c> does.</summary>
    public bool Clips { get; init; }

    /// <summary>The fit with its fingers clipped; null where <see cref="Clips"/> is false or there is no fit.</summary>
    public ClippedPowerLawFit? Clipped => Clips ? clipped.Value.Fit : null;

    /// <summary>The truncated power law at its own start; null where it has no fit. Takes a while where it is asked for.</summary>
    public TruncatedPowerLawFit? Truncated => truncated.Value;

    /// <summary>The exponent of square windows, where it was asked for.</summary>
    public Farms? Farms { get; init; }

    /// <summary>The eigenvalues that are large enough to enter the power-law fit, ascending.</summary>
    public double[] TailCandidates => [.. Eigenvalues.Where(lambda => lambda > tailThreshold)];

    /// <summary>The number of matrices that the layer's tensor was cut into; the number of <see cref="Slices"/>, unless each is a layer of its own.</summary>
    public int Positions { get; init; }

    /// <summary>The longer side of each matrix.</summary>
    public int N { get; }

    /// <summary>The shorter side of each matrix.</summary>
    public int M { get; }

    /// <summary>The relative spacing of the stored number type.</summary>
    public double Epsilon { get; }

    /// <summary>All singular values of the layer.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>True for one matrix with all of its eigenvalues.</summary>
    public bool IsWhole => Slices.Count == 1 && !IsApproximate && Eigenvalues.Count == M;

    /// <summary>True where only the largest singular values are resolved, and the others stand for an estimated density.</summary>
    public bool IsApproximate => Spectrum.Approximation is not null;

    /// <summary>lambda, ascending.</summary>
    public IReadOnlyList<double> Eigenvalues => Spectrum.Eigenvalues;

    /// <summary>sigma, ascending.</summary>
    public IReadOnlyList<double> SingularValues => Spectrum.SingularValues;

    /// <summary>The sum of lambda: the squared Frobenius norm.</summary>
    public double Norm { get; }

    /// <summary>The largest lambda.</summary>
    public double LambdaMax => Eigenvalues[^1];

    /// <summary>The power law fitted to the tail, or null with the reason.</summary>
    public (PowerLawFit? Fit, string? Reason) Tail => tail.Value;

    /// <summary>The random part, or null with the reason.</summary>
    public (BulkFit? Fit, string? Reason) Bulk => bulk.Value;

    /// <summary>The random part of a spectrum that a layer may have, or null with the reason.</summary>
    internal static (BulkFit? Fit, string? Reason) BulkOf(Spectrum spectrum, int slices, int n, int m) =>
        slices > 1 ? (null, "the layer is analysed as several matrices")
        : spectrum.Approximation is not null ? (null, "the smaller eigenvalues are estimates")
        : spectrum.Eigenvalues.Count < m ? (null, "the rank is known beforehand")
        : spectrum.Eigenvalues.Count > m ? (null, "several shuffles are pooled")
        : BulkFit.Of([.. spectrum.Eigenvalues], n);
}
