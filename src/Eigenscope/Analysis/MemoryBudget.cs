namespace Eigenscope.Analysis;

/// <summary>Lets work begin only while what is under way fits into a number of bytes.</summary>
internal sealed class MemoryBudget(long limit) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim freed = new(0);
    private long inUse;

    /// <summary>Waits until <paramref name="bytes"/> fit, and takes them; dispose the result to give them back.</summary>
    public IDisposable Take(long bytes, CancellationToken cancellation)
    {
        while (!TryTake(bytes))
        {
            freed.Wait(cancellation);
        }

        return new Share(this, bytes);
    }

    public void Dispose() => freed.Dispose();

    private bool TryTake(long bytes)
    {
        lock (gate)
        {
            if (inUse > 0 && inUse + bytes > limit)
            {
                return false;
            }

            inUse += bytes;
            return true;
        }
    }

    private void Return(long bytes)
    {
        lock (gate)
        {
            inUse -= bytes;
        }

        freed.Release();
    }

    private sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        public void Dispose() => budget.Return(bytes);
    }
}
