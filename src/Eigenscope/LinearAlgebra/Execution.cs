namespace Eigenscope.LinearAlgebra;

/// <summary>
/// How a computation is carried out: by which kernel, on how many threads, and until when. Nothing of it changes a bit of the result: work is cut by
/// shape alone, and every number is computed whole by one piece.
/// </summary>
/// <param name="kernel">The kernel of dense products.</param>
/// <param name="threads">The threads that work on one matrix, at least 1.</param>
/// <param name="cancellation">Stops the work within a fraction of a second.</param>
internal sealed class Execution(TileKernel kernel, int threads, CancellationToken cancellation) : IDisposable
{
    private readonly ThreadTeam? team = threads > 1 ? new ThreadTeam(threads) : null;

    /// <summary>The kernel of dense products.</summary>
    public TileKernel Kernel => kernel;

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The best kernel on some threads, no more than there are processors: a team waits awake.</summary>
    public static Execution On(int threads, CancellationToken cancellation) =>
        new(TileKernel.Best, Math.Min(threads, Environment.ProcessorCount), cancellation);

    /// <summary>The best kernel on one thread; need not be disposed.</summary>
    public static Execution OneThread(CancellationToken cancellation) => new(TileKernel.Best, 1, cancellation);

    /// <summary>
    /// Does pieces 0 to <paramref name="count"/> - 1 and returns when all are done. Work that comes again is best given the same <paramref name="first"/> + i each time, and stays with
    /// its thread (see <see cref="ThreadTeam.Run"/>).
    /// </summary>
    public void ForEach(int count, Action<int> piece, int first = 0)
    {
        if (team is not null && count > 1)
        {
            team.Run(count, piece, first, cancellation);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            piece(i);
        }
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose() => team?.Dispose();
}
