using System.Collections.Concurrent;

namespace Eigenscope.Analysis;

/// <summary>A piece of work on one layer, or on layers that belong together.</summary>
/// <param name="Name">What progress calls it.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="IsWorthThreads">True where its matrices are large enough for several threads.</param>
/// <param name="Run">Does it, on so many threads.</param>
internal readonly record struct WorkItem(string Name, WorkEstimate Cost, bool IsWorthThreads, Action<int> Run);

/// <summary>
/// Does pieces of work: first the costly ones, each with all threads, then the others side by side, one thread each, the costliest first.
/// </summary>
internal sealed class WorkSchedule(int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
{
    /// <summary>
    /// Work of more than this share of a thread's part of the whole gets all threads: what remains at the end, while some threads have nothing left to do, is no larger.
    /// </summary>
    private const double LargestShare = 1.0 / 8;

    private readonly Lock gate = new();
    private double workDone;
    private int itemsDone;

    /// <summary>Does all of it; equal costs keep their order.</summary>
    public void Run(IReadOnlyList<WorkItem> work)
    {
        var queue = work.OrderByDescending(item => item.Cost.Work).ToList();
        var total = queue.Sum(item => item.Cost.Work);
        var large = queue.FindAll(item => threads > 1 && item.IsWorthThreads && item.Cost.Work > total / threads * LargestShare);
        foreach (var item in large)
        {
            Finish(item, threads);
        }

        SideBySide(queue.Except(large), item => Finish(item, 1));

        void Finish(WorkItem item, int threadsOfItem)
        {
            cancellation.ThrowIfCancellationRequested();
            item.Run(threadsOfItem);
            Report(item, total, queue.Count);
        }
    }

    private void SideBySide(IEnumerable<WorkItem> items, Action<WorkItem> finish)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), parallel, finish);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private void Report(WorkItem item, double total, int items)
    {
        if (progress is null)
        {
            return;
        }

        lock (gate)
        {
            workDone += item.Cost.Work;
            itemsDone++;
            progress.Report(new AnalysisProgress(itemsDone, items, workDone / total, item.Name));
        }
    }
}
