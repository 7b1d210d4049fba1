using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Models;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Cluster;

public sealed class ShardPlanTests
{
    [Theory]
    [InlineData(8, 1.02)]
    [InlineData(16, 1.02)]
    [InlineData(64, 1.02)]
    [InlineData(128, 1.02)]
    public void A_model_of_405_billion_parameters_is_dealt_out_evenly_from_its_headers(int shards, double most)
    {
        using var model = HollowModel.Of405B();
        var plan = ShardPlan.Of(ModelAnalysis.Begin(model, Layers.Options), shards);

        Assert.Equal(884, plan.Shards.Sum(shard => shard.Layers.Count));
        Assert.InRange(plan.Balance, 1, most);
        TestContext.Current.TestOutputHelper?.WriteLine($"{shards} shards: longest / mean {plan.Balance:F4}, work {plan.Work:E3}");
    }

    [Fact]
    public void Every_layer_is_in_one_shard_and_the_dearest_shard_comes_first() =>
        Property.Holds(
            from count in Gen.Choose(1, 12)
            from shapes in Gen.Two(Gen.Choose(1, 40)).ListOf(Math.Max(1, count))
            from shards in Gen.Choose(1, 15)
            select (shapes, shards),
            200,
            item =>
            {
                using var model = MemoryTensor.Model(null, [.. item.shapes.Select((shape, i) => Layers.Normal($"t{i % 3}.{i}", shape.Item1, shape.Item2))]);
                var begun = ModelAnalysis.Begin(model, Layers.Options);
                var plan = ShardPlan.Of(begun, item.shards);

                Assert.Equal(item.shards, plan.Shards.Count);
                Assert.Equal(begun.Layers.Where(layer => layer.Status == LayerStatus.Pending).Select(layer => layer.Layer.Id), plan.Shards.SelectMany(shard => shard.Layers).Select(layer => layer.Layer.Id).Order());
                Assert.Equal(plan.Shards.Select(shard => shard.Work).OrderDescending(), plan.Shards.Select(shard => shard.Work));
                var again = ShardPlan.Of(ModelAnalysis.Begin(model, Layers.Options with { Threads = 7 }), item.shards);
                Assert.Equal(plan.Shards.SelectMany(shard => shard.Layers).Select(layer => layer.Layer.Id), again.Shards.SelectMany(shard => shard.Layers).Select(layer => layer.Layer.Id));

                // Graham's bound, with the larger of mean and dearest in place of the best plan.
                var dearest = plan.Shards.SelectMany(shard => shard.Layers.Select(layer => WorkEstimate.Of(layer.Layer, begun.Options.FirstRoute, begun.Options).Work)).DefaultIfEmpty(0).Max();
                Assert.True(plan.Shards[0].Work <= (plan.Work / item.shards) + dearest);
            });

    [Fact]
    public void No_shard_is_refused()
    {
        using var model = MemoryTensor.Model(null, Layers.Normal("w", 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardPlan.Of(ModelAnalysis.Begin(model, Layers.Options), 0));
    }
}
