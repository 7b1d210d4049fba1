using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Analysis;

/// <summary>Whose conventions an analysis follows where they differ.</summary>
public enum Compatibility
{
    /// <summary>Eigenscope's own.</summary>
    None,

    /// <summary>
    /// WeightWatcher 0.7: convolutions by kernel position and scaled by sqrt(1/2), an absolute threshold of 1e-5 for the fit,
    /// ranks and entropy by its definitions, the accurate route.
    /// </summary>
    WeightWatcher,
}

/// <summary>What an analysis does. Everything here but <see cref="Threads"/> may change the result.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Whose conventions apply.</summary>
    public Compatibility Compatibility { get; init; } = Compatibility.None;

    /// <summary>
    /// True to compute all singular values without squaring the weights; else this is done only for layers that have some at the floor of the
    /// Gram route, where quasi-null directions and the hard rank cannot be told apart.
    /// </summary>
    public bool Accurate { get; init; }

    /// <summary>
    /// True to take <see cref="SpectrumRoute.Approximate"/> for layers whose smaller side is above 3072. Not together with <see cref="Accurate"/>, WeightWatcher's
    /// conventions or a LAPACK.
    /// </summary>
    public bool Approximate { get; init; }

    /// <summary>Who computes singular values.</summary>
    public SpectrumSolver Solver { get; init; } = SpectrumSolver.Own;

    /// <summary>How convolution kernels become matrices; WeightWatcher's conventions imply <see cref="ConvolutionMode.Slices"/>.</summary>
    public ConvolutionMode Convolutions { get; init; } = ConvolutionMode.Flatten;

    /// <summary>False for a row for each kernel position of <see cref="ConvolutionMode.Slices"/>.</summary>
    public bool Pooled { get; init; } = true;

    /// <summary>The least side of the periodic input on which <see cref="ConvolutionMode.Fourier"/> takes a convolution, at least 1; a window that is longer counts instead.</summary>
    public int ConvolutionGrid { get; init; } = 8;

    /// <summary>True for a row for each head of attention, beside the whole.</summary>
    public bool SplitHeads { get; init; }

    /// <summary>How many heads there are, where the files of the model do not say.</summary>
    public AttentionHeads? Heads { get; init; }

    /// <summary>How the power law of the tail is fitted.</summary>
    public PowerLawOptions Tail { get; init; } = new();

    /// <summary>Which layers are analysed.</summary>
    public LayerFilter Filter { get; init; } = LayerFilter.All;

    /// <summary>How many times each layer is analysed again with its weights in random order, at least 0.</summary>
    public int Shuffles { get; init; }

    /// <summary>True to leave out the few largest eigenvalues where they steepen the fit of the tail, WeightWatcher's <c>clip_xmax</c>.</summary>
    public bool ClipsFingers { get; init; }

    /// <summary>True to fit a truncated power law with a start of its own.</summary>
    public bool Truncated { get; init; }

    /// <summary>True for the exponent of square windows, which does not depend on the aspect ratio.</summary>
    public bool Farms { get; init; }

    /// <summary>How many times the fit of the tail is repeated on resampled eigenvalues, at least 0.</summary>
    public int BootstrapReplicates { get; init; }

    /// <summary>True to look for quasi-null eigenvalues.</summary>
    public bool QuasiNull { get; init; }

    /// <summary>True to compute singular vectors too, and how they are spread.</summary>
    public bool Vectors { get; init; }

    /// <summary>True to keep the eigenvalues of every layer in the result.</summary>
    public bool KeepEigenvalues { get; init; }

    /// <summary>The seed of whatever is drawn at random.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// How many threads work, on several layers or together on a large one, at least 1. Never changes the result of <see cref="SpectrumSolver.Own"/>. A LAPACK
    /// library works on one matrix at a time, on as many threads of its own.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The working memory in bytes that the layers in work may take together. Never changes a number, but that a layer whose accurate analysis does not fit
    /// stays with the Gram route, and says so.
    /// </summary>
    public long MaxMemory { get; init; } = (long)(0.75 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The route that every layer takes first.</summary>
    internal SpectrumRoute FirstRoute =>
        Accurate || IsWeightWatcher ? SpectrumRoute.Accurate : Approximate ? SpectrumRoute.Approximate : SpectrumRoute.Gram;

    /// <summary>True where a layer with singular values at the floor of the Gram route is analysed again by the accurate one.</summary>
    internal bool MayTurnAccurate => FirstRoute != SpectrumRoute.Accurate;

    /// <summary>The convolution mode that follows from the other options.</summary>
    public ConvolutionMode EffectiveConvolutions => IsWeightWatcher ? ConvolutionMode.Slices : Convolutions;

    /// <summary>The metrics that every layer gets.</summary>
    public IReadOnlyList<Metric> Metrics => MetricTable.For(IsWeightWatcher, Scopes);

    private IEnumerable<MetricScope> Scopes => new (MetricScope Scope, bool IsChosen)[]
    {
        (MetricScope.Randomized, Shuffles > 0),
        (MetricScope.Vectors, Vectors),
        (MetricScope.Bootstrap, BootstrapReplicates > 0),
        (MetricScope.QuasiNull, QuasiNull),
        (MetricScope.Clipped, ClipsFingers),
        (MetricScope.Truncated, Truncated),
        (MetricScope.Farms, Farms),
    }.Where(item => item.IsChosen).Select(item => item.Scope);

    /// <summary>How tensors become weight matrices.</summary>
    public WeightTableOptions Table => new() { Convolutions = EffectiveConvolutions, Pooled = Pooled, SplitHeads = SplitHeads, Heads = Heads };

    /// <summary>True where WeightWatcher's conventions apply.</summary>
    public bool IsWeightWatcher => Compatibility == Compatibility.WeightWatcher;
}
