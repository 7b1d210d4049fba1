using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Analysis;

/// <summary>Computes a spectrum.</summary>
internal delegate Spectrum SpectrumFunction(IMatrix w, SpectrumOptions options, CancellationToken cancellation);

/// <summary>From one weight matrix to its analysis. What goes wrong with a layer stays with that layer.</summary>
internal sealed class LayerAnalyzer(AnalysisOptions options)
{
    /// <summary>Only eigenvalues above this share of the largest enter the power-law fit.</summary>
    private const double RelativeTailThreshold = 1e-12;
    private const double WeightWatcherTailThreshold = 1e-5;

    /// <summary>WeightWatcher shuffles a layer of fewer eigenvalues than this five times.</summary>
    private const int WeightWatcherSmall = 100;
    private const int WeightWatcherReplicas = 5;

    private readonly IReadOnlyList<Metric> metrics = options.Metrics;

    /// <summary>Analyses a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="route">How.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="solver">What computes the spectra of its matrices; null for <see cref="Spectrum.Of(IMatrix, SpectrumOptions, CancellationToken)"/>.</param>
    public LayerAnalysis Analyze(WeightMatrix layer, SpectrumRoute route, int threads, CancellationToken cancellation, SpectrumFunction? solver = null)
    {
        try
        {
            var method = new SpectrumOptions { Route = route, Solver = options.Solver, Threads = threads };
            layer.Tensor.Fetch();
            var spectra = Spectra(layer, method, solver ?? Spectrum.Of, cancellation);
            return Describe(layer, spectra, new()
            {
                Controls = Controls(layer, method, cancellation),
                SecondControls = SecondControls(layer, method, cancellation),
                Vectors = Vectors(layer, spectra, threads, cancellation),
                Entries = Entries(layer, cancellation),
                Farms = FarmsOf(layer, spectra, method, cancellation),
                QuasiNull = QuasiNullOf(layer, spectra, method, cancellation),
            });
        }
        catch (NonFiniteWeightException e)
        {
            return LayerAnalysis.Failed(layer, e.Message);
        }
        catch (Exception e) when (e is ModelFormatException or LapackException)
        {
            return LayerAnalysis.Failed(layer, e.Message, isTransient: true);
        }
        catch (OutOfMemoryException)
        {
            return LayerAnalysis.Failed(layer, $"not enough memory for a {layer.Rows} x {layer.Columns} matrix", isTransient: true);
        }
    }

    private List<Spectrum> Spectra(WeightMatrix layer, SpectrumOptions method, SpectrumFunction solver, CancellationToken cancellation)
    {
        var spectra = new List<Spectrum>();
        try
        {
            foreach (var matrix in Matrices(layer, cancellation))
            {
                var seeded = method with { Seed = LayerSeed.Of(options.Seed, layer.Name, spectra.Count) };
                spectra.Add(solver(matrix, seeded, cancellation));
            }
        }
        catch (NonFiniteElementException e)
        {
            throw new NonFiniteWeightException($"the weight at {layer.IndexText(spectra.Count, e.Row, e.Column)} is {e.ValueText}", e);
        }

        return spectra;
    }

    private IEnumerable<IMatrix> Matrices(WeightMatrix layer, CancellationToken cancellation) =>
        layer.Kernel is { } kernel ? kernel.Operator(kernel.Elements, options.ConvolutionGrid, cancellation).Matrices() : Slices(layer);

    private IEnumerable<IMatrix> Slices(WeightMatrix layer) => IsScaled(layer) ? layer.Slices.Select(matrix => new WeightWatcherSlice(matrix, options.Pooled ? 1 : layer.Positions)) : layer.Slices;

    private bool IsScaled(WeightMatrix layer) => options.IsWeightWatcher && layer.Description.Kind == LayerKind.Conv2d;

