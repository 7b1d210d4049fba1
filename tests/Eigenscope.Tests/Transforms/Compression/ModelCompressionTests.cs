using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

public sealed class ModelCompressionTests : IDisposable
{
    private const double Rounding = 1e-13;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>By Eckart and Young, the error is what the singular values left out come to; those kept stay, the others are gone.</summary>
    [Theory]
    [InlineData(60, 40, 7)]
    [InlineData(40, 60, 7)]
    [InlineData(30, 30, 29)]
    public void A_matrix_becomes_the_nearest_of_its_rank(int rows, int columns, int rank)
    {
        var w = Matrices.Normal(rows, columns, 3);
        var result = Compress(new() { Rule = new(RankCriterion.Given, rank), Form = CompressedForm.Dense }, StoredModels.Tensor("layer.weight", w));
        var (before, after) = (StoredModels.SingularValues(w), StoredModels.SingularValues(new DenseMatrix(rows, columns, StoredModels.Values(folder.At("out"), "layer.weight"))));
        var (lost, all) = (before.SkipLast(rank).Sum(sigma => sigma * sigma), before.Sum(sigma => sigma * sigma));
        var layer = Assert.Single(result.Layers);
        Assert.All(before.TakeLast(rank).Zip(after.TakeLast(rank)), pair => Assert.Equal(pair.First, pair.Second, Rounding * before[^1]));
        Assert.All(after.SkipLast(rank), sigma => Assert.InRange(sigma, 0, Rounding * before[^1]));
        Assert.Equal(rank, result.Of(layer, "rank"));
        Assert.Equal(Math.Sqrt(lost / all), result.Of(layer, "relative_error")!.Value, Rounding);
        Assert.Equal(1 - (lost / all), result.Of(layer, "energy")!.Value, Rounding);
        Assert.Equal(before[^(rank + 1)] / before[^1], result.Of(layer, "spectral_error")!.Value, Rounding);
        Assert.Equal(result.Of(layer, "relative_error")!.Value, result["relative_error"]!.Value, Rounding);
    }

    [Theory]
    [InlineData(RankCriterion.Energy, 0.999999)]
    [InlineData(RankCriterion.UnitDeterminant, 0)]
    [InlineData(RankCriterion.RandomPart, 0)]
    public void A_matrix_of_low_rank_stays_what_it_is(RankCriterion criterion, double value)
    {
        var w = Matrices.WithSingularValues(50, 40, [5, 4, 3, .. new double[37]], 5);
        var result = Compress(new() { Rule = new(criterion, value), Form = CompressedForm.Dense }, StoredModels.Tensor("layer.weight", w));
        Assert.InRange(result.Of(result.Layers[0], "rank")!.Value, 3, 4);
        Assert.InRange(result["relative_error"]!.Value, 0, Rounding);
    }

    /// <summary>Signals beyond the edge of noise are what is kept.</summary>
    [Fact]
    public void The_edge_of_noise_tells_the_signals()
    {
        var noise = Matrices.Normal(300, 200, 1);
        var signal = Matrices.WithSingularValues(300, 200, [90, 80, 70, 60, .. new double[196]], 2);
        var result = Compress(new() { Rule = new(RankCriterion.RandomPart), Form = CompressedForm.Dense }, StoredModels.Tensor("a.weight", Matrices.Of(300, 200, (i, j) => noise[i, j] + signal[i, j])), StoredModels.Tensor("b.weight", Matrices.Normal(300, 200, 8)));
        Assert.Equal(4, result.Of(result.Layers[0], "rank"));
        Assert.Equal((ReshapingStatus.Kept, "none of its singular values lies beyond the random part"), (result.Layers[1].Status, result.Layers[1].Reason));
        Assert.Equal(StoredModels.Bytes(folder.At("model"), "b.weight"), StoredModels.Bytes(folder.At("out"), "b.weight"));
    }

    [Fact]
    public void Factors_are_those_of_the_matrix_and_stand_where_they_save_numbers()
    {
        var (w, square) = (Matrices.Normal(60, 40, 3), Matrices.Normal(12, 12, 4));
        var options = new CompressionOptions { Rule = new(RankCriterion.Given, 7) };
        var result = Compress(options, StoredModels.Tensor("layer.weight", w), StoredModels.Tensor("square.weight", square), StoredModels.Tensor("layer.bias", [60], new double[60]));
        Compress(options with { Form = CompressedForm.Dense }, "dense");

        Assert.Equal(["layer.svd_up.weight", "layer.svd_down.weight", "square.weight", "layer.bias"], StoredModels.Names(folder.At("out")));
        Assert.InRange(StoredModels.Distance(StoredModels.Product(folder.At("out"), "layer.svd_up.weight", "layer.svd_down.weight").Values.Span, StoredModels.Values(folder.At("dense"), "layer.weight")), 0, Rounding);
        Assert.Equal(StoredModels.Bytes(folder.At("model"), "square.weight"), StoredModels.Bytes(folder.At("out"), "square.weight"));
        Assert.Equal("factors of rank 7 are 168 numbers, and the matrix is 144", result.Layers[1].Reason);
        Assert.Equal((2400 + 144, 700 + 144), (result["numbers_before"], result["numbers_after"]));
        Assert.Equal((2400 + 144 + 60, 700 + 144 + 60), (result["parameters_before"], result["parameters_after"]));
    }

