using Eigenscope.Cluster.Engines;
using Xunit;

namespace Eigenscope.Tests.Cluster.Engines;

/// <summary>Sizes of what an engine is to run.</summary>
public sealed class EngineRunTests
{
    [Theory]
    [InlineData(1, 64, 576)]
    [InlineData(64L << 20, 64, 576)]
    [InlineData((64L << 20) + 1, 128, 640)]
    [InlineData(20L << 30, 20480, 20992)]
    public void Memory_is_that_of_the_layers_and_of_the_runtime_rounded_up(long bytes, long working, long task)
    {
        var run = new EngineRun(["tool"], "analyze", ["model"], "/", "/out", [], 1, 1, bytes);
        Assert.Equal((working, task), (run.WorkingMebibytes, run.TaskMebibytes));
    }

    [Theory]
    [InlineData(3, 1001, 500, 12)]
    [InlineData(100, 1001, 500, 128)]
    [InlineData(100, 64, 500, 64)]
    [InlineData(3, 1001, 5, 5)]
    [InlineData(null, 1001, 500, 128)]
    [InlineData(3, 1001, 0, 1)]
    public void Shards_are_a_few_for_every_node_within_limits(int? nodes, int limit, int layers, int count) => Assert.Equal(count, ShardCount.Usual(nodes, limit, layers));

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 1)]
    [InlineData(64, 16)]
    public void Tasks_of_a_node_fill_it(int? processors, int threads) => Assert.Equal(threads, ShardCount.ThreadsOf(processors));
}
