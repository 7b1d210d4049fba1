using System.Runtime.ExceptionServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Threads that work together on one matrix. A reduction hands them thousands of short jobs, one after another, so they wait for the next one awake:
/// waking a sleeping thread takes longer than many a job.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private readonly int threads;
    private volatile Job? current;
    private volatile bool isDisposed;

    /// <summary>A team of the thread that calls <see cref="Run"/> and <paramref name="threads"/> - 1 others, which are started.</summary>
    public ThreadTeam(int threads)
    {
        this.threads = threads;
        for (var i = 1; i < threads; i++)
        {
            var member = i;
            new Thread(() => Help(member)) { IsBackground = true, Name = "Eigenscope helper" }.Start();
        }
    }

    /// <summary>
    /// Does pieces 0 to <paramref name="count"/> - 1 and returns when all are done. Piece i belongs to the thread <paramref name="first"/> + i modulo their number, so that it finds in
    /// its cache what it left there in the job before; who has done its own pieces takes those that others have not begun. Each thread's pieces are begun in
    /// ascending order. After a fault no further piece begins, and it is thrown.
    /// </summary>
    public void Run(int count, Action<int> piece, int first, CancellationToken cancellation)
    {
        var job = new Job(threads, count, piece, first % threads, cancellation);
        current = job;
        job.Work(0);
        job.Await();
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose() => isDisposed = true;

    private void Help(int member)
    {
        Job? done = null;
        for (var wait = default(SpinWait); !isDisposed;)
        {
            if (current is { } job && job != done)
            {
                job.Work(member);
                done = job;
                wait.Reset();
            }
            else
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    private sealed class Job(int threads, int count, Action<int> piece, int first, CancellationToken cancellation)
    {
        /// <summary>Counters lie a cache line apart.</summary>
        private const int Line = 16;

        private readonly int[] begun = new int[threads * Line];
        private int finished;
        private Exception? fault;

        /// <summary>Does the pieces of a member, then those of the others that are not begun; after a fault they are taken, but not done.</summary>
        public void Work(int member)
        {
            for (var other = 0; other < threads; other++)
            {
                var owner = (member + other) % threads;
                for (var i = Next(owner); i < count; i = Next(owner))
                {
                    Do(i);
                    Interlocked.Increment(ref finished);
                }
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

        private int Next(int owner) => ((owner - first + threads) % threads) + ((Interlocked.Increment(ref begun[owner * Line]) - 1) * threads);

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
