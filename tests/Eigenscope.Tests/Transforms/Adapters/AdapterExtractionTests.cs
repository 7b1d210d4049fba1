using System.Text.Json;
using Eigenscope.Comparison;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

public sealed class AdapterExtractionTests : IDisposable
{
    private const string A = "base_model.model.model.layers.0.mlp.up_proj.lora_A.weight";
    private const string B = "base_model.model.model.layers.0.mlp.up_proj.lora_B.weight";
    private const string Layer = "model.layers.0.mlp.up_proj.weight";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>mergekit works in float32: products, ranks and errors agree to 1e-6.</summary>
    [Theory]
    [InlineData("r4", 4, null)]
    [InlineData("r8_nodist", 8, null)]
    [InlineData("r32_eps01", 32, 0.1)]
    public void Products_are_those_of_mergekit(string name, int maxRank, double? epsilon)
    {
        var expected = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "merging", "mergekit_cases.json"))).RootElement.GetProperty("lora_extraction").GetProperty(name);
        var (before, after) = (SpectralReference.Array("inputs/base").ToDense(), SpectralReference.Array("inputs/ft1").ToDense());
        var result = Extract(new() { Rule = new(RankCriterion.Given, maxRank), MaxRank = maxRank, Epsilon = epsilon }, before, after);
        Assert.Equal(expected.GetProperty("rank").GetInt32(), result.Of(result.Layers[0], "rank"));
        Assert.Equal(expected.GetProperty("rel_error").GetDouble(), result["relative_error"]!.Value, 1e-6);
        Assert.InRange(StoredModels.Distance(StoredModels.Product(folder.At("adapter"), B, A).Values.Span, SpectralReference.Array($"mergekit/lora_{name}.BA").Elements), 0, 1e-6);
    }

    /// <summary>A change of known rank comes back but for the rounding of base + change, and its rank is found.</summary>
    [Theory]
    [InlineData(60, 40, 5)]
    [InlineData(40, 90, 1)]
    [InlineData(8, 6, 2)]
    public void A_change_of_low_rank_comes_back(int rows, int columns, int rank)
    {
        var (before, change) = (Matrices.Normal(rows, columns, 1), LowRank(rows, columns, rank));
        var result = Extract(new(), before, Sum(before, change));
        Assert.Equal(rank, result.Of(result.Layers[0], "rank"));
        Assert.InRange(result["relative_error"]!.Value, 0, 1e-12);
        Assert.InRange(StoredModels.Distance(StoredModels.Product(folder.At("adapter"), B, A).Values.Span, change.Values.Span), 0, 1e-12);
    }

    /// <summary>GPT-2 stores [in, out]: A has a row of inputs, B a row for each output, and the change is (B A)^T.</summary>
    [Fact]
    public void Factors_count_inputs_and_outputs_as_the_layer_does()
    {
        const string Module = "transformer.h.0.mlp.c_fc";
        var (before, change) = (Matrices.Normal(20, 80, 1), LowRank(20, 80, 3));
        Extract(new(), StoredModels.Gpt2, [StoredModels.Tensor(Module + ".weight", before)], [StoredModels.Tensor(Module + ".weight", Sum(before, change))]);
        var product = StoredModels.Product(folder.At("adapter"), $"base_model.model.{Module}.lora_B.weight", $"base_model.model.{Module}.lora_A.weight");
        Assert.Equal((80, 20), (product.Rows, product.Columns));
        Assert.InRange(StoredModels.Distance(product.Transposed().Values.Span, change.Values.Span), 0, 1e-12);
        Assert.True(Configuration().GetProperty("fan_in_fan_out").GetBoolean());
    }

    /// <summary>Ranks, alphas and modules are said so that PEFT adds the products as they are.</summary>
    [Fact]
    public void The_configuration_says_ranks_and_modules()
    {
        const string Other = "model.layers.1.mlp.up_proj.weight";
        var (first, second) = (Matrices.Normal(60, 40, 1), Matrices.Normal(60, 40, 2));
        Extract(new(), null,
            [StoredModels.Tensor(Layer, first), StoredModels.Tensor(Other, second), StoredModels.Tensor("model.norm.weight", [40], new double[40])],
            [StoredModels.Tensor(Layer, Sum(first, LowRank(60, 40, 5))), StoredModels.Tensor(Other, Sum(second, LowRank(60, 40, 2))), StoredModels.Tensor("model.norm.weight", [40], [.. Enumerable.Repeat(1.5, 40)])]);
        var config = Configuration();
        Assert.Equal((5, 5), (config.GetProperty("r").GetInt32(), config.GetProperty("lora_alpha").GetInt32()));
        Assert.Equal("""{"model.layers.1.mlp.up_proj":2}""", JsonSerializer.Serialize(config.GetProperty("rank_pattern")));
        Assert.Equal("""{"model.layers.1.mlp.up_proj":2}""", JsonSerializer.Serialize(config.GetProperty("alpha_pattern")));
        Assert.Equal("""["model.layers.0.mlp.up_proj","model.layers.1.mlp.up_proj"]""", JsonSerializer.Serialize(config.GetProperty("target_modules")));
        Assert.Equal("""["model.norm"]""", JsonSerializer.Serialize(config.GetProperty("modules_to_save")));
        Assert.Equal(("LORA", false), (config.GetProperty("peft_type").GetString(), config.GetProperty("lora_bias").GetBoolean()));
        Assert.Equal(Enumerable.Repeat(1.5, 40), StoredModels.Values(folder.At("adapter"), "base_model.model.model.norm.weight"));
    }

    /// <summary>The bias of a module with factors is that of lora_B, of which every module has one then; that of another module is saved with it.</summary>
    [Fact]
    public void Biases_go_with_their_modules()
    {
        var (w, other) = (Matrices.Normal(60, 40, 1), Matrices.Normal(60, 40, 2));
        WrittenTensor[] Model(double bias, DenseMatrix first, DenseMatrix second) =>
        [
            StoredModels.Tensor("a.fc.weight", first), StoredModels.Tensor("a.fc.bias", [60], [.. Enumerable.Repeat(bias, 60)]),
            StoredModels.Tensor("b.fc.weight", second), StoredModels.Tensor("b.fc.bias", [60], [.. Enumerable.Repeat(1.0, 60)]),
            StoredModels.Tensor("c.fc.weight", w), StoredModels.Tensor("c.fc.bias", [60], [.. Enumerable.Repeat(2 * bias, 60)]),
        ];

        var result = Extract(new(), null, Model(1, w, other), Model(1.25, Sum(w, LowRank(60, 40, 2)), Sum(other, LowRank(60, 40, 3))));
        Assert.Equal(Enumerable.Repeat(0.25, 60), StoredModels.Values(folder.At("adapter"), "base_model.model.a.fc.lora_B.bias"));
        Assert.Equal(new double[60], StoredModels.Values(folder.At("adapter"), "base_model.model.b.fc.lora_B.bias"));
        Assert.Equal(Enumerable.Repeat(2.5, 60), StoredModels.Values(folder.At("adapter"), "base_model.model.c.fc.bias"));
        Assert.True(Configuration().GetProperty("lora_bias").GetBoolean());
        Assert.Equal(0, result["tensors_lost"]);
        Assert.InRange(result["relative_error"]!.Value, 0, 1e-12);
    }

    /// <summary>Whatever the adapter does not hold is a row with its norm, and counts as error.</summary>
    [Fact]
    public void What_is_lost_is_told()
    {
        var w = Matrices.Normal(60, 40, 1);
        var noise = Matrices.Normal(60, 40, 9).Times(1e-3);
        var result = Extract(new() { Filter = new([], ["*layers.2*"], []) }, null,
            [StoredModels.Tensor(Layer, w), StoredModels.Tensor("model.layers.1.mlp.up_proj.weight", w), StoredModels.Tensor("model.layers.2.mlp.up_proj.weight", w), StoredModels.Tensor("lm_head.weight", w)],
            [StoredModels.Tensor(Layer, Sum(w, LowRank(60, 40, 2))), StoredModels.Tensor("model.layers.1.mlp.up_proj.weight", Sum(w, noise)), StoredModels.Tensor("model.layers.2.mlp.up_proj.weight", Sum(w, noise)), StoredModels.Tensor("lm_head.weight", Matrices.Normal(61, 40, 1)), StoredModels.Tensor("model.extra.weight", noise)]);
        Assert.Equal(
            [null, "none of its singular values lies beyond the random part", "left out by --exclude", "60x40 in the base and 61x40 here", "the base has no tensor of this name"],
            result.Layers.Select(layer => layer.Reason));
        Assert.Equal(4, result["tensors_lost"]);
        var norm = Math.Sqrt(noise.SquaredNorm());
        Assert.Equal(norm, result.Of(result.Layers[1], "change_norm")!.Value, 1e-12);
        Assert.Equal(1, result.Of(result.Layers[1], "relative_error"));
        Assert.Equal(result["lost_norm"]!.Value / result["change_norm"]!.Value, result["relative_error"]!.Value, 1e-12);
    }

    [Theory]
    [InlineData(EmbeddingUse.Full)]
    [InlineData(EmbeddingUse.LowRank)]
    [InlineData(EmbeddingUse.Skip)]
    public void Embeddings_go_whole_as_factors_or_not_at_all(EmbeddingUse use)
    {
        var (w, table) = (Matrices.Normal(60, 40, 1), Matrices.Normal(90, 40, 2));
        var change = LowRank(90, 40, 3);
        var result = Extract(new() { Embeddings = use }, null,
            [StoredModels.Tensor("model.embed_tokens.weight", table), StoredModels.Tensor(Layer, w)],
            [StoredModels.Tensor("model.embed_tokens.weight", Sum(table, change)), StoredModels.Tensor(Layer, Sum(w, LowRank(60, 40, 2)))]);
        var names = StoredModels.Names(folder.At("adapter"));
        Assert.Equal(use == EmbeddingUse.Full, names.Contains("base_model.model.model.embed_tokens.weight"));
        Assert.Equal(use == EmbeddingUse.Skip ? ReshapingStatus.Lost : ReshapingStatus.Changed, result.Layers[0].Status);
        if (use == EmbeddingUse.LowRank)
        {
            var product = StoredModels.Product(folder.At("adapter"), "base_model.model.model.embed_tokens.lora_embedding_B", "base_model.model.model.embed_tokens.lora_embedding_A");
            Assert.InRange(StoredModels.Distance(product.Transposed().Values.Span, change.Values.Span), 0, 1e-12);
        }
    }

    [Fact]
    public void A_convolution_has_factors_that_are_convolutions()
    {
        var draws = new Draws(1).Normals(16 * 8 * 9);
        var change = LowRank(16, 72, 2);
        Extract(new(), null, [StoredModels.Tensor("conv.weight", [16, 8, 3, 3], draws)], [StoredModels.Tensor("conv.weight", [16, 8, 3, 3], [.. draws.Zip(change.Values.ToArray(), (x, d) => x + d)])]);
        using var adapter = Model.Open(folder.At("adapter"));
        Assert.Equal(["2x8x3x3", "16x2x1x1"], adapter.Tensors.Select(tensor => tensor.ShapeText));
    }

    /// <summary>The folder opens as an adapter whose factors are paired and whose scale is 1, and a comparison finds the change again.</summary>
    [Fact]
    public void The_folder_is_an_adapter_of_its_base()
    {
        var (w, change) = (Matrices.Normal(60, 40, 1), LowRank(60, 40, 5));
        Extract(new(), w, Sum(w, change));
        using var before = Model.Open(folder.At("base"));
        using var adapter = Model.Open(folder.At("adapter"));
        var product = Assert.Single(WeightTable.Of(adapter), row => row.Product is not null);
        Assert.Equal(Math.Sqrt(change.SquaredNorm()), Math.Sqrt(StoredModels.SingularValues(new DenseMatrix(60, 40, Whole(product.Product!.Whole))).Sum(sigma => sigma * sigma)), 1e-11);
        var pair = Assert.Single(ModelComparison.Of([before, adapter], new ComparisonOptions(), null, TestContext.Current.CancellationToken).Layers).Pairs[0];
        Assert.Equal(Math.Sqrt(change.SquaredNorm() / w.SquaredNorm()), pair.Weights!.RelativeNorm!.Value, 1e-9);
        Assert.Equal(5, pair.Rank!.Given);
    }

    [Fact]
    public void Nothing_to_extract_is_told_in_one_line()
    {
        var w = Matrices.Normal(20, 20, 1);
        Assert.EndsWith("there is nothing to extract", Assert.Throws<MergeException>(() => Extract(new(), w, w)).Message, StringComparison.Ordinal);
        Assert.Contains("no change from", Assert.Throws<MergeException>(() => Extract(new() { Filter = new(["other"], [], []) }, w, Sum(w, LowRank(20, 20, 1)))).Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.At("adapter")));
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        var (w, change) = (Matrices.Normal(400, 420, 1), LowRank(400, 420, 12));
        Extract(new() { Threads = 1, Type = DType.F32 }, w, Sum(w, change));
        var one = File.ReadAllBytes(Path.Combine(folder.At("adapter"), "adapter_model.safetensors"));
        Directory.Delete(folder.At("adapter"), recursive: true);
        Extract(new() { Threads = 2, Type = DType.F32 }, w, Sum(w, change));
        Assert.Equal(one, File.ReadAllBytes(Path.Combine(folder.At("adapter"), "adapter_model.safetensors")));
    }

    private Reshaping Extract(ExtractionOptions options, DenseMatrix before, DenseMatrix after) =>
        Extract(options, null, [StoredModels.Tensor(Layer, before)], [StoredModels.Tensor(Layer, after)]);

    private Reshaping Extract(ExtractionOptions options, string? config, WrittenTensor[] before, WrittenTensor[] after)
    {
        using var @base = Model.Open(folder.Write("base", config, before));
        using var model = Model.Open(folder.Write("model", config, after));
        return AdapterExtraction.Of(@base, model, folder.At("adapter"), options, cancellation: TestContext.Current.CancellationToken);
    }

    private JsonElement Configuration() => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.At("adapter"), "adapter_config.json"))).RootElement;

    /// <summary>A change of a rank whose singular values are all of about the size of those of the base.</summary>
    private static DenseMatrix LowRank(int rows, int columns, int rank) =>
        Matrices.WithSingularValues(rows, columns, [.. Enumerable.Range(0, rank).Select(k => 6.0 + k), .. new double[Math.Min(rows, columns) - rank]], 17);

    private static DenseMatrix Sum(DenseMatrix a, DenseMatrix b) => Matrices.Of(a.Rows, a.Columns, (i, j) => a[i, j] + b[i, j]);

    private static double[] Whole(IMatrix w)
    {
        var values = new double[w.Rows * w.Columns];
        w.Read(0, 0, w.Rows, w.Columns, values, w.Columns);
        return values;
    }
}
