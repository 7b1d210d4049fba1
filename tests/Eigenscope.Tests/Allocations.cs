using Xunit;

namespace Eigenscope.Tests;

/// <summary>Tells whether a piece of work allocates on the heap.</summary>
internal static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// Asserts that <paramref name="work"/> allocates nothing on this thread. Work that allocates does so in every round; what the runtime allocates when
    /// it loads a type or compiles a method for the first time, it does in one, so the least of several rounds after a first one counts.
    /// </summary>
    public static void None(Action work)
    {
        work();
        Assert.Equal(0, Enumerable.Range(0, Rounds).Min(_ => BytesOf(work)));
    }

    private static long BytesOf(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
