using System.Text.Json;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.SafeTensors;

public sealed class SafeTensorsFormatTests
{
    private static readonly SafeTensorsFormat Format = new();

    /// <summary>Headers over eight bytes of data that cannot be: the kind of fault, and what the message must say.</summary>
    public static TheoryData<string, ModelFault, string> BadHeaders => new()
    {
        { "", ModelFault.BadHeader, "the header is not valid JSON" },
        { "{", ModelFault.BadHeader, "the header is not valid JSON" },
        { "null", ModelFault.Inconsistent, "no JSON object" },
        { "[]", ModelFault.Inconsistent, "no JSON object" },
        { "\"a\"", ModelFault.Inconsistent, "no JSON object" },
        { "{} {}", ModelFault.BadHeader, "the header is not valid JSON" },
        { """{"a":[[[[[[[[[]]]]]]]]]}""", ModelFault.BadHeader, "the header is not valid JSON" },
        { """{"a":1}""", ModelFault.Inconsistent, "tensor 'a' must have dtype, shape and data_offsets" },
        { """{"a":{}}""", ModelFault.Inconsistent, "tensor 'a' must have" },
        { """{"a":{"dtype":"F32","shape":[2]}}""", ModelFault.Inconsistent, "must have" },
        { """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", ModelFault.Inconsistent, "must have" },
        { """{"a":{"shape":[2],"data_offsets":[0,8]}}""", ModelFault.Inconsistent, "must have" },
        { """{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", ModelFault.Inconsistent, "must have" },
        { Entry("f32", "[2]", "[0,8]"), ModelFault.Unsupported, "unknown dtype 'f32'" },
        { Entry("Q4", "[2]", "[0,8]"), ModelFault.Unsupported, "unknown dtype 'Q4'" },
        { Entry("C128", "[]", "[0,16]"), ModelFault.Unsupported, "unknown dtype 'C128'" },
        { Entry("F32", "2", "[0,8]"), ModelFault.Inconsistent, "shape is no list" },
        { Entry("F32", "[2]", "\"0,8\""), ModelFault.Inconsistent, "data_offsets is no list" },
        { Entry("F32", "[-2]", "[0,8]"), ModelFault.Inconsistent, "shape holds -2, a whole number from 0 is wanted" },
        { Entry("F32", "[2.5]", "[0,8]"), ModelFault.Inconsistent, "shape holds 2.5" },
        { Entry("F32", "[true]", "[0,8]"), ModelFault.Inconsistent, "shape holds true" },
        { Entry("F32", "[9223372036854775808]", "[0,8]"), ModelFault.Inconsistent, "shape holds 9223372036854775808" },
        { Entry("F32", "[2]", "[0]"), ModelFault.Inconsistent, "[begin, end] with begin <= end is wanted" },
        { Entry("F32", "[2]", "[0,4,8]"), ModelFault.Inconsistent, "[begin, end]" },
        { Entry("F32", "[2]", "[8,0]"), ModelFault.Inconsistent, "[begin, end]" },
        { Entry("F32", "[2]", "[-8,0]"), ModelFault.Inconsistent, "data_offsets holds -8" },
        { Entry("F32", "[3]", "[0,8]"), ModelFault.Inconsistent, "takes 12 bytes, and its data_offsets give it 8" },
        { Entry("F32", "[1,9223372036854775807]", "[0,8]"), ModelFault.Inconsistent, "more elements than any file holds" },
        { Entry("F4", "[15]", "[0,8]"), ModelFault.Inconsistent, "takes 60 bits, no whole number of bytes" },
        { Entry("F32", "[1]", "[4,8]"), ModelFault.Inconsistent, "leaves a hole before it" },
        { Entry("F32", "[1]", "[0,4]"), ModelFault.Inconsistent, "4 bytes follow the last tensor" },
        { Entry("F32", "[4]", "[0,16]"), ModelFault.Truncated, "tensor 'a' ends at data byte 16, and 8 are there" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", ModelFault.Inconsistent, "tensor 'b' begins at data byte 4 and overlaps" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", ModelFault.BadHeader, "the header holds 'a' twice" },
        { """{"__metadata__":[],"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", ModelFault.Inconsistent, "__metadata__ must map texts to texts" },
        { """{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", ModelFault.Inconsistent, "__metadata__ must map texts to texts" },
        { Entry("F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]", "[0,8]"), ModelFault.TooLarge, "has 33 axes, at most 32 are read" },
    };

    /// <summary>The fault by which each sample is refused that the manifest wants refused.</summary>
    private static readonly Dictionary<string, ModelFault> Faults = new(StringComparer.Ordinal)
    {
        ["st_short_7"] = ModelFault.Truncated,
        ["st_no_header"] = ModelFault.Truncated,
        ["st_header_past_eof"] = ModelFault.Truncated,
        ["st_header_100MB"] = ModelFault.Truncated,
        ["st_header_2e63"] = ModelFault.Truncated,
        ["st_bad_utf8"] = ModelFault.BadHeader,
        ["st_not_json"] = ModelFault.BadHeader,
        ["st_array_root"] = ModelFault.Inconsistent,
        ["st_extra_bytes"] = ModelFault.Inconsistent,
        ["st_missing_bytes"] = ModelFault.Truncated,
        ["st_hole"] = ModelFault.Inconsistent,
        ["st_overlap"] = ModelFault.Inconsistent,
        ["st_start_nonzero"] = ModelFault.Inconsistent,
        ["st_end_before_start"] = ModelFault.Inconsistent,
        ["st_negative"] = ModelFault.Inconsistent,
        ["st_size_mismatch"] = ModelFault.Inconsistent,
        ["st_shape_overflow"] = ModelFault.Inconsistent,
        ["st_bits_overflow"] = ModelFault.Inconsistent,
        ["st_unknown_dtype"] = ModelFault.Unsupported,
        ["st_meta_nonstring"] = ModelFault.Inconsistent,
        ["st_dup_key"] = ModelFault.BadHeader,
        ["st_float_shape"] = ModelFault.Inconsistent,
        ["st_fp4_odd"] = ModelFault.Inconsistent,
    };

    private static readonly string[] Accepted =
    [
        "st_min", "st_empty", "st_meta", "st_trailing_ws", "st_leading_ws", "st_unsorted_names", "st_zero_dim", "st_scalar", "st_nan", "st_fp8",
        "st_bf16", "st_misaligned",
    ];

    public static TheoryData<string> Samples => [.. Accepted, .. Faults.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Judges_samples_as_the_reference_implementation(string name)
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "formats", "samples", name + ".safetensors"));
        if (Faults.TryGetValue(name, out var fault))
        {
            Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => Format.Read(file)).Fault);
            return;
        }

        Assert.All(Format.Read(file), tensor => Assert.Equal(tensor.ByteCount, tensor.Bytes.ReadArray(tensor.Offset, tensor.ByteCount).LongLength));
    }

