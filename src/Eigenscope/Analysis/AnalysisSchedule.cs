using System.Collections.Concurrent;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Analysis;

/// <summary>
/// Works on layers within the memory that is allowed: first the costly ones, each with all threads, then the others side by side, one thread each,
/// the costliest first.
/// </summary>
internal sealed class AnalysisSchedule(AnalysisOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation) : IDisposable
{
    /// <summary>
    /// A layer of more than this share of a thread's part of the work gets all threads: what remains at the end, while some threads have nothing left to do, is no larger.
    /// </summary>
    private const double LargestShare = 1.0 / 8;

    /// <summary>The smallest side from which several threads on one matrix are worth their meetings.</summary>
    private const int LeastOrder = 384;

    private readonly LayerAnalyzer analyzer = new(options);
    private readonly MemoryBudget memory = new(options.MaxMemory);
    private readonly Lock gate = new();
    private double workDone;
    private int layersDone;

    private readonly record struct Job(WeightMatrix Layer, WorkEstimate Cost);

    /// <summary>Fills in the results of <paramref name="work"/>, each at the position of its layer's id.</summary>
    public void Run(IReadOnlyList<WeightMatrix> work, LayerAnalysis[] results)
    {
        var queue = work.Select(layer => new Job(layer, WorkEstimate.Of(layer, options.FirstRoute, options)))
            .OrderByDescending(job => job.Cost.Work).ThenBy(job => job.Layer.Id).ToList();
        var total = queue.Sum(job => job.Cost.Work);
        var large = queue.FindAll(job => IsLarge(job, total));
        foreach (var job in large)
        {
            Finish(job, options.Threads);
        }

        SideBySide(queue.Except(large), job => Finish(job, 1));

        void Finish(Job job, int threads)
        {
            cancellation.ThrowIfCancellationRequested();
            results[job.Layer.Id] = Analyze(job.Layer, threads);
            Report(job.Layer, job.Cost, total, queue.Count);
        }
    }

    /// <summary>The result of one layer by itself.</summary>
    public LayerAnalysis Run(WeightMatrix layer) => Analyze(layer, IsWorthThreads(layer) ? options.Threads : 1);

    public void Dispose() => memory.Dispose();

    private bool IsLarge(Job job, double total) => options.Threads > 1 && IsWorthThreads(job.Layer) && job.Cost.Work > total / options.Threads * LargestShare;

    private static bool IsWorthThreads(WeightMatrix layer) => Math.Min(layer.Rows, layer.Columns) >= LeastOrder;

    private void SideBySide(IEnumerable<Job> jobs, Action<Job> finish)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering), parallel, finish);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    /// <summary>Analyses a layer by the first route, and again by the accurate one where that tells more and the memory suffices.</summary>
    private LayerAnalysis Analyze(WeightMatrix layer, int threads)
    {
        var analysis = Analyze(layer, options.FirstRoute, threads);
        return options.MayTurnAccurate && analysis.Spectrum is { Spectrum: { Route: SpectrumRoute.Gram, CountAtFloor: > 0, Largest: > 0 } } && WorkEstimate.Of(layer, SpectrumRoute.Accurate, options).Memory <= options.MaxMemory
            ? Analyze(layer, SpectrumRoute.Accurate, threads)
            : analysis;
    }

    private LayerAnalysis Analyze(WeightMatrix layer, SpectrumRoute route, int threads)
    {
        var bytes = WorkEstimate.Of(layer, route, options).Memory;
        if (bytes > options.MaxMemory)
        {
            return LayerAnalysis.Failed(layer, $"a {layer.Rows} x {layer.Columns} matrix needs about {bytes >> 20} MiB of working memory, more than the {options.MaxMemory >> 20} MiB that --max-memory allows");
        }

        using var share = memory.Take(bytes, cancellation);
        return analyzer.Analyze(layer, route, threads, cancellation);
    }

    private void Report(WeightMatrix layer, WorkEstimate cost, double total, int layers)
    {
        if (progress is null)
        {
            return;
        }

        lock (gate)
        {
            workDone += cost.Work;
            layersDone++;
            progress.Report(new AnalysisProgress(layersDone, layers, workDone / total, layer.Name));
        }
    }
}
