using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

public sealed class TrapRemovalTests : IDisposable
{
    private const string Layer = "layer.weight";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The order is that of the shuffled matrix, so that a place after the shuffle leads back to the element.</summary>
    [Fact]
    public void The_order_is_that_of_the_shuffle()
    {
        var w = Matrices.Normal(30, 20, 1);
        using var shuffled = ShuffledMatrix.Of(w, single: false, 42, TestContext.Current.CancellationToken);
        var (values, order) = (new double[600], ShuffledOrder.Of(600, 42));
        shuffled.Read(0, 0, 30, 20, values, 20);
        Assert.Equal(order.Select(place => w.Values.Span[place]), values);
    }

    /// <summary>A few huge elements are found, they alone, and shrunk until the library's own count of traps is zero; the others keep their bits.</summary>
    [Theory]
    [InlineData(DType.F64)]
    [InlineData(DType.F32)]
    [InlineData(DType.BF16)]
    public void Huge_elements_are_shrunk_and_no_others(DType type)
    {
        int[] planted = [77, 12_345, 20_000, 33_333];
        var w = Planted(planted);
        var result = Detrap(w, type);
        var (before, after) = (StoredModels.Values(folder.At("model"), Layer), StoredModels.Values(folder.At("out"), Layer));
        Assert.Equal(planted, Enumerable.Range(0, before.Length).Where(k => before[k] != after[k]));
        Assert.All(planted, k => Assert.Equal((Math.Sign(before[k]), true), (Math.Sign(after[k]), Math.Abs(after[k]) < Math.Abs(before[k]))));
        Assert.InRange(Traps("model"), 3, 5);
        Assert.Equal(0, Traps("out"));
        Assert.Equal((4, 0), (result.Of(result.Layers[0], "elements"), result.Of(result.Layers[0], "traps_after")));
    }

    /// <summary>Other shuffles show no traps either, but for the one in a hundred that passes the edge by chance.</summary>
    [Fact]
    public void Other_shuffles_show_none_either()
    {
        Detrap(Planted([77, 12_345]), DType.F64);
        Assert.InRange(Traps("out", seed: 99, shuffles: 20), 0, 0.15);
    }

    /// <summary>A heavy row is many huge elements.</summary>
    [Fact]
    public void A_heavy_row_is_shrunk()
    {
        var w = Noise();
        var heavy = Matrices.Of(250, 150, (i, j) => i == 17 ? 30 * w[i, j] : w[i, j]);
        var result = Detrap(heavy, DType.F64);
        var (before, after) = (StoredModels.Values(folder.At("model"), Layer), StoredModels.Values(folder.At("out"), Layer));
        Assert.All(Enumerable.Range(0, before.Length).Where(k => before[k] != after[k]), k => Assert.Equal(17, k / 150));
        Assert.Equal(1, result.Of(result.Layers[0], "rows_touched"));
        Assert.True(Traps("model") > 1);
        Assert.Equal(0, Traps("out"));
    }

    /// <summary>Signals of low rank, spread over all elements, are as strong as they were.</summary>
    [Fact]
    public void Signals_stay()
    {
        var signal = Signal(250, 150, 70, 60, 50);
        var w = Planted([77, 12_345]);
        var result = Detrap(Matrices.Of(250, 150, (i, j) => w[i, j] + signal[i, j]), DType.F64);
        var layer = result.Layers[0];
        Assert.Equal((2, 3, 0), (result.Of(layer, "elements"), result.Of(layer, "spikes_after"), result.Of(layer, "traps_after")));
        Assert.Equal(5, result.Of(layer, "spikes_before"));
    }

    /// <summary>What was removed is kept, and put back with the same bytes.</summary>
    [Theory]
    [InlineData(DType.F64)]
    [InlineData(DType.F16)]
    [InlineData(DType.BF16)]
    public void It_can_be_undone(DType type)
    {
        Detrap(Planted([0, 77, 37_499]), type);
        using var detrapped = Model.Open(folder.At("out"));
        var undone = TrapRemoval.Undo(detrapped, folder.At("undone"), TestContext.Current.CancellationToken);
        Assert.Equal(3, undone["elements"]);
        Assert.NotEqual(StoredModels.Bytes(folder.At("model"), Layer), StoredModels.Bytes(folder.At("out"), Layer));
        Assert.Equal(StoredModels.Bytes(folder.At("model"), Layer), StoredModels.Bytes(folder.At("undone"), Layer));
        Assert.Equal(StoredModels.Bytes(folder.At("model"), "layer.bias"), StoredModels.Bytes(folder.At("undone"), "layer.bias"));
    }

