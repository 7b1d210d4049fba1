using System.Runtime.ExceptionServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// How a computation is carried out: by which kernel, on how many threads, and until when. Nothing of it changes a bit of the result: work is cut by
/// shape alone, and every number is computed whole by one piece.
/// </summary>
/// <param name="Kernel">The kernel of dense products.</param>
/// <param name="Threads">The most threads that work on one matrix, at least 1.</param>
/// <param name="Cancellation">Stops the work within a fraction of a second.</param>
internal sealed record Execution(TileKernel Kernel, int Threads, CancellationToken Cancellation)
{
    /// <summary>The best kernel on one thread.</summary>
    public static Execution OneThread(CancellationToken cancellation) => new(TileKernel.Best, 1, cancellation);

    /// <summary>Does pieces 0 to <paramref name="count"/> - 1, begun in this order, and returns when all are done.</summary>
    public void ForEach(int count, Action<int> piece)
    {
        if (Threads == 1 || count == 1)
        {
            for (var i = 0; i < count; i++)
            {
                Cancellation.ThrowIfCancellationRequested();
                piece(i);
            }

            return;
        }

        InParallel(count, piece);
    }

    private void InParallel(int count, Action<int> piece)
    {
        var next = -1;
        try
        {
            Parallel.For(0, Math.Min(Threads, count), new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ => Work());
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e.InnerExceptions[0]);
        }

        void Work()
        {
            try
            {
                for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                {
                    Cancellation.ThrowIfCancellationRequested();
                    piece(i);
                }
            }
            catch
            {
                Interlocked.Exchange(ref next, count);
                throw;
            }
        }
    }
}
