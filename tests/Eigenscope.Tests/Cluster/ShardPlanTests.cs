using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Spectra;
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

    /// <summary>A long matrix of rank 2 is analysed again by the accurate route where there is memory for it: what a plan asks for must suffice.</summary>
    [Fact]
    public void The_memory_of_a_plan_changes_no_number()
    {
        using var model = MemoryTensor.Model(null, MemoryTensor.Counting("long", 3000, 20), Layers.Normal("small", 30, 20));
        var plan = ShardPlan.Of(ModelAnalysis.Begin(model, Layers.Options), 2);

        Assert.Equal(SpectrumRoute.Accurate, Route(Layers.Options.MaxMemory));
        Assert.Equal(SpectrumRoute.Accurate, Route(plan.WorkingMemory(1)));
        Assert.Equal(SpectrumRoute.Gram, Route(plan.Shards.Max(shard => shard.Memory)));

        SpectrumRoute Route(long memory) => ModelAnalysis.Of(model, Layers.Options with { MaxMemory = memory }, cancellation: TestContext.Current.CancellationToken).Layers[0].Spectrum!.Spectrum.Route;
    }

    [Fact]
    public void The_memory_of_a_plan_has_a_layer_for_every_thread()
    {
        using var model = MemoryTensor.Model(null, [.. Enumerable.Range(0, 9).Select(k => Layers.Normal($"w{k}", 30, 30))]);
        var plan = ShardPlan.Of(ModelAnalysis.Begin(model, Layers.Options), 3);
        Assert.Equal([1, 2, 3, 3], new[] { 1, 2, 3, 8 }.Select(threads => plan.WorkingMemory(threads) / plan.Shards[0].Memory));
    }

    /// <summary>What is only approximated for its size is not asked the memory of all its singular values.</summary>
    [Fact]
    public void The_memory_of_approximate_layers_is_small()
    {
        using var model = HollowModel.Of405B();
        var (whole, approximate) = (Memory(Layers.Options), Memory(Layers.Options with { Approximate = true }));
        Assert.InRange(whole, 16L << 30, 18L << 30);
        Assert.InRange(approximate, 1, whole / 2);

        long Memory(AnalysisOptions options) => ShardPlan.Of(ModelAnalysis.Begin(model, options), 128).WorkingMemory(1);
    }

    [Fact]
    public void No_shard_is_refused()
    {
        using var model = MemoryTensor.Model(null, Layers.Normal("w", 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardPlan.Of(ModelAnalysis.Begin(model, Layers.Options), 0));
    }
}