    [Fact]
    public void The_samples_are_those_of_the_manifest_with_its_verdicts()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Path("reference", "formats", "samples", "manifest.json")));
        var verdicts = manifest.RootElement.EnumerateObject()
            .Where(item => item.Name.StartsWith("st_", StringComparison.Ordinal))
            .ToDictionary(item => Path.GetFileNameWithoutExtension(item.Name), item => item.Value.GetProperty("expect").GetString(), StringComparer.Ordinal);
        Assert.Equal(Accepted.Order(StringComparer.Ordinal), verdicts.Where(item => item.Value == "ok").Select(item => item.Key).Order(StringComparer.Ordinal));
        Assert.Equal(Faults.Keys.Order(StringComparer.Ordinal), verdicts.Where(item => item.Value == "reject").Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void Refuses_bad_headers(string header, ModelFault fault, string fragment)
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(SafeTensorsBytes.Of(header, new byte[8])));
        Assert.Equal((fault, "folder/bad.safetensors"), (error.Fault, error.File));
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Reads_tensors_in_the_order_of_the_header()
    {
        var tensors = Read(SafeTensorsBytes.Of(
            """ {"b":{"dtype":"F32","shape":[2,1],"data_offsets":[2,10]},"__metadata__":{"format":"pt"},"a":{"data_offsets":[0,2],"extra":null,"shape":[],"dtype":"F16"},"none":{"dtype":"F64","shape":[0,5],"data_offsets":[2,2]}} """,
            [0, 0x3C, 0, 0, 128, 63, 0, 0, 0, 192]));
        Assert.Equal(["b", "a", "none"], tensors.Select(tensor => tensor.Name));
        Assert.Equal(["2x1", "scalar", "0x5"], tensors.Select(tensor => tensor.ShapeText));
        Assert.Equal([1, -2], StoredValues.Of(tensors[0]));
        Assert.Equal([1], StoredValues.Of(tensors[1]));
        Assert.Empty(StoredValues.Of(tensors[2]));
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        var whole = SafeTensorsBytes.Of(("a", [2], [1, 2]), ("b", [1], [3]));
        Assert.Equal(2, Read(whole).Count);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Equal(ModelFault.Truncated, Assert.Throws<ModelFormatException>(() => Read(whole[..length])).Fault);
        }
    }

    [Fact]
    public void Tells_the_byte_of_a_header_length_that_cannot_be()
    {
        var error = Assert.Throws<ModelFormatException>(() => Read([255, 255, 255, 255, 255, 255, 255, 255, (byte)'{']));
        Assert.Equal((ModelFault.Truncated, 0L), (error.Fault, error.Offset));
        Assert.Contains("18446744073709551615 bytes, and 1 follow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_control_characters_of_a_name_as_escapes()
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(SafeTensorsBytes.Of("{\"a\\u001b[2J\":1}")));
        Assert.Contains("a\\u001b[2J", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData(" \n\t{}", true)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    [InlineData("    ", false)]
    public void Is_recognised_by_length_and_brace(string header, bool matches) => Assert.Equal(matches, Format.Matches(SafeTensorsBytes.Of(header)));

    [Fact]
    public void A_header_longer_than_any_is_not_recognised() =>
        Assert.False(Format.Matches([.. BitConverter.GetBytes(100_000_001L), (byte)'{', (byte)'}']));

    private static string Entry(string dtype, string shape, string offsets) =>
        $$$"""{"a":{"dtype":"{{{dtype}}}","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""";

    private static IReadOnlyList<Tensor> Read(byte[] bytes) => Format.Read(new MemoryBytes(bytes, "folder/bad.safetensors"));
}
