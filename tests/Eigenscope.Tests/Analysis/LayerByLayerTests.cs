using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Analysis;

/// <summary>An analysis that goes on layer by layer, in any order, ends as that of the whole model.</summary>
public sealed class LayerByLayerTests
{
    /// <summary>A layer for one thread, one for several, one that turns to the accurate route, a fused one, one that is skipped and one that fails.</summary>
    private static readonly Tensor[] Tensors =
    [
        Layers.Normal("layers.0.mlp.fc1.weight", 40, 60),
        Layers.Normal("layers.1.mlp.fc1.weight", 400, 420),
        MemoryTensor.F64("layers.2.mlp.fc1.weight", [3, 3], 1, 0, 0, 0, 1e-9, 0, 0, 0, 1e-12),
        Layers.Normal("layers.3.attn.c_attn.weight", 16, 48),
        Layers.Normal("layers.3.ln.weight", 16),
        Layers.With("layers.4.mlp.fc1.weight", 5, float.NaN, 8, 8),
    ];

    public static TheoryData<string> Variants { get; } = ["plain", "shuffled", "accurate"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void It_is_the_same_to_the_last_byte(string variant)
    {
        var options = Layers.Options with { Shuffles = variant == "shuffled" ? 2 : 0, Accurate = variant == "accurate", KeepEigenvalues = true };
        using var model = MemoryTensor.Model("GPT2LMHeadModel", Tensors);
        var analysis = ModelAnalysis.Begin(model, options);

        foreach (var layer in analysis.Layers.Reverse().Where(layer => layer.Status == LayerStatus.Pending).ToList())
        {
            analysis = analysis.With(analysis.Analyze(layer, TestContext.Current.CancellationToken));
        }

        Assert.Equal(JsonReport.Of([ModelAnalysis.Of(model, options, cancellation: TestContext.Current.CancellationToken)]), JsonReport.Of([analysis]));
    }

    [Fact]
    public void Pending_layers_count_for_nothing()
    {
        using var model = MemoryTensor.Model(null, Tensors);

        var analysis = ModelAnalysis.Begin(model, Layers.Options with { Filter = new LayerFilter(["*.0.*", "*ln*", "*.4.*"], [], []) });

        Assert.Equal(["Pending", "Skipped", "Skipped", "Skipped"], analysis.Layers.Take(4).Select(layer => layer.Status.ToString()));
        Assert.Equal((0, 0), (analysis.Summary.Analyzed, analysis.Summary.Failed));
        Assert.Equal(analysis.Layers.Count(layer => layer.Status == LayerStatus.Skipped), analysis.Summary.Skipped);
        Assert.Empty(analysis.Summary.Metrics);
        Assert.False(analysis.HasFailures);
    }

    [Fact]
    public void Only_pending_layers_can_be_analysed()
    {
        using var model = MemoryTensor.Model(null, Tensors);
        var analysis = ModelAnalysis.Begin(model, Layers.Options);
        var done = analysis.Analyze(analysis.Layers[0], TestContext.Current.CancellationToken);

        Assert.Throws<ArgumentException>(() => analysis.Analyze(done, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_cancelled_layer_has_no_result()
    {
        using var model = MemoryTensor.Model(null, Tensors);
        var analysis = ModelAnalysis.Begin(model, Layers.Options);

        Assert.ThrowsAny<OperationCanceledException>(() => analysis.Analyze(analysis.Layers[1], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_page_gets_the_pieces_of_the_whole()
    {
        using var model = MemoryTensor.Model(null, Tensors);
        var begun = ModelAnalysis.Begin(model, Layers.Options);
        var analysis = begun.With(begun.Analyze(begun.Layers[0], TestContext.Current.CancellationToken));
        var saved = ResultDocument.Of([analysis])[0];

        var live = JsonElement.Parse(PageContent.Data([ResultDocument.OfLive(analysis)])).GetProperty("results")[0];

        Assert.True(live.GetProperty("live").GetBoolean());
        Assert.Equal(["analyzed", "pending"], live.GetProperty("layers").EnumerateArray().Take(2).Select(row => row.GetProperty("status").GetString()));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(JsonReport.Row(analysis.Layers[0])), live.GetProperty("layers")[0]));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(JsonReport.Summary(analysis.Summary)), live.GetProperty("summary")));
        Assert.Equal(PageContent.Spectrum(saved, 0), PageContent.Spectrum(analysis.Layers[0]));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(PageContent.Row(saved, 0)), JsonElement.Parse(JsonReport.Row(analysis.Layers[0]))));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(PageContent.Summary(saved)), JsonElement.Parse(JsonReport.Summary(analysis.Summary))));
        Assert.Null(PageContent.Spectrum(analysis.Layers[1]));
        Assert.All([-1, 1, int.MaxValue], row => Assert.Null(PageContent.Spectrum(saved, row)));
        Assert.All([-1, int.MaxValue], row => Assert.Null(PageContent.Row(saved, row)));
    }
}
