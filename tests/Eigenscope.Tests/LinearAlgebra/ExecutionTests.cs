using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class ExecutionTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 100)]
    public void Does_every_piece_once(int threads, int count)
    {
        var done = new int[count];
        using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
        execution.ForEach(count, i => Interlocked.Increment(ref done[i]));
        Assert.All(done, times => Assert.Equal(1, times));
    }

    /// <summary>A fault is thrown as it is, before what was cancelled by it, and no further piece begins.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Stops_at_a_fault_and_throws_it(int threads)
    {
        var begun = 0;
        using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
        Assert.Throws<InvalidDataException>(() => execution.ForEach(1_000_000, _ =>
        {
            Interlocked.Increment(ref begun);
            throw new InvalidDataException();
        }));
        Assert.InRange(begun, 1, threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Stops_when_cancelled(int threads)
    {
        using var source = new CancellationTokenSource();
        using var execution = new Execution(TileKernel.Best, threads, source.Token);
        Assert.Throws<OperationCanceledException>(() => execution.ForEach(1_000_000, _ => source.Cancel()));
    }
}
