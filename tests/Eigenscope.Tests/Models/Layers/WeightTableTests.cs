using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

/// <summary>Tensors whose element k is k, so that a matrix tells which elements it holds.</summary>
public sealed class WeightTableTests
{
    [Theory]
    [InlineData("gpt2", 4, 12, 1)]
    [InlineData(null, 12, 4, 0)]
    public void Parts_of_a_fused_attention_matrix_are_its_thirds(string? architecture, int rows, int columns, int axis)
    {
        var table = Table(architecture, ConvolutionMode.Flatten, MemoryTensor.Counting("transformer.h.0.attn.c_attn.weight", rows, columns));
        Assert.Equal(
            ["transformer.h.0.attn.c_attn.weight", "transformer.h.0.attn.c_attn.weight:q", "transformer.h.0.attn.c_attn.weight:k", "transformer.h.0.attn.c_attn.weight:v"],
            table.Select(row => row.Name));
        Assert.Equal([Role.AttentionQkv, Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue], table.Select(row => row.Role));
        Assert.Equal([null, table[0].Name, table[0].Name, table[0].Name], table.Select(row => row.PartOf));
        for (var part = 0; part < 3; part++)
        {
            var (down, across) = axis == 1 ? (0, 4 * part) : (4 * part, 0);
            var expected = Enumerable.Range(0, 16).Select(k => (double)((((k / 4) + down) * columns) + (k % 4) + across));
            Assert.Equal(expected, Elements(Assert.Single(table[part + 1].Slices)));
            Assert.Equal($"[{3 + down}, {2 + across}]", table[part + 1].IndexText(0, 3, 2));
        }
    }

    /// <summary>[out 2, in 3, 2 x 2]: one matrix out by in k, or four matrices out by in.</summary>
    [Fact]
    public void Convolutions_that_store_outputs_first()
    {
        var tensor = MemoryTensor.Counting("conv1.weight", 2, 3, 2, 2);
        var flat = Assert.Single(Table(null, ConvolutionMode.Flatten, tensor));
        Assert.Equal((2, 12, 1), (flat.Rows, flat.Columns, flat.Slices.Count));
        Assert.Equal(Enumerable.Range(0, 24).Select(k => (double)k), Elements(flat.Slices[0]));

        var sliced = Assert.Single(Table(null, ConvolutionMode.Slices, tensor));
        Assert.Equal((2, 3, 4), (sliced.Rows, sliced.Columns, sliced.Slices.Count));
        for (var position = 0; position < 4; position++)
        {
            Assert.Equal(Enumerable.Range(0, 6).Select(k => (4.0 * k) + position), Elements(sliced.Slices[position]));
            Assert.Equal($"[1, 2, {position / 2}, {position % 2}]", sliced.IndexText(position, 1, 2));
        }
    }

    /// <summary>[2 x 2, in 2, out 3]: one matrix k in by out, or four matrices in by out.</summary>
    [Fact]
    public void Convolutions_that_store_outputs_last()
    {
        var tensor = MemoryTensor.Counting("UPN1/kernel", 2, 2, 2, 3);
        var flat = Assert.Single(Table(null, ConvolutionMode.Flatten, tensor));
        Assert.Equal((8, 3), (flat.Rows, flat.Columns));
        Assert.Equal("[1, 0, 1, 2]", flat.IndexText(0, 5, 2));

        var sliced = Assert.Single(Table(null, ConvolutionMode.Slices, tensor));
        Assert.Equal((2, 3, 4), (sliced.Rows, sliced.Columns, sliced.Slices.Count));
        for (var position = 0; position < 4; position++)
        {
            Assert.Equal(Enumerable.Range(0, 6).Select(k => k + (6.0 * position)), Elements(sliced.Slices[position]));
        }
    }

    [Fact]
    public void The_convolution_mode_leaves_other_kinds_alone() =>
        Assert.Single(Assert.Single(Table(null, ConvolutionMode.Slices, MemoryTensor.Counting("layers.0.mlp.fc1.weight", 4, 5))).Slices);

    [Fact]
    public void Experts_are_a_row_each()
    {
        var table = Table(null, ConvolutionMode.Flatten, MemoryTensor.Counting("model.layers.2.mlp.experts.down_proj", 3, 2, 4));
        Assert.Equal(["model.layers.2.mlp.experts.down_proj:0", "model.layers.2.mlp.experts.down_proj:1", "model.layers.2.mlp.experts.down_proj:2"], table.Select(row => row.Name));
        Assert.All(table, row => Assert.Equal((2, 4, null), (row.Rows, row.Columns, row.PartOf)));
        Assert.Equal([16, 17, 18, 19, 20, 21, 22, 23], Elements(table[2].Slices[0]));
        Assert.Equal("[2, 1, 3]", table[2].IndexText(0, 1, 3));
    }

    /// <summary>A matrix stored column by column is handed to the solvers turned, and still counted in its own rows and columns.</summary>
    [Fact]
    public void Column_major_matrices_are_read_along_their_columns()
    {
        var tensor = new Tensor("layers.0.mlp.fc1.weight", DType.F32, [2, 3], [1, 2], MemoryTensor.F32("x", [6], 0, 1, 2, 3, 4, 5).Bytes, 0);
        var row = Assert.Single(Table(null, ConvolutionMode.Flatten, tensor));
        Assert.Equal((2, 3), (row.Rows, row.Columns));
        Assert.Equal((3, 2), (row.Slices[0].Rows, row.Slices[0].Columns));
        Assert.Equal([0, 1, 2, 3, 4, 5], Elements(row.Slices[0]));
        Assert.Equal("[1, 2]", row.IndexText(0, 2, 1));
    }

    [Fact]
    public void Every_tensor_has_a_row_and_rows_are_numbered()
    {
        var table = Table(
            "gpt2",
            ConvolutionMode.Flatten,
            MemoryTensor.Counting("transformer.h.0.ln_1.weight", 4),
            MemoryTensor.Counting("transformer.h.0.attn.c_attn.weight", 4, 12),
            new Tensor("packed.weight", DType.I8, [4, 4], new MemoryBytes(new byte[16]), 0),
            MemoryTensor.Counting("transformer.h.0.mlp.c_fc.weight", 4, 16));
        Assert.Equal(Enumerable.Range(0, 7), table.Select(row => row.Id));
        Assert.Equal([true, false, false, false, false, true, false], table.Select(row => row.SkipReason is not null));
        Assert.Equal((0, 0, 0), (table[5].Rows, table[5].Columns, table[5].Slices.Count));
    }

    [Fact]
    public void Every_element_of_a_tensor_is_in_its_matrices_once()
    {
        foreach (var (name, shape) in new (string, long[])[] { ("conv1.weight", [3, 2, 5, 4]), ("UPN1/kernel", [5, 4, 2, 3]), ("encoder.conv1.weight", [4, 3, 2]), ("stem.conv3d.weight", [2, 3, 2, 2, 3]) })
        {
            foreach (var mode in Enum.GetValues<ConvolutionMode>())
            {
                var tensor = MemoryTensor.Counting(name, shape);
                var row = Assert.Single(Table(null, mode, tensor));
                Assert.Equal(StoredValues.Of(tensor), row.Slices.SelectMany(Elements).Order());
            }
        }
    }

    private static IReadOnlyList<WeightMatrix> Table(string? architecture, ConvolutionMode mode, params Tensor[] tensors) =>
        WeightTable.Of(MemoryTensor.Model(architecture, tensors), new() { Convolutions = mode });

    private static double[] Elements(IMatrix matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.Read(0, 0, matrix.Rows, matrix.Columns, values, matrix.Columns);
        return values;
    }
}
