using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Analysis;

/// <summary>Analyses the layers of a model within the memory that is allowed.</summary>
internal sealed class AnalysisSchedule(AnalysisOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation) : IDisposable
{
    /// <summary>The smallest side from which several threads on one matrix are worth their meetings.</summary>
    private const int LeastOrder = 384;

    private readonly LayerAnalyzer analyzer = new(options);
    private readonly MemoryBudget memory = new(options.MaxMemory);

    /// <summary>Fills in the results of <paramref name="work"/>, each at the position of its layer's id.</summary>
    public void Run(IReadOnlyList<WeightMatrix> work, LayerAnalysis[] results) => Run(work, _ => false, result => results[result.Layer.Id] = result);

    /// <summary>Hands out the result of each layer as soon as it is there, from any thread.</summary>
    /// <param name="work">The layers.</param>
    /// <param name="isDone">True, when its turn comes, for a layer that need not be analysed.</param>
    /// <param name="done">Takes the results.</param>
    public void Run(IReadOnlyList<WeightMatrix> work, Func<WeightMatrix, bool> isDone, Action<LayerAnalysis> done) => new WorkSchedule(options.Threads, progress, cancellation).Run(
        [.. work.Select(layer => new WorkItem(layer.Name, WorkEstimate.Of(layer, options.FirstRoute, options), IsWorthThreads(layer), threads =>
        {
            if (!isDone(layer))
            {
                done(Analyze(layer, threads));
            }
        }))]);

    /// <summary>The result of one layer by itself.</summary>
    public LayerAnalysis Run(WeightMatrix layer) => Analyze(layer, IsWorthThreads(layer) ? options.Threads : 1);

    public void Dispose() => memory.Dispose();

    /// <summary>True for a matrix that is large enough for several threads.</summary>
    internal static bool IsWorthThreads(WeightMatrix layer) => Math.Min(layer.Rows, layer.Columns) >= LeastOrder;

    /// <summary>Analyses a layer by the first route, and again by the accurate one where that tells more and the memory suffices.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="solver">What computes its spectra; null for the usual one.</param>
    /// <param name="beside">Bytes that this solver holds beside what the usual one does.</param>
    public LayerAnalysis Analyze(WeightMatrix layer, int threads, SpectrumFunction? solver = null, long beside = 0)
    {
        var analysis = Analyze(layer, options.FirstRoute, threads, solver, beside);
        if (!options.MayTurnAccurate || analysis.Spectrum is not { Spectrum: { Route: SpectrumRoute.Gram, CountAtFloor: > 0, Largest: > 0 } })
        {
            return analysis;
        }

        return WorkEstimate.Of(layer, SpectrumRoute.Accurate, options).Memory is var bytes && bytes <= options.MaxMemory
            ? Analyze(layer, SpectrumRoute.Accurate, threads, solver, beside: 0)
            : analysis with { Confined = $"its smallest singular values want the accurate route: {Excess(layer, bytes)}" };
    }

    private string Excess(WeightMatrix layer, long bytes) =>
        $"a {layer.Rows} x {layer.Columns} matrix needs about {bytes >> 20} MiB of working memory, more than the {options.MaxMemory >> 20} MiB that --max-memory allows";

    private LayerAnalysis Analyze(WeightMatrix layer, SpectrumRoute route, int threads, SpectrumFunction? solver, long beside)
    {
        var bytes = WorkEstimate.Of(layer, route, options).Memory + beside;
        if (bytes > options.MaxMemory)
        {
            return LayerAnalysis.Failed(layer, Excess(layer, bytes), isTransient: true);
        }

        using var share = memory.Take(bytes, cancellation);
        return analyzer.Analyze(layer, route, threads, cancellation, solver);
    }
}
