using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

/// <summary>What is said of a whole model: beside its shuffled self, over depth, by judgement.</summary>
public sealed class ModelVerdictTests
{
    /// <summary>
    /// Eight of its matrices have 64 eigenvalues, too few for a verdict each; all layers together tell the trained model from the initialised one. Their mean alpha is
    /// the one that was measured by another program.
    /// </summary>
    [Theory]
    [InlineData(0, 4.35, false)]
    [InlineData(4000, 2.72, true)]
    public void A_small_model_is_told_from_its_initialisation_by_all_layers_together(int step, double alpha, bool isTrained)
    {
        using var model = Model.Open(SharedFiles.Path("models", "zeta-moe-trajectory", $"checkpoint_{step}.pt"));
        var analysis = ModelAnalysis.Of(model, Layers.Options with { Shuffles = 40 }, cancellation: TestContext.Current.CancellationToken);
        var square = analysis.Layers.Where(layer => layer.Status == LayerStatus.Analyzed && layer.Layer is { Rows: 64, Columns: 64 }).ToList();
        Assert.Equal(8, square.Count);
        Assert.Equal(alpha, square.Average(layer => layer["alpha"]!.Value), 0.005);
        Assert.All(square, layer => Assert.Equal(Judgement.CannotTell, layer.Verdict!.Judgement));
        Assert.Equal(isTrained, analysis.Summary.Control!.PValue <= 0.05);
        Assert.Equal((19, 40), (analysis.Summary.Control.Layers, analysis.Summary.Control.Shuffles));
    }

    /// <summary>Under the null hypothesis every rank among 21 is as likely: of 40 random models about two in 21 have a p below 0.1: more than ten of 40 in one case of a thousand.</summary>
    [Fact]
    public void The_test_keeps_its_level()
    {
        var values = Enumerable.Range(0, 40).Select(seed => Analyze(new() { Shuffles = 20, Threads = 2, MaxMemory = 1L << 30, Seed = seed }, [.. Enumerable.Range(0, 3).Select(i => Normal($"layers.{i}.x.weight", (3 * seed) + i))]).Summary.Control!.PValue).ToList();
        Assert.InRange(values.Count(p => p < 0.1), 0, 10);
        Assert.All(values, p => Assert.InRange(p, 1 / 21.0, 1));
    }

    [Fact]
    public void One_shuffle_is_no_test() =>
        Assert.Null(Analyze(Layers.Options with { Shuffles = 1 }, Layers.Normal("layers.0.fc.weight", 20, 15)).Summary.Control);

    /// <summary>alpha of scaled copies is equal; of six blocks the thirds are two each.</summary>
    [Fact]
    public void Alpha_over_depth()
    {
        var analysis = Analyze(Layers.Options, [.. Enumerable.Range(0, 6).Select(block => Layers.Normal($"layers.{block}.mlp.fc1.weight", 30 + (10 * block), 30))]);
        var alphas = analysis.Layers.Select(layer => layer["alpha"]!.Value).ToList();
        var depth = analysis.Summary.Depth!;
        Assert.Equal([alphas[..2].Average(), alphas[2..4].Average(), alphas[4..].Average()], [depth.Early!.Value, depth.Middle!.Value, depth.Late!.Value]);
        var ranks = alphas.ConvertAll(alpha => 1 + alphas.Count(other => other < alpha));
        Assert.Equal(1 - (6 * ranks.Select((rank, i) => Math.Pow(rank - (i + 1), 2)).Sum() / 210.0), depth.Rho, 1e-12);
        Assert.Null(Analyze(Layers.Options, Layers.Normal("layers.0.mlp.fc1.weight", 30, 30), Layers.Normal("layers.1.mlp.fc1.weight", 30, 30)).Summary.Depth);
    }

    [Fact]
    public void Judgements_are_counted()
    {
        var summary = Analyze(Layers.Options, Layers.Normal("layers.0.mlp.fc1.weight", 120, 100), Layers.Normal("layers.1.mlp.fc1.weight", 130, 100), Layers.Normal("layers.2.mlp.fc1.weight", 30, 20)).Summary;
        Assert.Equal([(Judgement.CannotTell, 1), (Judgement.LooksRandom, 2)], summary.Verdicts.Select(item => (item.Verdict.Judgement, item.Layers)));
    }

    private static Tensor Normal(string name, int seed) => MemoryTensor.F32(name, [20, 15], [.. new LinearAlgebra.Draws(seed + 1).Normals(300).Select(x => (float)x)]);

    private static ModelAnalysis Analyze(AnalysisOptions options, params Tensor[] tensors) =>
        ModelAnalysis.Of(MemoryTensor.Model(null, tensors), options, cancellation: TestContext.Current.CancellationToken);
}
