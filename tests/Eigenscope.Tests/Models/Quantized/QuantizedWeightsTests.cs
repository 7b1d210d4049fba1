using System.Runtime.InteropServices;
using System.Text;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Models.Quantized;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Quantized;

/// <summary>Weights that are packed by the definition of each scheme, and read back.</summary>
public sealed class QuantizedWeightsTests
{
    private const int Rows = 200;
    private const int Columns = 304;

    private static readonly Draws Draw = new(1);

    /// <summary>Shapes of scales, and what they are for: a tensor, rows, blocks of 128 of which the last are cut short, blocks that divide the matrix.</summary>
    public static TheoryData<long[], int, int, string> Scales => new()
    {
        { [], Rows, Columns, "F8_E4M3 with tensor scales" },
        { [1], Rows, Columns, "F8_E4M3 with tensor scales" },
        { [Rows], 1, Columns, "F8_E4M3 with row scales" },
        { [Rows, 1], 1, Columns, "F8_E4M3 with row scales" },
        { [2, 3], 128, 128, "F8_E4M3 with 128x128 scales" },
        { [4, 19], 50, 16, "F8_E4M3 with 50x16 scales" },
    };

    public static TheoryData<string, long[]> WrongScales => new()
    {
        { "weight_scale", [3, 3] },
        { "weight_scale_inv", [Rows, 2, 2] },
        { "weight_scale", [Columns] },
        { "weight_scale", [2, 0] },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Floats_times_their_scales(long[] shape, int rowBlock, int columnBlock, string name)
    {
        var bytes = Bytes(Rows * Columns, 0x77);
        var scales = Singles((int)shape.Aggregate(1L, (product, size) => product * size));
        var weight = Decoded(Plain("m.weight", DType.F8E4M3, [Rows, Columns], bytes), F32("m.weight_scale_inv", shape, scales));
        var plain = Values(Plain("w", DType.F8E4M3, [Rows, Columns], bytes));
        var across = (Columns + columnBlock - 1) / columnBlock;
        Assert.Equal(name, weight.TypeName);
        Assert.Equal([.. plain.Select((x, k) => (double)((float)x * scales[(k / Columns / rowBlock * across) + (k % Columns / columnBlock)]))], Values(weight));
    }

    /// <summary>A scale may be a power of two, and stacked experts have a table each.</summary>
    [Fact]
    public void Stacked_floats_with_power_of_two_scales()
    {
        var bytes = Bytes(2 * 128 * 256, 0x77);
        var weight = Decoded(Plain("experts.gate_up_proj", DType.F8E4M3, [2, 128, 256], bytes), Plain("experts.gate_up_proj_scale_inv", DType.F8E8M0, [2, 1, 2], [127, 128, 126, 130]));
        var plain = Values(Plain("w", DType.F8E4M3, [2, 128, 256], bytes));
        double[] scales = [1, 2, 0.5, 8];
        Assert.Equal([.. plain.Select((x, k) => x * scales[(k / (128 * 256) * 2) + (k % 256 / 128)])], Values(weight));
    }

    [Theory]
    [MemberData(nameof(WrongScales))]
    public void Scales_that_do_not_fit_are_refused(string companion, long[] shape)
    {
        var weight = Decoded(Plain("m.weight", DType.F8E5M2, [Rows, Columns], Bytes(Rows * Columns, 0x77)), F32($"m.{companion}", shape, Singles((int)shape.Aggregate(1L, (product, size) => product * size))));
        Assert.Contains($"its scales 'm.{companion}'", weight.Quantization!.Refusal, StringComparison.Ordinal);
        Assert.Equal(ModelFault.Unsupported, Assert.Throws<ModelFormatException>(() => Values(weight)).Fault);
    }

    [Fact]
    public void Floats_without_scales_are_themselves()
    {
        var tensor = Plain("m.weight", DType.F8E4M3, [2, 2], [1, 2, 3, 4]);
        Assert.Same(tensor, Decoded(tensor));
    }

    /// <summary>bitsandbytes' integers, w = q SCB / 127, and those with a scale a row.</summary>
    [Theory]
    [InlineData("SCB", "LLM.int8", 7.874015718698502e-3f)]
    [InlineData("weight_scale", "I8 with row scales", 1)]
    public void Rows_of_integers(string companion, string name, float unit)
    {
        var (bytes, scales) = (Bytes(Rows * Columns, 0xFF), Singles(Rows));
        var weight = Decoded(Plain("m.weight", DType.I8, [Rows, Columns], bytes), F32($"m.{companion}", [Rows], scales));
        Assert.Equal(name, weight.TypeName);
        Assert.Equal([.. bytes.Select((q, k) => (double)((sbyte)q * scales[k / Columns] * unit))], Values(weight));
    }

    /// <summary>ONNX Runtime: a zero point and a scale for the tensor, for each row of a convolution's kernel, for each column of a product's matrix.</summary>
    [Theory]
    [InlineData(DType.U8, 1, false, "U8 with tensor scales")]
    [InlineData(DType.I8, 5, false, "I8 with channel scales")]
    [InlineData(DType.U8, 7, true, "U8 with channel scales")]
    public void Integers_with_zero_points(DType type, int channels, bool isLast, string name)
    {
        var (bytes, zeros, scales) = (Bytes(5 * 6 * 7, 0xFF), Bytes(channels, 0xFF), Singles(channels));
        var packed = new Tensor("onnx::Conv_7_quantized", type, [5, 6, 7], new MemoryBytes(bytes), 0) { Use = new(WeightOperation.Product, isLast ? Orientation.InOut : Orientation.OutIn) };
        var weight = Decoded(packed, F32("onnx::Conv_7_scale", channels == 1 ? [] : [channels], scales), Plain("onnx::Conv_7_zero_point", type, channels == 1 ? [] : [channels], zeros));
        Assert.Equal(("onnx::Conv_7", name, packed.Use), (weight.Name, weight.TypeName, weight.Use));
        double[] expected = [.. bytes.Select((q, k) => (double)((Integer(q) - Integer(zeros[Channel(k)])) * scales[Channel(k)]))];
        Assert.Equal(expected, Values(weight));
        Assert.Equal(expected[31..170], Values(weight, 31, 139));

        int Integer(byte q) => type == DType.I8 ? (sbyte)q : q;
        int Channel(int k) => channels == 1 ? 0 : isLast ? k % 7 : k / 42;
    }

    [Fact]
    public void Zero_points_that_do_not_fit_are_refused_and_without_any_integers_are_themselves()
    {
        var (packed, scale) = (Plain("w_quantized", DType.U8, [5, 6], Bytes(30, 0xFF)), F32("w_scale", [4], Singles(4)));
        Assert.Contains("its scales 'w_scale'", Decoded(packed, scale, Plain("w_zero_point", DType.U8, [4], new byte[4])).Quantization!.Refusal, StringComparison.Ordinal);
        Assert.Contains("its scales 'w_scale'", Decoded(packed, F32("w_scale", [], [1]), Plain("w_zero_point", DType.I8, [], [0])).Quantization!.Refusal, StringComparison.Ordinal);
        Assert.Same(packed, Decoded(packed, scale));
    }

    /// <summary>GPTQ: eight (or four, or sixteen) inputs to a word, zero points one too small but in the second format.</summary>
    [Theory]
    [InlineData(4, false, null)]
    [InlineData(4, true, null)]
    [InlineData(4, false, "gptq_v2")]
    [InlineData(8, false, "gptq")]
    [InlineData(2, true, "gptq_v2")]
    public void Gptq(int bits, bool shuffled, string? format)
    {
        const int Inputs = 64;
        const int Outputs = 48;
        const int Groups = 4;
        var (q, z, s) = (Integers(Inputs * Outputs, bits), Integers(Groups * Outputs, bits), Singles(Groups * Outputs));
        int[] groups = [.. Enumerable.Range(0, Inputs).Select(i => shuffled ? i * 7 % Groups : i / (Inputs / Groups))];
        Tensor[] tensors =
        [
            Words("m.qweight", [Inputs * bits / 32, Outputs], PackDown(q, Outputs, bits)),
            Words("m.qzeros", [Groups, Outputs * bits / 32], PackAcross(z, Outputs, bits, [.. Enumerable.Range(0, 32 / bits)])),
            F32("m.scales", [Groups, Outputs], s),
            Words("m.g_idx", [Inputs], [.. groups.Select(group => (uint)group)]),
        ];
        var weight = QuantizedWeights.Of(shuffled ? tensors : tensors[..3], format)[0];
        Assert.Equal(("m.weight", $"GPTQ int{bits}"), (weight.Name, weight.TypeName));
        Assert.Equal([Inputs, Outputs], weight.Shape);
        Assert.Equal([.. q.Select((value, k) => (double)((value - z[At(k)] - (format == "gptq_v2" ? 0 : 1)) * s[At(k)]))], Values(weight));

        int At(int k) => (groups[k / Outputs] * Outputs) + (k % Outputs);
    }

    /// <summary>AWQ: eight outputs to a word, in the order 0, 2, 4, 6, 1, 3, 5, 7.</summary>
    [Fact]
    public void Awq()
    {
        const int Inputs = 64;
        const int Outputs = 48;
        const int Groups = 2;
        int[] order = [0, 2, 4, 6, 1, 3, 5, 7];
        var (q, z, s) = (Integers(Inputs * Outputs, 4), Integers(Groups * Outputs, 4), Singles(Groups * Outputs));
        var weight = Decoded(
            Words("m.qweight", [Inputs, Outputs / 8], PackAcross(q, Outputs, 4, order)),
            Words("m.qzeros", [Groups, Outputs / 8], PackAcross(z, Outputs, 4, order)),
            F32("m.scales", [Groups, Outputs], s));
        Assert.Equal(("m.weight", "AWQ int4"), (weight.Name, weight.TypeName));
        Assert.Equal([.. q.Select((value, k) => (double)((value - z[At(k)]) * s[At(k)]))], Values(weight));

        int At(int k) => (k / Outputs / (Inputs / Groups) * Outputs) + (k % Outputs);
    }

    [Fact]
    public void Packed_integers_of_no_known_layout_are_refused()
    {
        var words = Words("m.qweight", [8, 48], new uint[8 * 48]);
        Assert.Contains("neither GPTQ's nor AWQ's", Decoded(words).Quantization!.Refusal, StringComparison.Ordinal);
        Assert.Contains("neither GPTQ's nor AWQ's", Decoded(words, Words("m.qzeros", [4, 5], new uint[20]), F32("m.scales", [4, 48], Singles(192))).Quantization!.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_not_there_is_an_error()
    {
        var weight = Decoded(
            Words("m.qweight", [1, 8], new uint[8]),
            Words("m.qzeros", [1, 1], [0]),
            F32("m.scales", [1, 8], Singles(8)),
            Words("m.g_idx", [8], [0, 0, 0, 0, 0, 9, 0, 0]));
        Assert.Equal(ModelFault.Inconsistent, Assert.Throws<ModelFormatException>(() => Values(weight)).Fault);
    }

    /// <summary>MXFP4 as gpt-oss stores it: 32 floats to a power of two.</summary>
    [Fact]
    public void Microscaled_floats()
    {
        var (bytes, exponents) = (Bytes(2 * 3 * 5 * 16, 0xFF), Bytes(2 * 3 * 5, 0x7F));
        var weight = Decoded(Plain("experts.down_proj_blocks", DType.U8, [2, 3, 5, 16], bytes), Plain("experts.down_proj_scales", DType.U8, [2, 3, 5], exponents));
        Assert.Equal(("experts.down_proj", "MXFP4"), (weight.Name, weight.TypeName));
        Assert.Equal([2, 3, 160], weight.Shape);
        Assert.Equal([.. Enumerable.Range(0, 2 * 3 * 160).Select(k => E2M1((bytes[k / 2] >> (k % 2 * 4)) & 15) * Math.Pow(2, exponents[k / 32] - 127))], Values(weight));
    }

    /// <summary>NVFP4: 16 floats to an 8-bit float, and one scale for all.</summary>
    [Fact]
    public void Doubly_scaled_floats()
    {
        var (bytes, scales) = (Bytes(6 * 32, 0xFF), Bytes(6 * 4, 0x77));
        Tensor[] tensors = [Plain("m.weight", DType.U8, [6, 32], bytes), Plain("m.weight_scale", DType.F8E4M3, [6, 4], scales), F32("m.weight_scale_2", [], [0.125f])];
        var factors = Values(tensors[1]);
        var weight = Decoded(tensors);
        Assert.Equal("NVFP4", weight.TypeName);
        Assert.Equal([6, 64], weight.Shape);
        Assert.Equal([.. Enumerable.Range(0, 6 * 64).Select(k => E2M1((bytes[k / 2] >> (k % 2 * 4)) & 15) * factors[k / 16] * 0.125)], Values(weight));
        Assert.Contains("do not fit", Decoded(tensors[0], F32("m.weight_scale_2", [], [1])).Quantization!.Refusal, StringComparison.Ordinal);
    }

    /// <summary>bitsandbytes' 4-bit codes, with magnitudes as they are and as codes of 8 bits.</summary>
    [Theory]
    [InlineData("nf4", false)]
    [InlineData("fp4", true)]
    public void Four_bit_codes(string type, bool nested)
    {
        const int Count = 30 * 37;
        const int Block = 64;
        const int Outer = 4;
        var (codes, numbers, blocks) = (Integers(Count + 2, 4), Singles(16), ((Count + 2) + Block - 1) / Block);
        byte[] bytes = [.. Enumerable.Range(0, (Count + 1) / 2).Select(k => (byte)((codes[2 * k] << 4) | codes[(2 * k) + 1]))];
        var (stored, table, outer) = (Bytes(blocks, 0xFF), Singles(256), Singles((blocks + Outer - 1) / Outer));
        float[] magnitudes = nested ? [.. stored.Select((code, b) => (table[code] * outer[b / Outer]) + 0.25f)] : Singles(blocks);
        var state = $$"""{"quant_type": "{{type}}", "blocksize": 64, "dtype": "bfloat16", "shape": [30, 37]{{(nested ? ", \"nested_blocksize\": 4, \"nested_dtype\": \"float32\", \"nested_offset\": 0.25" : "")}}}""";
        List<Tensor> tensors =
        [
            Plain("m.weight", DType.U8, [bytes.Length, 1], bytes),
            F32("m.weight.quant_map", [16], numbers),
            Plain($"m.weight.quant_state.bitsandbytes__{type}", DType.U8, [state.Length], Encoding.UTF8.GetBytes(state)),
            nested ? Plain("m.weight.absmax", DType.U8, [blocks], stored) : F32("m.weight.absmax", [blocks], magnitudes),
        ];
        tensors.AddRange(nested ? [F32("m.weight.nested_quant_map", [256], table), F32("m.weight.nested_absmax", [outer.Length], outer)] : []);
        var weight = QuantizedWeights.Of(tensors, null)[0];
        Assert.Equal(type.ToUpperInvariant(), weight.TypeName);
        Assert.Equal([30, 37], weight.Shape);
        Assert.Equal([.. codes.Take(Count).Select((code, k) => (double)(numbers[code] * magnitudes[k / Block]))], Values(weight));
        Assert.Equal(Values(weight)[101..307], Values(weight, 101, 206));
        Assert.Contains("incomplete", QuantizedWeights.Of([.. tensors.Where(tensor => tensor.Name != "m.weight.absmax")], null)[0].Quantization!.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"quant_type": "nf4", "blocksize": 0, "shape": [2, 2]}""")]
    [InlineData("""{"quant_type": "nf4", "blocksize": 64, "shape": [2, -2]}""")]
    [InlineData("""{"quant_type": "nf4", "blocksize": 64, "shape": [9223372036854775807, 9223372036854775807]}""")]
    [InlineData("""{"quant_type": "int3", "blocksize": 64, "shape": [2, 2]}""")]
    [InlineData("""{"quant_type": "nf4", "blocksize": 64, "shape": [2, "2"]}""")]
    [InlineData("""{"quant_type": "nf4", "blocksize": 1e99, "shape": [2, 2]}""")]
    [InlineData("""[]""")]
    public void A_broken_state_is_refused(string state)
    {
        var weight = Decoded(
            Plain("m.weight", DType.U8, [2, 1], [1, 2]),
            Plain("m.weight.quant_state.bitsandbytes__nf4", DType.U8, [state.Length], Encoding.UTF8.GetBytes(state)),
            F32("m.weight.quant_map", [16], Singles(16)),
            F32("m.weight.absmax", [1], [1]));
        Assert.NotNull(weight.Quantization!.Refusal);
    }

    /// <summary>A sign, two bits of exponent with bias 1 and one of mantissa.</summary>
    private static double E2M1(int code)
    {
        var (exponent, mantissa) = ((code >> 1) & 3, code & 1);
        var magnitude = exponent == 0 ? mantissa * 0.5 : Math.Pow(2, exponent - 1) * (1 + (mantissa * 0.5));
        return code >= 8 ? -magnitude : magnitude;
    }

    private static Tensor Decoded(params Tensor[] tensors) => QuantizedWeights.Of(tensors, null)[0];

    private static double[] Values(Tensor tensor) => Values(tensor, 0, (int)tensor.Count);

    private static double[] Values(Tensor tensor, int first, int count)
    {
        var values = new double[count];
        tensor.Read(first, values);
        return values;
    }

    private static Tensor Plain(string name, DType type, long[] shape, byte[] bytes) => new(name, type, shape, new MemoryBytes(bytes), 0);

    private static Tensor F32(string name, long[] shape, float[] values) => Plain(name, DType.F32, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    private static Tensor Words(string name, long[] shape, uint[] values) => Plain(name, DType.I32, shape, MemoryMarshal.AsBytes<uint>(values).ToArray());

    private static byte[] Bytes(int count, int mask) => [.. Enumerable.Range(0, count).Select(_ => (byte)(Draw.Below(256) & mask))];

    private static float[] Singles(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)Draw.Normal())];

    private static int[] Integers(int count, int bits) => [.. Enumerable.Range(0, count).Select(_ => Draw.Below(1 << bits))];

    private static uint[] PackDown(int[] values, int columns, int bits)
    {
        var words = new uint[values.Length * bits / 32];
        for (var k = 0; k < values.Length; k++)
        {
            words[(k / columns / (32 / bits) * columns) + (k % columns)] |= (uint)values[k] << (k / columns % (32 / bits) * bits);
        }

        return words;
    }

    private static uint[] PackAcross(int[] values, int columns, int bits, int[] order)
    {
        var (words, per) = (new uint[values.Length * bits / 32], 32 / bits);
        for (var word = 0; word < words.Length; word++)
        {
            var (row, column) = (word / (columns / per), word % (columns / per) * per);
            for (var i = 0; i < per; i++)
            {
                words[word] |= (uint)values[(row * columns) + column + order[i]] << (i * bits);
            }
        }

        return words;
    }
}
