using Eigenscope.Analysis;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class SuspicionTests
{
    /// <summary>What is worst comes first; a layer that is in order, a skipped one, a failed one and a part do not come at all.</summary>
    [Fact]
    public void The_worst_come_first()
    {
        LayerAnalysis[] layers =
        [
            Large(0, ("alpha", 8)),
            Large(1, ("stable_rank", 1.5)),
            Large(2, ("lambda_max", 4), ("mp_lambda_plus", 4)),
            Large(3, ("alpha", 1.5)),
            Large(4, ("hard_rank", 50), ("norm", 1)),
            Large(5, ("norm", 0), ("hard_rank", 0)),
            LayerAnalysis.Failed(Row(6), "the weight at [0, 0] is NaN"),
            Large(7, ("alpha", 3), ("stable_rank", 20), ("hard_rank", 100), ("norm", 9), ("lambda_max", 9), ("mp_lambda_plus", 4)),
            LayerAnalysis.Skipped(Row(8), "a bias"),
            LayerAnalysis.Failed(Row(9) with { PartOf = "whole" }, "a part"),
        ];
        var worst = Suspicion.Worst(Analysis(layers), 20);
        Assert.Equal([5, 4, 3, 2, 1, 0], worst.Select(suspicion => suspicion.Layer.Layer.Id));
        Assert.Equal(
            [
                "every weight is zero",
                "rank collapse: 50 of 100 directions are numerically there",
                "alpha 1.50 is below 2: over-trained, or dominated by a few directions",
                "looks random: lambda_max 4 does not pass the Marchenko-Pastur edge 4",
                "stable rank 1.50: one direction carries more than half of the weight",
                "alpha 8.0 is above 6: no heavy tail, under-trained or random",
            ],
            worst.Select(suspicion => suspicion.Reason));
        Assert.Equal(worst.Take(3), Suspicion.Worst(Analysis(layers), 3));
    }

    [Fact]
    public void Equals_keep_the_order_of_the_model() =>
        Assert.Equal([0, 1, 2], Suspicion.Worst(Analysis(Large(0, ("alpha", 1)), Large(1, ("alpha", 1)), Large(2, ("alpha", 1))), 5).Select(suspicion => suspicion.Layer.Layer.Id));

    [Fact]
    public void The_more_extreme_of_a_kind_is_worse() =>
        Assert.Equal([1, 0, 3, 2], Suspicion.Worst(Analysis(Large(0, ("alpha", 1.9)), Large(1, ("alpha", 1.1)), Large(2, ("alpha", 7)), Large(3, ("alpha", 12))), 5).Select(suspicion => suspicion.Layer.Layer.Id));

    [Fact]
    public void Small_layers_are_judged_only_by_what_is_certain()
    {
        var small = Layers.Analyzed(Row(0), ("num_evals", 64), ("alpha", 1), ("stable_rank", 1), ("lambda_max", 1), ("mp_lambda_plus", 4), ("norm", 1), ("hard_rank", 64));
        Assert.Empty(Suspicion.Worst(Analysis(small), 5));
        Assert.Single(Suspicion.Worst(Analysis(Layers.Analyzed(Row(0), ("num_evals", 10), ("hard_rank", 8), ("norm", 1))), 5));
    }

    private static LayerAnalysis Large(int id, params (string, double?)[] metrics) => Layers.Analyzed(Row(id), [("num_evals", 100), .. metrics]);

    private static WeightMatrix Row(int id) => Layers.Row(Layers.Normal($"layers.{id}.mlp.fc1.weight", 2, 2)) with { Id = id };

    private static ModelAnalysis Analysis(params LayerAnalysis[] layers) =>
        new(MemoryTensor.Model(null), Layers.Options, layers, new ModelSummary(0, 0, 0, 0, 0, 0, []));
}
