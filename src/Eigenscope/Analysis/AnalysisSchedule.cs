using System.Collections.Concurrent;
using Eigenscope.Models.Layers;

namespace Eigenscope.Analysis;

/// <summary>Works on layers side by side, one thread each, the costliest first, within the memory that is allowed.</summary>
internal sealed class AnalysisSchedule(AnalysisOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation) : IDisposable
{
    private readonly LayerAnalyzer analyzer = new(options);
    private readonly MemoryBudget memory = new(options.MaxMemory);
    private readonly Lock gate = new();
    private double workDone;
    private int layersDone;

    /// <summary>Fills in the results of <paramref name="work"/>, each at the position of its layer's id.</summary>
    public void Run(IReadOnlyList<WeightMatrix> work, LayerAnalysis[] results)
    {
        var queue = work.Select(layer => (Layer: layer, Cost: WorkEstimate.Of(layer, options.Route)))
            .OrderByDescending(item => item.Cost.Work).ThenBy(item => item.Layer.Id).ToList();
        var total = queue.Sum(item => item.Cost.Work);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(queue, EnumerablePartitionerOptions.NoBuffering), parallel, item =>
            {
                results[item.Layer.Id] = Analyze(item.Layer, item.Cost);
                Report(item.Layer, item.Cost, total, queue.Count);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    public void Dispose() => memory.Dispose();

    private LayerAnalysis Analyze(WeightMatrix layer, WorkEstimate cost)
    {
        if (cost.Memory > options.MaxMemory)
        {
            return LayerAnalysis.Failed(layer, $"a {layer.Rows} x {layer.Columns} matrix needs about {cost.Memory >> 20} MiB of working memory, more than the {options.MaxMemory >> 20} MiB that --max-memory allows");
        }

        using var share = memory.Take(cost.Memory, cancellation);
        return analyzer.Analyze(layer, cancellation);
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
