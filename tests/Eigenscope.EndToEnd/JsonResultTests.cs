using System.Globalization;
using System.Text.Json;
using Xunit;
using static Eigenscope.EndToEnd.AnalysisDocument;

namespace Eigenscope.EndToEnd;

/// <summary>The JSON result, schema eigenscope/analysis/1, on samples/tiny-gpt.</summary>
public sealed class JsonResultTests(TinyGptAnalysis analysis) : IClassFixture<TinyGptAnalysis>
{
    private readonly AnalysisDocument result = analysis.Json;

    /// <summary>A layer, its role and its block, none where empty.</summary>
    public static TheoryData<string, string, int?> Roles { get; } = new()
    {
        { "transformer.wte.weight", "embedding", null },
        { "transformer.wpe.weight", "position_embedding", null },
        { "transformer.h.0.attn.c_attn.weight", "attention_qkv", 0 },
        { "transformer.h.1.attn.c_attn.weight:q", "attention_query", 1 },
        { "transformer.h.2.attn.c_attn.weight:k", "attention_key", 2 },
        { "transformer.h.3.attn.c_attn.weight:v", "attention_value", 3 },
        { "transformer.h.3.attn.c_proj.weight", "attention_output", 3 },
        { "transformer.h.2.mlp.c_fc.weight", "mlp_up", 2 },
        { "transformer.h.1.mlp.c_proj.weight", "mlp_down", 1 },
        { "transformer.h.0.mlp.c_fc.bias", "bias", 0 },
        { "transformer.h.0.ln_1.weight", "norm", 0 },
        { "transformer.ln_f.weight", "norm", null },
    };

    [Fact]
    public void HasItsPartsInOrder()
    {
        Assert.Equal(["schema", "tool", "model", "settings", "layers", "summary"], result.Root.EnumerateObject().Select(part => part.Name));
        Assert.Equal("eigenscope/analysis/1", Text(result.Root, "schema"));
        Assert.Equal("eigenscope", Text(result.Root.GetProperty("tool"), "name"));
    }

