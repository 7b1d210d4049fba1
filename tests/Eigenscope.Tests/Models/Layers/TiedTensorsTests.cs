using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

public sealed class TiedTensorsTests
{
    private const string Embedding = "transformer.wte.weight";
    private const string Unembedding = "lm_head.weight";
    private static readonly float[] Values = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Two_names_of_the_same_bytes_count_once()
    {
        var bytes = new MemoryBytes(new byte[24]);
        Tensor Named(string name, DType type, long offset = 0, params long[] strides) => new(name, type, [2, 3], strides is [] ? [3, 1] : strides, bytes, offset);
        Assert.Equal(
            [null, "tied: the same stored values as a", null, null, null],
            Reasons(Named("a", DType.F32), Named("b", DType.F32), Named("c", DType.F16), Named("d", DType.F16, 2), Named("e", DType.F32, 0, 1, 2)));
    }

    [Fact]
    public void An_unembedding_with_the_values_of_the_embedding_counts_once() =>
        Assert.Equal([null, $"tied: the same values as {Embedding}"], Reasons(Table(Embedding), Table(Unembedding)));

    [Fact]
    public void Nothing_is_read_where_only_headers_are_wanted() =>
        Assert.Equal([null, null], WeightTable.Of(MemoryTensor.Model("gpt2", Table(Embedding), Table(Unembedding)), new() { CompareValues = false }).Select(row => row.SkipReason));

    /// <summary>Comparing reads both tables, which may be far away: only for layers that are analysed.</summary>
    [Theory]
    [InlineData(Embedding)]
    [InlineData(Unembedding)]
    [InlineData("none")]
    public void Layers_that_are_not_wanted_are_not_compared(string wanted) =>
        Assert.Equal([null, null], WeightTable.Of(MemoryTensor.Model("gpt2", Table(Embedding), Table(Unembedding)), new() { Wanted = layer => layer.Name == wanted }).Select(row => row.SkipReason));

    [Fact]
    public void Other_values_shapes_or_types_are_not_tied()
    {
        Assert.Equal([null, null], Reasons(Table(Embedding), MemoryTensor.F32(Unembedding, [3, 2], 1, 2, 3, 4, 5, 7)));
        Assert.Equal([null, null], Reasons(Table(Embedding), MemoryTensor.F32(Unembedding, [2, 3], Values)));
        Assert.Equal([null, null], Reasons(Table(Embedding), MemoryTensor.F64(Unembedding, [3, 2], 1, 2, 3, 4, 5, 6)));
    }

    [Fact]
    public void Equal_values_elsewhere_are_two_weights() =>
        Assert.Equal([null, null], Reasons(Table("layers.0.mlp.fc1.weight"), Table("layers.1.mlp.fc1.weight")));

    /// <summary>The last of more bytes than are compared at a time tells.</summary>
    [Theory]
    [InlineData(0, "tied: the same values as transformer.wte.weight")]
    [InlineData(1, null)]
    public void Large_tables_are_compared_to_the_end(float last, string? reason)
    {
        var (one, two) = (new float[300_000], new float[300_000]);
        two[^1] = last;
        Assert.Equal([null, reason], Reasons(MemoryTensor.F32(Embedding, [3000, 100], one), MemoryTensor.F32(Unembedding, [3000, 100], two)));
    }

    private static Tensor Table(string name) => MemoryTensor.F32(name, [3, 2], Values);

    private static IEnumerable<string?> Reasons(params Tensor[] tensors) => WeightTable.Of(MemoryTensor.Model("gpt2", tensors)).Select(row => row.SkipReason);
}
