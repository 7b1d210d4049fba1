using System.Runtime.ExceptionServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Threads that work together on one matrix. A reduction hands them thousands of short jobs, one after another, so they wait for the next one awake:
/// waking a sleeping thread takes longer than many a job.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private volatile Job? current;
    private volatile bool isDisposed;

    /// <summary>Starts as many threads as help the one that calls <see cref="Run"/>.</summary>
    public ThreadTeam(int helpers)
    {
        for (var i = 0; i < helpers; i++)
        {
            new Thread(Help) { IsBackground = true, Name = "Eigenscope helper" }.Start();
        }
    }

    /// <summary>Does pieces 0 to <paramref name="count"/> - 1, begun in this order, and returns when all are done. After a fault no further piece begins, and it is thrown.</summary>
    public void Run(int count, Action<int> piece, CancellationToken cancellation)
    {
        var job = new Job(count, piece, cancellation);
        current = job;
        job.Work();
        job.Await();
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose() => isDisposed = true;

    private void Help()
    {
        Job? done = null;
        for (var wait = default(SpinWait); !isDisposed;)
        {
            if (current is { } job && job != done)
            {
                job.Work();
                done = job;
                wait.Reset();
            }
            else
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    private sealed class Job(int count, Action<int> piece, CancellationToken cancellation)
    {
        private int next = -1;
        private int finished;
        private Exception? fault;

        /// <summary>Takes pieces until none is left; after a fault they are taken, but not done.</summary>
        public void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                Do(i);
                Interlocked.Increment(ref finished);
            }
        }

        /// <summary>Waits for the pieces that others have taken.</summary>
        public void Await()
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref finished) < count)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }

            if (fault is not null)
            {
                ExceptionDispatchInfo.Throw(fault);
            }
        }

        private void Do(int i)
        {
            if (Volatile.Read(ref fault) is not null)
            {
                return;
            }

            try
            {
                cancellation.ThrowIfCancellationRequested();
                piece(i);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref fault, e, null);
            }
        }
    }
}
