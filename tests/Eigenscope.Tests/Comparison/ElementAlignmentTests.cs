using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Comparison;

/// <summary>The same weights in the orders of several formats come out as identical.</summary>
public sealed class ElementAlignmentTests
{
    private const int Heads = 4;
    private const int Width = 8;

    [Theory]
    [InlineData(12, 20)]
    [InlineData(20, 12)]
    [InlineData(16, 16)]
    public void A_transposed_layer_is_the_same(int outputs, int inputs)
    {
        var values = ComparedModels.Normals(3, outputs * inputs);
        float[] turned = [.. Enumerable.Range(0, values.Length).Select(k => values[(k % outputs * inputs) + (k / outputs)])];
        var pair = ComparedModels.Compare(
            MemoryTensor.Model(null, MemoryTensor.F32("fc1.weight", [outputs, inputs], values)),
            MemoryTensor.Model(null, MemoryTensor.F32("fc1.kernel", [inputs, outputs], turned))).Pair("fc1.weight");
        Assert.Equal(("transposed", ChangeKind.Identical), (pair.Order, pair.Verdict.Kind));
        Assert.Equal(1, pair.Subspaces!.Left.Spaces.Overlap, 1e-9);
    }

    /// <summary>PyTorch has a kernel [out, in, height, width], TensorFlow [height, width, in, out].</summary>
    [Fact]
    public void A_convolution_of_another_format_is_the_same()
    {
        const int Outputs = 6, Inputs = 5, Side = 3;
        var values = ComparedModels.Normals(4, Outputs * Inputs * Side * Side);
        var other = new float[values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            var (output, input, place) = (k / (Inputs * Side * Side), k / (Side * Side) % Inputs, k % (Side * Side));
            other[(((place * Inputs) + input) * Outputs) + output] = values[k];
        }

        Model torch = MemoryTensor.Model(null, MemoryTensor.F32("conv1.weight", [Outputs, Inputs, Side, Side], values)), keras = MemoryTensor.Model(null, MemoryTensor.F32("conv1.kernel", [Side, Side, Inputs, Outputs], other));
        Assert.Equal(ChangeKind.Identical, ComparedModels.Compare(torch, keras).Pair("conv1.weight").Verdict.Kind);
        Assert.Equal(ChangeKind.Identical, ComparedModels.Compare(keras, torch).Pair("conv1.kernel").Verdict.Kind);
    }

    [Theory]
    [InlineData("self_attn.q_proj", "attn_q")]
    [InlineData("self_attn.k_proj", "attn_k")]
    public void The_rotary_order_of_GGUF_is_the_same(string name, string inGguf)
    {
        const int Outputs = Heads * Width, Inputs = 48;
        var values = ComparedModels.Normals(5, Outputs * Inputs);
        var paired = new float[values.Length];
        for (var output = 0; output < Outputs; output++)
        {
            var (head, within) = Math.DivRem(output, Width);
            var to = (head * Width) + (within % (Width / 2) * 2) + (within / (Width / 2));
            values.AsSpan(output * Inputs, Inputs).CopyTo(paired.AsSpan(to * Inputs));
        }

        var traits = new ModelTraits("llama", new AttentionHeads(Heads, Heads));
        var usual = MemoryTensor.Described(traits, MemoryTensor.F32($"model.layers.0.{name}.weight", [Outputs, Inputs], values));
        Tensor tensor = MemoryTensor.F32($"blk.0.{inGguf}.weight", [Outputs, Inputs], paired);
        var gguf = new Model("memory", "gguf", traits, [tensor.Bytes], [tensor]);
        var pair = ComparedModels.Compare(usual, gguf).Pair($"model.layers.0.{name}.weight");
        Assert.Equal(("the outputs of its heads in the other rotary order", ChangeKind.Identical), (pair.Order, pair.Verdict.Kind));
        Assert.Equal(1, pair.Subspaces!.Left.BestMatch, 1e-9);
        Assert.Equal(ChangeKind.Identical, ComparedModels.Compare(gguf, usual).Pair($"blk.0.{inGguf}.weight").Verdict.Kind);
    }

    [Fact]
    public void Different_shapes_are_said_and_spectra_are_still_compared()
    {
        var pair = ComparedModels.Compare(MemoryTensor.Model(null, ComparedModels.Matrix("fc1.weight", 1, 12, 20)), MemoryTensor.Model(null, ComparedModels.Matrix("fc1.weight", 2, 12, 24))).Pair("fc1.weight");
        Assert.Equal((ChangeKind.NotComparable, "the shapes differ: 12x20 and 12x24"), (pair.Verdict.Kind, pair.Verdict.Reason));
        Assert.Null(pair.Weights);
        Assert.NotNull(pair.ScaleFree);
    }
}
