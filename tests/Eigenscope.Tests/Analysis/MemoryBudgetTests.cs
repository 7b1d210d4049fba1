using Eigenscope.Analysis;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class MemoryBudgetTests
{
    /// <summary>Many threads take random amounts: never more than the limit at once, and all come to an end.</summary>
    [Fact]
    public async Task Never_gives_out_more_than_it_has()
    {
        const int Limit = 100, Threads = 8;
        using var budget = new MemoryBudget(Limit);
        var (inUse, most) = (0, 0);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                var draws = new LinearAlgebra.Draws(thread + 1);
                for (var round = 0; round < 200; round++)
                {
                    var amount = 1 + draws.Below(Limit);
                    using var share = budget.Take(amount, CancellationToken.None);
                    lock (gate)
                    {
                        most = Math.Max(most, inUse += amount);
                    }

                    Thread.Yield();
                    lock (gate)
                    {
                        inUse -= amount;
                    }
                }
            },
            TestContext.Current.CancellationToken)));
        Assert.InRange(most, 1, Limit);
        Assert.Equal(0, inUse);
    }

    [Fact]
    public async Task Who_does_not_fit_waits_for_what_is_given_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var budget = new MemoryBudget(100);
        var first = budget.Take(60, cancellation);
        var second = Task.Run(() => budget.Take(41, cancellation), cancellation);
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(100), cancellation)));
        using var third = budget.Take(40, cancellation);
        first.Dispose();
        using var share = await second;
    }

    [Fact]
    public void Gives_everything_to_one_who_is_alone()
    {
        using var budget = new MemoryBudget(10);
        using var share = budget.Take(50, CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => budget.Take(1, new CancellationToken(canceled: true)));
    }
}