    /// <summary>Noise of several laws, and noise with a signal, have nothing to remove, and every byte stays.</summary>
    [Theory]
    [InlineData(NoiseKind.Gaussian)]
    [InlineData(NoiseKind.Uniform)]
    [InlineData(NoiseKind.Student10)]
    public void A_layer_without_traps_stays_as_it_is(NoiseKind kind)
    {
        var noise = TestMatrices.Noise(kind, 250, 150, seed: 4);
        var signal = Signal(250, 150, 60, 50);
        var result = Detrap(Matrices.Of(250, 150, (i, j) => noise[i, j] + signal[i, j]), DType.F32);
        Assert.Equal(0, result["elements"]);
        Assert.Equal(StoredModels.Bytes(folder.At("model"), Layer), StoredModels.Bytes(folder.At("out"), Layer));
        using var detrapped = Model.Open(folder.At("out"));
        Assert.Equal(0, TrapRemoval.Undo(detrapped, folder.At("undone"), TestContext.Current.CancellationToken)["elements"]);
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        Detrap(Planted([77, 12_345]), DType.F32);
        using var model = Model.Open(folder.At("model"));
        TrapRemoval.Of(model, folder.At("one"), new() { Threads = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("out"), "model.safetensors")), File.ReadAllBytes(Path.Combine(folder.At("one"), "model.safetensors")));
    }

    [Fact]
    public void Only_what_it_wrote_is_undone()
    {
        using var model = Model.Open(folder.Write("model", null, StoredModels.Tensor(Layer, Matrices.Normal(20, 20, 1))));
        Assert.Contains("there is no removed.safetensors", Assert.Throws<MergeException>(() => TrapRemoval.Undo(model, folder.At("out"), cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private Reshaping Detrap(DenseMatrix w, DType type)
    {
        using var model = Model.Open(folder.Write("model", null, StoredModels.Tensor(Layer, w, type), StoredModels.Tensor("layer.bias", [3], [1, 2, 3], type)));
        return TrapRemoval.Of(model, folder.At("out"), new() { Threads = 2 }, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>correlation_traps of an analysis.</summary>
    private double Traps(string name, long seed = 0, int shuffles = 5)
    {
        using var model = Model.Open(folder.At(name));
        var analysis = ModelAnalysis.Of(model, new() { Shuffles = shuffles, Seed = seed, Filter = new([Layer], [], []) }, null, TestContext.Current.CancellationToken);
        return analysis.Layers.Single(layer => layer.Layer.Name == Layer)["correlation_traps"]!.Value;
    }

    /// <summary>About these singular values, with vectors that are spread over all rows and columns.</summary>
    private static DenseMatrix Signal(int rows, int columns, params double[] strengths)
    {
        var draws = new Draws(11);
        var vectors = strengths.Select(strength => (Strength: strength, Left: draws.Normals(rows), Right: draws.Normals(columns))).ToList();
        return Matrices.Of(rows, columns, (i, j) => vectors.Sum(vector => vector.Strength * vector.Left[i] * vector.Right[j]) / Math.Sqrt((double)rows * columns));
    }

    /// <summary>Standard normal elements, and some of a size of about 40.</summary>
    private static DenseMatrix Planted(params int[] places)
    {
        var values = Noise().Values.ToArray();
        for (var k = 0; k < places.Length; k++)
        {
            values[places[k]] = (k % 2 == 0 ? 40 : -40) + k;
        }

        return new DenseMatrix(250, 150, values);
    }

    /// <summary>Standard normal elements that have no spike in any of five random orders; one in twenty such matrices has one by chance.</summary>
    private static DenseMatrix Noise()
    {
        using var execution = Execution.OneThread(CancellationToken.None);
        return Enumerable.Range(1, 20).Select(seed => Matrices.Normal(250, 150, seed)).First(w =>
        {
            var matrix = new RowMajor(w.Rows, w.Columns);
            w.Values.Span.CopyTo(matrix.Elements);
            return Enumerable.Range(1, 5).All(draw => TrapSearch.Of(matrix, (ulong)LayerSeed.Of(0, Layer, draw), null, execution) is { Spikes: 0 });
        });
    }
}