    /// <summary>The spectra of the shuffled layer, one a shuffle; WeightWatcher pools five for a small layer.</summary>
    private List<Spectrum> Controls(WeightMatrix layer, SpectrumOptions method, CancellationToken cancellation)
    {
        var replicas = options.IsWeightWatcher && Math.Min(layer.Rows, layer.Columns) < WeightWatcherSmall ? WeightWatcherReplicas : 1;
        return Shuffled(layer, 1, replicas, method, cancellation);
    }

    /// <summary>WeightWatcher's second shuffle.</summary>
    private List<Spectrum> SecondControls(WeightMatrix layer, SpectrumOptions method, CancellationToken cancellation) =>
        options.IsWeightWatcher ? Shuffled(layer, 1 + (WeightWatcherReplicas * options.Shuffles), 1, method, cancellation) : [];

    /// <summary>As many spectra as shuffles are asked for, each pooled over some draws; each matrix of the layer is shuffled by itself. The product of two factors has none.</summary>
    private List<Spectrum> Shuffled(WeightMatrix layer, int firstDraw, int replicas, SpectrumOptions method, CancellationToken cancellation)
    {
        var draws =
            from shuffle in Enumerable.Range(0, layer.Product is null ? options.Shuffles : 0)
            select from replica in Enumerable.Range(0, replicas)
                   let draw = firstDraw + shuffle + (replica * options.Shuffles)
                   from spectrum in Slices(layer).SelectMany((matrix, slice) => Control(layer, matrix, (draw * layer.Slices.Count) + slice, method, cancellation))
                   select spectrum;
        return [.. draws.Select(spectra => Spectrum.Pool([.. spectra]))];
    }

    private Spectrum[] Control(WeightMatrix layer, IMatrix matrix, int index, SpectrumOptions method, CancellationToken cancellation)
    {
        var seeded = method with { Seed = LayerSeed.Of(options.Seed, layer.Name, index) };
        using var shuffled = ShuffledMatrix.Of(matrix, layer.Tensor.IsSingle, (ulong)seeded.Seed, cancellation);
        return layer.Kernel is { } kernel
            ? [.. kernel.Operator(shuffled, options.ConvolutionGrid, cancellation).Matrices().Select(part => Spectrum.Of(part, seeded, cancellation))]
            : [Spectrum.Of(shuffled, seeded, cancellation)];
    }

    /// <summary>The singular vectors of each matrix; the product of two factors and the matrices of an operator have none that mean anything for the layer.</summary>
    private List<LayerVector> Vectors(WeightMatrix layer, List<Spectrum> spectra, int threads, CancellationToken cancellation) =>
        !options.Vectors || layer.Product is not null || layer.Kernel is not null ? [] : [.. Slices(layer).Zip(spectra).SelectMany(pair => LayerVector.Of(pair.First, pair.Second, threads, cancellation))];

    /// <summary>The weights as a sample; WeightWatcher's conventions have no use for it.</summary>
    private EntryStatistics? Entries(WeightMatrix layer, CancellationToken cancellation) =>
        options.IsWeightWatcher || layer.Product is not null ? null : EntryStatistics.Of(layer.Slices, cancellation);

    /// <summary>
    /// The quasi-null eigenvalues of one matrix. Where any are found, the spectra of the equilibrated and of the shuffled matrix tell whether directions, single rows and columns, or the law of the
    /// entries make them.
    /// </summary>
    private QuasiNull? QuasiNullOf(WeightMatrix layer, List<Spectrum> spectra, SpectrumOptions method, CancellationToken cancellation)
    {
        if (!options.QuasiNull || spectra.Count > 1 || layer.Product is not null || layer.Kernel is not null || spectra[0].Approximation is not null)
        {
            return null;
        }

        double[] eigenvalues = [.. spectra[0].Eigenvalues];
        var n = Math.Max(layer.Rows, layer.Columns);
        var asked = new QuasiNullOptions { Seed = LayerSeed.Of(options.Seed, layer.Name, 0) };
        var found = QuasiNull.Of(eigenvalues, n, asked).Result;
        return found is not { Count: > 0 } ? found : QuasiNull.Of(eigenvalues, n, asked with
        {
            Equilibrated = Spectrum.Of(Equilibration.Of(layer.Slices[0]), method, cancellation).Eigenvalues,
            Shuffled = Control(layer, layer.Slices[0], -1, method, cancellation)[0].Eigenvalues,
        }).Result;
    }

