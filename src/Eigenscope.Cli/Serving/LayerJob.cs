using System.Diagnostics;

namespace Eigenscope.Cli.Serving;

/// <summary>The analysis of one row, for as many clients as wait for it. <see cref="AnalysisQueue"/> alone changes it.</summary>
internal sealed class LayerJob(LiveModel model, int row) : IDisposable
{
    private readonly CancellationTokenSource cancelled = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long begun;

    /// <summary>How many clients wait for it.</summary>
    public int Clients { get; set; }

    /// <summary>Ends when the row is analysed, or the work was given up.</summary>
    public Task Ended => ended.Task;

    /// <summary>How long it has been worked on; null where it waits for its turn.</summary>
    public TimeSpan? Elapsed => Volatile.Read(ref begun) is var start and not 0 ? Stopwatch.GetElapsedTime(start) : null;

    /// <summary>True where a new client may wait for this job.</summary>
    public bool Is(LiveModel other, int otherRow) => model == other && row == otherRow && !cancelled.IsCancellationRequested;

    public void Begin() => Volatile.Write(ref begun, Stopwatch.GetTimestamp());

    /// <summary>Does the work.</summary>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public void Work() => model.Analyze(row, cancelled.Token);

    public void Cancel() => cancelled.Cancel();

    public void End() => ended.TrySetResult();

    public void Dispose() => cancelled.Dispose();
}
