using System.Text.Json;
using Eigenscope.Models;
using Eigenscope.Models.Gguf;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Gguf;

/// <summary>Every decoded type against what ggml itself made of the same bytes.</summary>
public sealed class GgmlQuantizationTests
{
    public static TheoryData<string> Decoded => [.. GgmlTypes.All.Where(type => type.Quantization is { Refusal: null }).Select(type => type.Name)];

    public static TheoryData<string> Listed => [.. GgmlTypes.All.Where(type => type.Quantization is { Refusal: not null }).Select(type => type.Name)];

    [Fact]
    public void All_types_of_a_formula_are_decoded() =>
        Assert.Equal(
            ["IQ4_NL", "IQ4_XS", "MXFP4", "NVFP4", "Q2_K", "Q3_K", "Q4_0", "Q4_1", "Q4_K", "Q5_0", "Q5_1", "Q5_K", "Q6_K", "Q8_0"],
            Decoded.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Decoded))]
    public void Quantised_weights_are_those_of_ggml_bit_for_bit(string name) => Compare(name, "q_");

    [Theory]
    [MemberData(nameof(Decoded))]
    public void Random_bytes_give_what_ggml_gives_bit_for_bit(string name) => Compare(name, "rand_");

    [Fact]
    public void Sizes_are_those_of_ggml()
    {
        using var table = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Path("reference", "formats", "gguf_quants.json")));
        foreach (var row in table.RootElement.EnumerateObject())
        {
            var type = GgmlTypes.Find(row.Value.GetProperty("ggml_type").GetUInt32())!;
            Assert.Equal(row.Name, type.Name, ignoreCase: true);
            Assert.Equal(row.Value.GetProperty("block_elems").GetInt32(), type.BlockElements);
            Assert.Equal(row.Value.GetProperty("block_bytes").GetInt32(), (int)(type.Quantization?.BytesOf(type.BlockElements) ?? type.Type.Bits() / 8));
        }
    }

    [Theory]
    [MemberData(nameof(Decoded))]
    public void Any_stretch_of_elements_is_read_alike(string name)
    {
        var type = Named(name);
        var bytes = new byte[4 * (int)type.Quantization!.BytesOf(type.BlockElements)];
        Array.Fill(bytes, (byte)0x35);
        var tensor = type.ToTensor("w", [4 * type.BlockElements], new MemoryBytes(bytes), 0);
        var whole = Values(tensor, 0, 4 * type.BlockElements);
        foreach (var first in new[] { 1, 15, 16, 31, type.BlockElements - 1, type.BlockElements, type.BlockElements + 1 })
        {
            foreach (var count in new[] { 1, 17, type.BlockElements, (4 * type.BlockElements) - first })
            {
                Assert.Equal(whole[first..(first + count)], Values(tensor, first, count));
            }
        }
    }

    [Theory]
    [InlineData("Q8_0", 1.0 / 128)]
    [InlineData("Q6_K", 1.0 / 32)]
    [InlineData("Q4_K", 1.0 / 8)]
    [InlineData("Q2_K", 1.0 / 2)]
    public void The_relative_step_is_that_of_the_integer(string name, double epsilon) => Assert.Equal(epsilon, Named(name).Quantization!.Epsilon);

    [Theory]
    [MemberData(nameof(Listed))]
    public void A_type_that_is_not_decoded_says_so(string name)
    {
        var type = Named(name);
        var tensor = type.ToTensor("w", [256], new MemoryBytes(new byte[1024], "model.gguf"), 0);
        var error = Assert.Throws<ModelFormatException>(() => Values(tensor, 0, 1));
        Assert.Equal((ModelFault.Unsupported, name), (error.Fault, tensor.TypeName));
        Assert.StartsWith($"model.gguf: tensor 'w': {name}, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("is not decoded: quantise", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Finite values by their bits; where ggml has none, none.</summary>
    private static void Compare(string name, string source)
    {
        var stored = Recorded($"{source}{FileName(name)}.bytes.npy");
        var expected = StoredValues.Of(Recorded($"{source}{FileName(name)}.f32.npy"));
        var tensor = Named(name).ToTensor("w", [expected.Length], stored.Bytes, stored.Offset);
        Assert.Equal(stored.ByteCount, tensor.ByteCount);
        var actual = Values(tensor, 0, expected.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
        Assert.Contains(expected, double.IsFinite);
    }

    /// <summary>The bits of a value; those of one NaN for all.</summary>
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static double[] Values(Tensor tensor, long first, int count)
    {
        var values = new double[count];
        tensor.Quantization!.Read(tensor, first, values);
        return values;
    }

    private static GgmlType Named(string name) => GgmlTypes.All.Single(type => type.Name == name);

    /// <summary>The records write types in lower case but for the K.</summary>
    private static string FileName(string type) => type.ToLowerInvariant().Replace("_k", "_K", StringComparison.Ordinal);

    private static Tensor Recorded(string name) =>
        new NpyFormat().Read(new MemoryBytes(File.ReadAllBytes(SharedFiles.Path("reference", "formats", name)), name))[0];
}
