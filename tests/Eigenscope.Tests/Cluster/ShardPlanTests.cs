using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Comparison;
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
        var plan = ShardPlan.Of(Parts(model), shards);

        Assert.Equal(884, plan.Shards.Sum(shard => shard.Parts.Count));
        Assert.InRange(plan.Balance, 1, most);
        TestContext.Current.TestOutputHelper?.WriteLine($"{shards} shards: longest / mean {plan.Balance:F4}, work {plan.Work:E3}");
    }

    [Fact]
    public void Two_such_models_are_compared_by_shards_as_even()
    {
        using Model a = HollowModel.Of405B(), b = HollowModel.Of405B();
        var work = new ComparisonShards([a, b], ComparedModels.Options);
        Assert.Equal(884, work.Parts.Count);
        Assert.InRange(ShardPlan.Of(work.Parts, 128).Balance, 1, 1.02);
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
                var parts = Parts(model);
                var plan = ShardPlan.Of(parts, item.shards);

                Assert.Equal(item.shards, plan.Shards.Count);
                Assert.Equal(parts.Select(part => part.Id), plan.Shards.SelectMany(shard => shard.Parts).Select(part => part.Id).Order());
                Assert.Equal(plan.Shards.Select(shard => shard.Work).OrderDescending(), plan.Shards.Select(shard => shard.Work));
                var again = ShardPlan.Of(Parts(model, Layers.Options with { Threads = 7 }), item.shards);
                Assert.Equal(plan.Shards.SelectMany(shard => shard.Parts), again.Shards.SelectMany(shard => shard.Parts));

                // Graham's bound, with the larger of mean and dearest in place of the best plan.
                var dearest = parts.Max(part => part.Work);
                Assert.True(plan.Shards[0].Work <= (plan.Work / item.shards) + dearest);
            });

    /// <summary>A long matrix of rank 2 is analysed again by the accurate route where there is memory for it: what a plan asks for must suffice.</summary>
    [Fact]
    public void The_memory_of_a_plan_changes_no_number()
    {
        using var model = MemoryTensor.Model(null, MemoryTensor.Counting("long", 3000, 20), Layers.Normal("small", 30, 20));
        var plan = ShardPlan.Of(Parts(model), 2);

        Assert.Equal(SpectrumRoute.Accurate, Route(Layers.Options.MaxMemory));
        Assert.Equal(SpectrumRoute.Accurate, Route(plan.WorkingMemory(1)));
        Assert.Equal(SpectrumRoute.Gram, Route(plan.Shards.Max(shard => shard.Parts.Max(part => part.Memory))));

        SpectrumRoute Route(long memory) => ModelAnalysis.Of(model, Layers.Options with { MaxMemory = memory }, cancellation: TestContext.Current.CancellationToken).Layers[0].Spectrum!.Spectrum.Route;
    }

    [Fact]
    public void The_memory_of_a_plan_has_a_layer_for_every_thread()
    {
        using var model = MemoryTensor.Model(null, [.. Enumerable.Range(0, 9).Select(k => Layers.Normal($"w{k}", 30, 30))]);
        var plan = ShardPlan.Of(Parts(model), 3);
        Assert.Equal([1, 2, 3, 3], new[] { 1, 2, 3, 8 }.Select(threads => plan.WorkingMemory(threads) / plan.Shards[0].Parts[0].Memory));
    }

    /// <summary>What is only approximated for its size is not asked the memory of all its singular values.</summary>
    [Fact]
    public void The_memory_of_approximate_layers_is_small()
    {
        using var model = HollowModel.Of405B();
        var (whole, approximate) = (Memory(Layers.Options), Memory(Layers.Options with { Approximate = true }));
        Assert.InRange(whole, 16L << 30, 18L << 30);
        Assert.InRange(approximate, 1, whole / 2);

        long Memory(AnalysisOptions options) => ShardPlan.Of(Parts(model, options), 128).WorkingMemory(1);
    }

    [Fact]
    public void No_shard_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardPlan.Of([], 0));
    }

    private static IReadOnlyList<ShardPart> Parts(Model model, AnalysisOptions? options = null) => new AnalysisShards(ModelAnalysis.Begin(model, options ?? Layers.Options)).Parts;
}