    /// <summary>The error is that of what is stored: in bfloat16 each element is off by up to 2^-8 of itself.</summary>
    [Fact]
    public void Rounding_counts_as_error()
    {
        var w = Matrices.WithSingularValues(50, 40, [5, 4, 3, .. new double[37]], 5);
        var result = Compress(new() { Rule = new(RankCriterion.Given, 3), Form = CompressedForm.Dense, Type = DType.BF16 }, StoredModels.Tensor("layer.weight", w));
        var measured = StoredModels.Distance(StoredModels.Values(folder.At("out"), "layer.weight"), w.Values.Span);
        Assert.InRange(measured, 1e-4, 1.0 / 256);
        Assert.Equal(measured, result["relative_error"]!.Value, 1e-15);
    }

    /// <summary>A kernel is one matrix of outputs by all else, and its factors are two convolutions.</summary>
    [Fact]
    public void A_convolution_becomes_two()
    {
        Compress(new() { Rule = new(RankCriterion.Given, 3) }, StoredModels.Tensor("conv.weight", [16, 8, 3, 3], new Draws(3).Normals(16 * 72)));
        using var written = Model.Open(folder.At("out"));
        Assert.Equal(["16x3x1x1", "3x8x3x3"], written.Tensors.Select(tensor => tensor.ShapeText));
    }

    /// <summary>The matrices of a stack are cut one by one, and stay one tensor.</summary>
    [Fact]
    public void Stacks_are_cut_matrix_by_matrix()
    {
        var draws = new Draws(3).Normals(2 * 20 * 30);
        var experts = StoredModels.Tensor("model.layers.0.mlp.experts.gate_up_proj", [2, 20, 30], draws);
        var dense = Compress(new() { Rule = new(RankCriterion.Given, 4), Form = CompressedForm.Dense }, experts);
        var values = StoredModels.Values(folder.At("out"), experts.Name);
        Assert.All([0, 1], which =>
        {
            Assert.InRange(StoredModels.SingularValues(new DenseMatrix(20, 30, values[(which * 600)..((which + 1) * 600)]))[^5], 0, 1e-12);
            Assert.Equal(StoredModels.SingularValues(new DenseMatrix(20, 30, draws[(which * 600)..((which + 1) * 600)]))[^1], StoredModels.SingularValues(new DenseMatrix(20, 30, values[(which * 600)..((which + 1) * 600)]))[^1], 1e-12);
        });
        Assert.Equal(2, dense["layers_changed"]);
        Assert.Equal(0, Compress(new() { Rule = new(RankCriterion.Given, 4) }, "factors")["layers_changed"]);
    }

    /// <summary>What is stored column by column is the same matrix.</summary>
    [Fact]
    public void The_order_in_which_elements_are_stored_makes_no_difference()
    {
        var w = Matrices.Normal(30, 20, 6);
        var turned = new Tensor("layer.weight", DType.F64, [30, 20], [1, 30], MemoryTensor.F64("x", [600], w.Transposed().Values.ToArray()).Bytes, 0);
        using var model = MemoryTensor.Model(null, turned);
        var options = new CompressionOptions { Rule = new(RankCriterion.Given, 5) };
        ModelCompression.Of(model, folder.At("turned"), options, cancellation: TestContext.Current.CancellationToken);
        ModelCompression.Of(model, folder.At("turned dense"), options with { Form = CompressedForm.Dense }, cancellation: TestContext.Current.CancellationToken);
        Compress(options with { Form = CompressedForm.Dense }, StoredModels.Tensor("layer.weight", w));
        var expected = StoredModels.Values(folder.At("out"), "layer.weight");
        Assert.InRange(StoredModels.Distance(StoredModels.Values(folder.At("turned dense"), "layer.weight"), expected), 0, Rounding);
        Assert.InRange(StoredModels.Distance(StoredModels.Product(folder.At("turned"), "layer.svd_up.weight", "layer.svd_down.weight").Values.Span, expected), 0, Rounding);
    }