    /// <summary>The exponent of square windows of one matrix.</summary>
    private Farms? FarmsOf(WeightMatrix layer, List<Spectrum> spectra, SpectrumOptions method, CancellationToken cancellation) =>
        !options.Farms || layer.Slices.Count > 1 || layer.Product is not null || layer.Kernel is not null ? null
        : Farms.Of(layer.Slices[0], window => Spectrum.Of(window, method with { Route = SpectrumRoute.Gram }, cancellation).Eigenvalues, new FarmsOptions { Threshold = RelativeTailThreshold * spectra[0].Eigenvalues[^1] }).Farms;

    /// <summary>The resampled fits of the tail.</summary>
    private TailBootstrap? Bootstrap(WeightMatrix layer, List<Spectrum> spectra, double threshold) => options.BootstrapReplicates == 0 ? null
        : TailBootstrap.Of(
            [.. Spectrum.Pool(spectra).Eigenvalues.Where(lambda => lambda > threshold)],
            options.Tail,
            new BootstrapOptions { Replicates = options.BootstrapReplicates, Seed = (ulong)LayerSeed.Of(options.Seed, layer.Name, int.MaxValue) }).Bootstrap;

    private LayerAnalysis Describe(WeightMatrix layer, List<Spectrum> spectra, Extras extras)
    {
        var (n, m) = Sides(layer);
        var threshold = options.IsWeightWatcher ? WeightWatcherTailThreshold : RelativeTailThreshold * spectra.Max(part => part.Eigenvalues[^1]);
        var spectrum = new LayerSpectrum(spectra, n, m, layer.Tensor.Epsilon, threshold)
        {
            Vectors = extras.Vectors,
            Controls = extras.Controls,
            SecondControls = extras.SecondControls,
            Entries = extras.Entries,
            QuasiNull = extras.QuasiNull,
            Farms = extras.Farms,
            Bootstrap = Bootstrap(layer, spectra, threshold),
            TailOptions = options.Tail,
            Clips = options.ClipsFingers,
            Positions = layer.Kernel is null ? layer.Positions : spectra.Count,
        };
        if (!double.IsFinite(spectrum.Norm) || (spectrum.Norm == 0 && spectrum.Spectrum.Largest > 0))
        {
            return LayerAnalysis.Failed(layer, $"the largest singular value is {spectrum.Spectrum.Largest:0.###e+0}, and its square does not fit in float64");
        }

        var values = metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Of(spectrum)));
        return new LayerAnalysis(layer, LayerStatus.Analyzed, null, [.. values], LayerWarnings.Of(spectrum, options, layer), spectrum);
    }

    /// <summary>
    /// The longer and the shorter side. WeightWatcher exchanges them once for every slice that it transposes, so an even number of slices
    /// with fewer outputs than inputs ends the wrong way round; its own conventions repeat that.
    /// </summary>
    private (int N, int M) Sides(WeightMatrix layer)
    {
        var (longer, shorter) = (Math.Max(layer.Rows, layer.Columns), Math.Min(layer.Rows, layer.Columns));
        var swapped = options.IsWeightWatcher && layer.Positions % 2 == 0 && layer.Rows < layer.Columns;
        return swapped ? (shorter, longer) : (longer, shorter);
    }

    /// <summary>What is computed beside the spectra.</summary>
    private sealed record Extras
    {
        public IReadOnlyList<Spectrum> Controls { get; init; } = [];

        public IReadOnlyList<Spectrum> SecondControls { get; init; } = [];

        public IReadOnlyList<LayerVector> Vectors { get; init; } = [];

        public EntryStatistics? Entries { get; init; }

        public QuasiNull? QuasiNull { get; init; }

        public Farms? Farms { get; init; }
    }

    private sealed class NonFiniteWeightException(string message, Exception inner) : Exception(message, inner);
}