    [Fact]
    public void DescribesTheModel()
    {
        var (model, weights) = (result.Root.GetProperty("model"), analysis.Tensors.Values);

        Assert.Equal((Repository.TinyGpt, "safetensors", "GPT2LMHeadModel"), (Text(model, "path"), Text(model, "format"), Text(model, "architecture")));
        Assert.Equal(weights.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)), model.GetProperty("parameters").GetInt64());
        Assert.Equal(new FileInfo(Path.Combine(Repository.TinyGpt, "model.safetensors")).Length, model.GetProperty("bytes").GetInt64());
        Assert.Matches("^[0-9a-f]{64}$", Text(model, "fingerprint"));
    }

    [Fact]
    public void FingerprintDependsOnTheStructureAlone()
    {
        var untrained = AnalysisDocument.Of(Repository.UntrainedTinyGpt, "--layers", "*wte*");

        Assert.Equal(Fingerprint(result), Fingerprint(untrained));
    }

    [Theory]
    [InlineData("compat", "null")]
    [InlineData("route", "\"automatic\"")]
    [InlineData("solver", "\"own\"")]
    [InlineData("conv", "\"flatten\"")]
    [InlineData("xmax", "\"none\"")]
    [InlineData("layers", "[]")]
    [InlineData("exclude", "[]")]
    [InlineData("role", "[]")]
    [InlineData("randomize", "0")]
    [InlineData("seed", "0")]
    public void StatesEverySettingThatChangesANumber(string setting, string value) =>
        Assert.Equal(value, result.Root.GetProperty("settings").GetProperty(setting).GetRawText());

    [Fact]
    public void HasARowForEveryTensor()
    {
        var wholes = result.Layers.Where(layer => !layer.TryGetProperty("part_of", out _)).ToList();

        Assert.Equal(analysis.Tensors.Keys.Order(StringComparer.Ordinal), wholes.Select(layer => Text(layer, "tensor")!).Order(StringComparer.Ordinal));
        Assert.All(wholes, layer => Assert.Equal(analysis.Tensors[Text(layer, "tensor")!].DType, Text(layer, "dtype")));
        Assert.Equal(Enumerable.Range(0, result.Layers.Count), result.Layers.Select(layer => layer.GetProperty("id").GetInt32()));
    }

    [Fact]
    public void HasAReasonWhereverSomethingIsNotAnalysed() => Assert.All(result.Layers, layer =>
    {
        var isAnalyzed = Text(layer, "status") == "analyzed";
        Assert.True(isAnalyzed || Text(layer, "status") == "skipped");
        Assert.Equal(isAnalyzed, Text(layer, "reason") is null);
        Assert.Equal(isAnalyzed, layer.GetProperty("metrics").EnumerateObject().Any());
    });

    [Theory]
    [MemberData(nameof(Roles))]
    public void StatesRoleAndBlock(string name, string role, int? block)
    {
        var layer = result.Layer(name);

        Assert.Equal(role, Text(layer, "role"));
        Assert.Equal(block?.ToString(CultureInfo.InvariantCulture) ?? "null", layer.GetProperty("block").GetRawText());
    }

    [Fact]
    public void PartsNameTheirWholeAndAddUpToIt()
    {
        var parts = result.Layers.Where(layer => layer.TryGetProperty("part_of", out _)).GroupBy(layer => Text(layer, "part_of")!).ToList();

        Assert.Equal(4, parts.Count);
        Assert.All(parts, group =>
        {
            Assert.Equal(["q", "k", "v"], group.Select(part => Text(part, "name")!.Split(':')[^1]));
            Assert.Equal(Metric(result.Layer(group.Key), "norm")!.Value, group.Sum(part => Metric(part, "norm")!.Value), 1e-10);
        });
    }

    [Fact]
    public void SummaryCountsWholesOnly()
    {
        var (summary, statuses) = (result.Root.GetProperty("summary"), result.Layers.CountBy(layer => Text(layer, "status")!).ToDictionary());
        var wholes = result.Layers.Where(layer => Text(layer, "status") == "analyzed" && !layer.TryGetProperty("part_of", out _)).ToList();

        Assert.Equal(wholes.Count, summary.GetProperty("layers_analyzed").GetInt32());
        Assert.Equal(statuses["skipped"], summary.GetProperty("layers_skipped").GetInt32());
        Assert.Equal(0, summary.GetProperty("layers_failed").GetInt32());
        Assert.Equal(wholes.Average(layer => Metric(layer, "stable_rank")!.Value), summary.GetProperty("stable_rank").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("alpha_weighted")]
    [InlineData("log_norm")]
    [InlineData("log_spectral_norm")]
    [InlineData("stable_rank")]
    [InlineData("effective_rank")]
    public void SummaryCountsTheLayersOfEachMean(string metric)
    {
        var summary = result.Root.GetProperty("summary");

        Assert.Equal(JsonValueKind.Number, summary.GetProperty(metric).ValueKind);
        Assert.Equal(18, summary.GetProperty($"{metric}_layers").GetInt32());
    }

    [Fact]
    public void EigenvaluesAreAscendingAndComplete() => Assert.All(result.Layers.Where(layer => Text(layer, "status") == "analyzed"), layer =>
    {
        var eigenvalues = layer.GetProperty("eigenvalues").EnumerateArray().Select(lambda => lambda.GetDouble()).ToList();

        Assert.Equal(Math.Min(layer.GetProperty("rows").GetInt32(), layer.GetProperty("cols").GetInt32()), eigenvalues.Count);
        Assert.Equal(eigenvalues.Order(), eigenvalues);
        Assert.Equal(Metric(layer, "lambda_max"), eigenvalues[^1]);
        Assert.Equal(Metric(layer, "norm")!.Value, eigenvalues.Sum(), 1e-9);
    });

    [Fact]
    public void EigenvaluesAreThereOnlyWhenAskedFor() =>
        Assert.All(AnalysisDocument.Of(Repository.TinyGpt).Layers, layer => Assert.False(layer.TryGetProperty("eigenvalues", out _)));

    [Fact]
    public void NumbersRoundTrip() => Assert.All(Numbers(result.Root), raw =>
        Assert.Equal(raw, double.Parse(raw, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)));

    [Fact]
    public void MetricNamesAreTheSameInEveryLayer()
    {
        var names = result.Layers.Where(layer => Text(layer, "status") == "analyzed").Select(layer => string.Join(' ', layer.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name)));

        Assert.Single(names.Distinct());
    }

    [Theory]
    [InlineData("matrix_rank", "hard_rank")]
    [InlineData("entropy", "spectral_entropy")]
    [InlineData("rank_loss", "hard_rank")]
    public void ADifferentDefinitionHasADifferentName(string weightWatcher, string own)
    {
        var compatible = AnalysisDocument.Of(Repository.TinyGpt, "--compat", "weightwatcher", "--layers", "transformer.wpe.weight").Layer("transformer.wpe.weight").GetProperty("metrics");
        var plain = result.Layer("transformer.wpe.weight").GetProperty("metrics");

        Assert.True(compatible.TryGetProperty(weightWatcher, out _) && !compatible.TryGetProperty(own, out _));
        Assert.True(plain.TryGetProperty(own, out _) && !plain.TryGetProperty(weightWatcher, out _));
    }

    private static string? Fingerprint(AnalysisDocument document) => Text(document.Root.GetProperty("model"), "fingerprint");

    private static IEnumerable<string> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetRawText()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(item => Numbers(item.Value)),
        _ => [],
    };
}