    [Theory]
    [InlineData(CompressedForm.Dense)]
    [InlineData(CompressedForm.Factors)]
    public void Threads_change_no_byte(CompressedForm form)
    {
        var options = new CompressionOptions { Rule = new(RankCriterion.Ratio, 0.5) { Allocation = RankAllocation.Alpha }, Form = form, Threads = 1 };
        Compress(options, StoredModels.Tensor("a.weight", Matrices.Normal(300, 420, 1), DType.F16), StoredModels.Tensor("b.weight", Matrices.Normal(150, 90, 2), DType.F32));
        Compress(options with { Threads = 2 }, "two");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("out"), "model.safetensors")), File.ReadAllBytes(Path.Combine(folder.At("two"), "model.safetensors")));
    }

    [Fact]
    public void Embeddings_are_left_alone_unless_they_are_named()
    {
        var options = new CompressionOptions { Rule = new(RankCriterion.Given, 2) };
        var result = Compress(options, StoredModels.Tensor("model.embed_tokens.weight", Matrices.Normal(50, 20, 1)), StoredModels.Tensor("model.layers.0.mlp.up_proj.weight", Matrices.Normal(40, 20, 2)));
        Assert.Equal([ReshapingStatus.Kept, ReshapingStatus.Changed], result.Layers.Select(layer => layer.Status));
        var named = Compress(options with { Filter = new([], [], ["embedding"]) }, "named");
        Assert.Equal([ReshapingStatus.Changed, ReshapingStatus.Kept], named.Layers.Select(layer => layer.Status));
    }

    /// <summary>A layer with a NaN fails alone and keeps its bytes.</summary>
    [Fact]
    public void A_broken_layer_stays_as_it_is()
    {
        var result = Compress(new() { Rule = new(RankCriterion.Given, 2) }, StoredModels.Tensor("a.weight", Matrices.Normal(20, 20, 1).With(3, 4, double.NaN)), StoredModels.Tensor("b.weight", Matrices.Normal(20, 20, 2)));
        Assert.True(result.HasFailures);
        Assert.Equal([(ReshapingStatus.Failed, "the weight at [3, 4] is NaN"), (ReshapingStatus.Changed, null)], result.Layers.Select(layer => (layer.Status, layer.Reason)));
        Assert.Equal(StoredModels.Bytes(folder.At("model"), "a.weight"), StoredModels.Bytes(folder.At("out"), "a.weight"));
    }

    [Fact]
    public void A_layer_that_needs_too_much_memory_fails()
    {
        var result = Compress(new() { MaxMemory = 100_000 }, StoredModels.Tensor("a.weight", Matrices.Normal(200, 100, 1)));
        Assert.Contains("more than the 0 MiB that --max-memory allows", Assert.Single(result.Layers).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_is_whole_or_not_there()
    {
        var path = folder.Write("model", StoredModels.Gpt2, StoredModels.Tensor("a.weight", Matrices.Normal(20, 20, 1).Times(1e6)));
        File.WriteAllText(Path.Combine(path, "tokenizer.json"), "{}");
        using var model = Model.Open(path);
        Assert.Contains("which F16 cannot hold", Assert.Throws<MergeException>(() => ModelCompression.Of(model, folder.At("out"), new() { Type = DType.F16, Form = CompressedForm.Dense }, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));

        ModelCompression.Of(model, folder.At("out"), new(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], Directory.GetFiles(folder.At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(StoredModels.Gpt2, File.ReadAllText(Path.Combine(folder.At("out"), "config.json")));
        Assert.Throws<MergeException>(() => ModelCompression.Of(model, folder.At("out"), new(), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<MergeException>(() => ModelCompression.Of(model, folder.At("other"), new() { Filter = new LayerFilter(["nothing"], [], []) }, cancellation: TestContext.Current.CancellationToken));
        Assert.False(Path.Exists(folder.At("other")));
    }

    [Fact]
    public void A_quantised_model_is_refused()
    {
        using var model = MemoryTensor.Model(null, new Tensor("a.weight", DType.F32, [32, 32], MemoryTensor.F32("x", [256], new float[256]).Bytes, 0, new Packed()));
        Assert.Contains("number by number", Assert.Throws<MergeException>(() => ModelCompression.Of(model, folder.At("out"), new(), cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private Reshaping Compress(CompressionOptions options, params Eigenscope.Models.SafeTensors.WrittenTensor[] tensors)
    {
        folder.Write("model", null, tensors);
        return Compress(options, "out");
    }

    private Reshaping Compress(CompressionOptions options, string output)
    {
        using var model = Model.Open(folder.At("model"));
        return ModelCompression.Of(model, folder.At(output), options, cancellation: TestContext.Current.CancellationToken);
    }

    private sealed class Packed() : UndecodedQuantization("Q", "never read")
    {
        internal override Int128 BytesOf(Int128 elements) => elements / 2;
    }
}
