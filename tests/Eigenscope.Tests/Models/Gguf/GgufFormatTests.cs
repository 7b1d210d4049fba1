using Eigenscope.Models;
using Eigenscope.Models.Gguf;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Gguf;

public sealed class GgufFormatTests
{
    private static readonly GgufFormat Format = new();

    /// <summary>Files that are refused: the kind of fault, and what the message must say.</summary>
    private static readonly Dictionary<string, (byte[] File, ModelFault Fault, string Says)> Bad = new(StringComparer.Ordinal)
    {
        ["another magic"] = ("GGML\u0003\0\0\0"u8.ToArray(), ModelFault.BadHeader, "does not begin with 'GGUF'"),
        ["nothing after the magic"] = ("GGUF"u8.ToArray(), ModelFault.Truncated, "the file holds 4 bytes, and 4 are wanted at 4"),
        ["version 0"] = (new GgufBytes { Version = 0 }.ToArray(), ModelFault.Unsupported, "GGUF version 0; versions 2 and 3 are read"),
        ["version 1"] = (new GgufBytes { Version = 1 }.ToArray(), ModelFault.Unsupported, "GGUF version 1, which no tool writes any more"),
        ["version 4"] = (new GgufBytes { Version = 4 }.ToArray(), ModelFault.Unsupported, "GGUF version 4; versions 2 and 3 are read"),
        ["big-endian"] = (new GgufBytes { Version = 0x03000000 }.ToArray(), ModelFault.Unsupported, "a big-endian GGUF file"),
        ["more tensors than bytes"] = (new GgufBytes { TensorCount = 1UL << 63 }.ToArray(), ModelFault.Truncated, "9223372036854775808 tensors are announced"),
        ["more tensors than listed"] = (new GgufBytes { TensorCount = 2 }.Singles("a", 2, 8).ToArray(), ModelFault.Inconsistent, "a tensor without a name"),
        ["too many tensors"] = (ManyTensors(), ModelFault.TooLarge, "at most 262144 are read"),
        ["more keys than bytes"] = (new GgufBytes { KeyCount = ulong.MaxValue }.ToArray(), ModelFault.Truncated, "18446744073709551615 metadata keys are announced"),
        ["an empty key"] = (new GgufBytes().Key("", 1u).ToArray(), ModelFault.Inconsistent, "an empty metadata key"),
        ["a key twice"] = (new GgufBytes().Key("a", 1u).Key("a", "b").ToArray(), ModelFault.Inconsistent, "the metadata key 'a' occurs twice"),
        ["a key that is no UTF-8"] = (Replaced(new GgufBytes().Key("kkkk", 1u), "kkkk"u8, [0xC3, 0x28, 0xC3, 0x28]), ModelFault.BadHeader, "a metadata key is not valid UTF-8"),
        ["a key past the end"] = (Replaced(new GgufBytes().Key("kkkk", 1u), [4, 0, 0, 0, 0, 0, 0, 0, (byte)'k'], [255, 255, 255, 255, 255, 255, 255, 127, (byte)'k']), ModelFault.Truncated, "9223372036854775807 bytes of a metadata key are announced"),
        ["a key too long"] = (new GgufBytes().Key(new string('k', 70_000), 1u).ToArray(), ModelFault.TooLarge, "70000 bytes of a metadata key, at most 65536 are read"),
        ["an unknown value type"] = (new GgufBytes().Key("a", (GgufValueType)13, 0).ToArray(), ModelFault.BadHeader, "the metadata key 'a' has the type 13, and 0 to 12 are known"),
        ["an unknown element type"] = (new GgufBytes().Array("a", (GgufValueType)99, 1, 0).ToArray(), ModelFault.BadHeader, "has the type 99"),
        ["an array of arrays"] = (new GgufBytes().Array("a", GgufValueType.Array, 1, new byte[12]).ToArray(), ModelFault.Unsupported, "holds an array of arrays"),
        ["an array past the end"] = (new GgufBytes().Array("a", GgufValueType.UInt64, 1UL << 61, 0).ToArray(), ModelFault.Truncated, "2305843009213693952 array elements are announced"),
        ["texts past the end"] = (new GgufBytes().Array("a", GgufValueType.String, 1UL << 29).ToArray(), ModelFault.Truncated, "536870912 texts are announced"),
        ["a text in an array past the end"] = (new GgufBytes().Array("a", GgufValueType.String, 1, BitConverter.GetBytes(1UL << 62)).ToArray(), ModelFault.Truncated, "4611686018427387904 bytes of text"),
        ["a value past the end"] = (new GgufBytes().Key("a", GgufValueType.String, BitConverter.GetBytes(1000UL)).ToArray(), ModelFault.Truncated, "1000 bytes of text are announced"),
        ["alignment 0"] = (new GgufBytes().Key("general.alignment", 0u).ToArray(), ModelFault.Inconsistent, "general.alignment is 0, and a power of two is wanted"),
        ["alignment 24"] = (new GgufBytes().Key("general.alignment", 24u).ToArray(), ModelFault.Inconsistent, "general.alignment is 24, and a power of two"),
        ["an alignment of another type"] = (new GgufBytes().Key("general.alignment", GgufValueType.UInt64, new byte[8]).ToArray(), ModelFault.Inconsistent, "general.alignment is not a u32"),
        ["another alignment than stated"] = (new GgufBytes().Key("general.alignment", 64u).Singles("a", 1, 8).Singles("b", 1, 8).ToArray(), ModelFault.Inconsistent, "tensor 'b' begins at data byte 32, and the one before it ends, padded, at 64"),
        ["an architecture that is a number"] = (new GgufBytes().Key("general.architecture", 1u).ToArray(), ModelFault.Inconsistent, "general.architecture is not a text"),
        ["a tensor without a name"] = (new GgufBytes().Singles("", 2, 8).ToArray(), ModelFault.Inconsistent, "a tensor without a name"),
        ["two tensors of one name"] = (new GgufBytes().Singles("a", 2, 8).Singles("a", 2, 8).ToArray(), ModelFault.Inconsistent, "there are two tensors 'a'"),
        ["five axes"] = (new GgufBytes().Tensor("a", 0, [1, 1, 1, 1, 8], new byte[32]).ToArray(), ModelFault.Inconsistent, "tensor 'a' has 5 axes, and GGUF allows 4"),
        ["a negative axis"] = (new GgufBytes().Tensor("a", 0, [ulong.MaxValue, 1], new byte[32]).ToArray(), ModelFault.TooLarge, "tensor 'a' has an axis of 18446744073709551615"),
        ["axes that overflow"] = (new GgufBytes().Tensor("a", 0, [1UL << 32, 1UL << 32], new byte[32]).ToArray(), ModelFault.TooLarge, "more elements than any file holds"),
        ["an unknown type"] = (new GgufBytes().Tensor("a", 43, [8], new byte[32]).ToArray(), ModelFault.Unsupported, "tensor 'a' is of the unknown ggml type 43"),
        ["a row that is no whole number of blocks"] = (new GgufBytes().Tensor("a", 2, [33, 32], new byte[64]).ToArray(), ModelFault.Inconsistent, "tensor 'a' has rows of 33 elements, and Q4_0 packs 32 together"),
        ["offsets that leave a hole"] = (new GgufBytes { OffsetError = 32 }.Singles("a", 2, 8).ToArray(), ModelFault.Inconsistent, "tensor 'a' begins at data byte 32"),
        ["offsets that overlap"] = (Replaced(new GgufBytes().Singles("a", 1, 8).Singles("b", 1, 8), [0, 0, 0, 0, 32, 0, 0, 0], new byte[8]), ModelFault.Inconsistent, "tensor 'b' begins at data byte 0, and the one before it ends, padded, at 32"),
        ["data cut short"] = (new GgufBytes().Singles("a", 2, 8).ToArray()[..^1], ModelFault.Truncated, "tensor 'a' (F32 2x8) needs 64 bytes"),
        ["quantised data cut short"] = (new GgufBytes().Tensor("a", 12, [256, 1], new byte[143]).ToArray()[..^17], ModelFault.Truncated, "tensor 'a' (Q4_K 1x256) needs 144 bytes"),
        ["a part alone"] = (new GgufBytes().Part(0, 2, 1).Singles("a", 2, 8).ToArray(), ModelFault.Missing, "part 1 of 2, and the other parts are not at hand"),
        ["a part beyond the count"] = (new GgufBytes().Part(2, 2, 1).Singles("a", 2, 8).ToArray(), ModelFault.Inconsistent, "split.no is 2 and split.count 2"),
        ["a part without a number"] = (new GgufBytes().Key("split.count", (ushort)2).ToArray(), ModelFault.Inconsistent, "split.no is missing and split.count 2"),
        ["a negative count of tensors"] = (new GgufBytes().Part(0, 2, -1).ToArray(), ModelFault.Inconsistent, "split.tensors.count is -1"),
        ["a part of the wrong type"] = (new GgufBytes().Key("split.no", "1").ToArray(), ModelFault.Inconsistent, "split.no is not an integer"),
    };

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Refuses(string name)
    {
        var (file, fault, says) = Bad[name];
        var error = Assert.Throws<ModelFormatException>(() => Read(file));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal((fault, "model.gguf"), (error.Fault, error.File));
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Axes_are_turned_round_so_that_the_fastest_is_the_last()
    {
        var tensors = Read(new GgufBytes { Version = 2 }
            .Singles("blk.0.attn_q.weight", 2, 3)
            .Tensor("scalar", 28, [], BitConverter.GetBytes(0.1))
            .Tensor("four", 1, [1, 2, 3, 4], new byte[48])
            .Tensor("none", 0, [0, 5]).ToArray());
        Assert.Equal(["2x3", "scalar", "4x3x2x1", "5x0"], tensors.Select(tensor => tensor.ShapeText));
        Assert.Equal([0, 1, 2, 3, 4, 5], StoredValues.Of(tensors[0]));
        Assert.Equal([0.1], StoredValues.Of(tensors[1]));
    }

    [Theory]
    [InlineData(0, DType.F32, 32)]
    [InlineData(1, DType.F16, 16)]
    [InlineData(24, DType.I8, 8)]
    [InlineData(25, DType.I16, 16)]
    [InlineData(26, DType.I32, 32)]
    [InlineData(27, DType.I64, 64)]
    [InlineData(28, DType.F64, 64)]
    [InlineData(30, DType.BF16, 16)]
    public void Plain_types_are_read_as_they_are_stored(int id, DType type, int bits)
    {
        var tensor = Assert.Single(Read(new GgufBytes().Tensor("a", (uint)id, [3], new byte[3 * bits / 8]).ToArray()));
        Assert.Equal((type, null, 3 * bits / 8), (tensor.Type, tensor.Quantization, tensor.ByteCount));
    }

    [Fact]
    public void Metadata_of_every_type_is_passed_over()
    {
        var file = new GgufBytes();
        foreach (var (type, size) in new[] { (0, 1), (1, 1), (2, 2), (3, 2), (4, 4), (5, 4), (6, 4), (7, 1), (10, 8), (11, 8), (12, 8) })
        {
            file.Key($"one.{type}", (GgufValueType)type, new byte[size]).Array($"many.{type}", (GgufValueType)type, 3, new byte[3 * size]).Array($"no.{type}", (GgufValueType)type, 0);
        }

        file.Key("text", "\u00e4").Array("texts", GgufValueType.String, 2, [.. GgufBytes.Text("a"), .. GgufBytes.Text("")]).Key("split.count", (ushort)1);
        Assert.Equal("a", Assert.Single(Read(file.Singles("a", 2, 2).ToArray())).Name);
    }

    /// <summary>More metadata than the reader holds at a time, with texts across the seams.</summary>
    [Fact]
    public void Long_metadata_is_passed_over()
    {
        var texts = Enumerable.Range(0, 40_000).SelectMany(k => GgufBytes.Text(new string('x', k % 7))).ToArray();
        var file = new GgufBytes().Array("tokenizer.ggml.tokens", GgufValueType.String, 40_000, texts).Key("long", new string('y', 200_000)).Singles("a", 2, 2);
        Assert.Equal([0, 1, 2, 3], StoredValues.Of(Assert.Single(Read(file.ToArray()))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(4096)]
    public void Any_power_of_two_is_an_alignment(int alignment)
    {
        var file = new GgufBytes { Alignment = alignment }.Key("general.alignment", (uint)alignment).Tensor("a", 24, [5], 1, 2, 3, 4, 5).Tensor("b", 24, [2], 6, 7);
        Assert.Equal([6, 7], StoredValues.Of(Read(file.ToArray())[1]));
    }

    [Fact]
    public void The_last_tensor_needs_no_padding() =>
        Assert.Equal([0, 1], StoredValues.Of(Assert.Single(Read(new GgufBytes().Singles("a", 1, 2).ToArray()[..^24]))));

    [Fact]
    public void Refuses_every_truncation()
    {
        var whole = new GgufBytes().Key("general.architecture", "llama").Array("t", GgufValueType.String, 1, GgufBytes.Text("a")).Singles("a", 2, 4).Tensor("b", 8, [32], new byte[34]).ToArray();
        for (var length = 0; length < whole.Length - 30; length++)
        {
            Assert.Equal(ModelFault.Truncated, Assert.Throws<ModelFormatException>(() => Read(whole[..length])).Fault);
        }

        Assert.Equal(2, Read(whole[..^30]).Count);
    }

    [Fact]
    public void A_file_with_types_that_are_not_decoded_is_listed()
    {
        var tensors = Read(new GgufBytes().Tensor("a.weight", 17, [256, 2], new byte[148]).Tensor("b.weight", 35, [256, 2], new byte[132]).Singles("c.weight", 2, 3).ToArray());
        using var model = new Model("m", "gguf", new ModelTraits(null), [], tensors);
        var rows = WeightTable.Of(model);
        Assert.Equal(["IQ2_XS", "TQ2_0", "F32"], tensors.Select(tensor => tensor.TypeName));
        Assert.StartsWith("IQ2_XS, a codebook type, is not decoded: quantise", rows[0].SkipReason, StringComparison.Ordinal);
        Assert.StartsWith("TQ2_0, a binary or ternary type, is not decoded", rows[1].SkipReason, StringComparison.Ordinal);
        Assert.Null(rows[2].SkipReason);
    }

    [Fact]
    public void Quantised_rows_are_those_of_the_matrix()
    {
        byte[] block = [0, 0x3C, .. Enumerable.Range(0, 32).Select(k => (byte)k)];
        var tensors = Read(new GgufBytes().Tensor("blk.0.ffn_up.weight", 8, [32, 2], [.. block, 0, 0x40, .. block[2..]]).ToArray());
        using var model = new Model("m", "gguf", new ModelTraits(null), [], tensors);
        var matrix = Assert.Single(Assert.Single(WeightTable.Of(model)).Slices);
        var values = new double[64];
        matrix.Read(0, 0, 2, 32, values, 32);
        Assert.Equal((2, 32), (matrix.Rows, matrix.Columns));
        Assert.Equal(Enumerable.Range(0, 64).Select(k => k < 32 ? k : 2.0 * (k - 32)), values);
    }

    [Fact]
    public void Is_recognised_by_its_first_four_bytes()
    {
        Assert.True(Format.Matches("GGUF"u8));
        Assert.False(Format.Matches("GGU"u8));
        Assert.False(Format.Matches("FUGG\0\0\0\u0003"u8));
    }

    private static IReadOnlyList<Tensor> Read(byte[] bytes) => Format.Read(new MemoryBytes(bytes, "model.gguf"));

    private static byte[] ManyTensors() => [.. new GgufBytes { TensorCount = (1 << 18) + 1 }.ToArray(), .. new byte[25 * ((1 << 18) + 1)]];

    private static byte[] Replaced(GgufBytes file, ReadOnlySpan<byte> what, ReadOnlySpan<byte> by)
    {
        var bytes = file.ToArray();
        by.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(what)));
        return bytes;
    }
}
