using Eigenscope.Models;
using Eigenscope.Models.Flax;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Flax;

public sealed class FlaxFormatTests
{
    private static readonly FlaxFormat Format = new();

    [Fact]
    public void Reads_what_MessagePack_of_Python_wrote()
    {
        var tensors = Read(FlaxBytes.Small);
        Assert.Equal(
            ["encoder/layer_0/kernel F32 2x2", "encoder/layer_0/bias F32 2", "head/kernel BF16 1x3", "scale F16 scalar"],
            tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1, 2, 3, 4], StoredValues.Of(tensors[0]));
        Assert.Equal([5, 6], StoredValues.Of(tensors[1]));
        Assert.Equal([0, 1, 2], StoredValues.Of(tensors[2]));
        Assert.Equal([0.5], StoredValues.Of(tensors[3]));
    }

    [Fact]
    public void Joins_the_chunks_of_a_large_array()
    {
        var tensor = Assert.Single(Read(FlaxBytes.Chunked()));
        Assert.Equal("a/w F32 2x3", tensor.ToString());
        Assert.Equal([0, 1, 2, 3, 4, 5], StoredValues.Of(tensor));
        var bytes = tensor.Bytes.ReadArray(3, 18);
        Assert.Equal(Floats(0, 1, 2, 3, 4, 5)[3..21], bytes);
        Assert.Equal(ModelFault.Truncated, Assert.Throws<ModelFormatException>(() => tensor.Bytes.ReadArray(20, 5)).Fault);
    }

    [Fact]
    public void Leaves_the_optimizer_of_a_training_state_out()
    {
        var state = FlaxBytes.Map(("step", [7]), ("params", FlaxBytes.Map(("w", FlaxBytes.Row(1)))), ("opt_state", FlaxBytes.Map(("mu", FlaxBytes.Row(2)))));
        Assert.Equal("params/w", Assert.Single(Read(state)).Name);
        Assert.Equal("opt_state/mu", Assert.Single(Read(FlaxBytes.Map(("opt_state", FlaxBytes.Map(("mu", FlaxBytes.Row(2))))))).Name);
    }

    [Fact]
    public void Names_items_by_their_index_and_a_lone_array_by_the_file()
    {
        Assert.Equal(["l/0", "l/1"], Read(FlaxBytes.Map(("l", [0x92, .. FlaxBytes.Row(1), .. FlaxBytes.Row(2)]))).Select(tensor => tensor.Name));
        Assert.Equal("model", Assert.Single(Read(FlaxBytes.Row(1))).Name);
    }

    [Theory]
    [InlineData("float8_e4m3fn", DType.F8E4M3, 1)]
    [InlineData("float64", DType.F64, 8)]
    [InlineData("int32", DType.I32, 4)]
    [InlineData("bool", DType.Bool, 1)]
    [InlineData("complex64", DType.Complex64, 8)]
    public void Takes_the_type_by_its_name(string name, DType type, int bytes) =>
        Assert.Equal(type, Assert.Single(Read(FlaxBytes.Map(("w", FlaxBytes.Array(name, [1], new byte[bytes]))))).Type);

    [Fact]
    public void Every_width_of_number_and_length_is_understood()
    {
        byte[][] passed =
        [
            [0xc0], [0xc2], [0xc3], [0xc4, 1, 0], [0xc5, 0, 1, 0], [0xc6, 0, 0, 0, 1, 0], [0xca, 0, 0, 0, 0], [0xcb, 0, 0, 0, 0, 0, 0, 0, 0], [0xcc, 1], [0xcd, 0, 1],
            [0xce, 0, 0, 0, 1], [0xcf, 0, 0, 0, 0, 0, 0, 0, 1], [0xd0, 255], [0xd1, 255, 255], [0xd2, 255, 255, 255, 255], [0xd6, 2, 0, 0, 0, 0], [0xc7, 1, 2, 0],
            [0xda, 0, 1, 65], [0xdb, 0, 0, 0, 1, 65], [0xdc, 0, 1, 5], [0xdd, 0, 0, 0, 1, 5], [0xde, 0, 0], [0xdf, 0, 0, 0, 0], [0xff], [0x7f], [0xa1, 65], [0x90],
        ];
        Assert.All(passed, value => Assert.Equal("w", Assert.Single(Read(FlaxBytes.Map(("x", value), ("w", FlaxBytes.Row(1))))).Name));
    }

    [Fact]
    public void Refuses_arrays_that_are_not_what_they_state()
    {
        Refuses(ModelFault.Inconsistent, FlaxBytes.Array("float32", [2], new byte[4]));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Array("float32", [-1], new byte[4]));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Array("float32", [long.MaxValue, long.MaxValue], []));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Extension(1, [.. FlaxBytes.Triple("float32", [1], new byte[4]), 0xc0]));
        Refuses(ModelFault.Unsupported, FlaxBytes.Array("object", [1], new byte[8]));
        Refuses(ModelFault.Unsupported, FlaxBytes.Array("int4", [1], new byte[1]));
        Refuses(ModelFault.BadHeader, FlaxBytes.Extension(1, [0x92, 0x90, 0xc0]));
        Refuses(ModelFault.BadHeader, FlaxBytes.Extension(1, [0x93, 0x90, .. FlaxBytes.Text("float32"), 0xc0]));
        Refuses(ModelFault.BadHeader, FlaxBytes.Extension(1, [0x93, 0x91, 0xc0, .. FlaxBytes.Text("float32"), 0xc4, 0]));
        Refuses(ModelFault.TooLarge, FlaxBytes.Extension(1, [0x93, 0xdc, 0, 33, .. new byte[33], .. FlaxBytes.Text("float32"), 0xc4, 4, 0, 0, 0, 0]));
        Refuses(ModelFault.Unsupported, FlaxBytes.Extension(9, [0]));
    }

    [Fact]
    public void Refuses_chunks_that_do_not_make_up_the_array()
    {
        Assert.Equal(ModelFault.Truncated, Fault(FlaxBytes.Chunked(columns: 4)));
        Assert.Equal(ModelFault.Truncated, Fault(FlaxBytes.Chunked(lastChunk: FlaxBytes.Row())));
        Assert.Equal(ModelFault.Inconsistent, Fault(FlaxBytes.Chunked(columns: 2)));
        Assert.Equal(ModelFault.Inconsistent, Fault(FlaxBytes.Chunked(lastChunk: FlaxBytes.Array("int32", [1], new byte[4]))));
        Assert.Equal(ModelFault.BadHeader, Fault(FlaxBytes.Chunked(lastChunk: [0xc0])));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Map(("__msgpack_chunked_array__", [0xc3])));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Map(("x", [1]), ("shape", FlaxBytes.Map()), ("__msgpack_chunked_array__", [0xc3])));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Map(("__msgpack_chunked_array__", [0xc3]), ("shape", FlaxBytes.Map()), ("shape", FlaxBytes.Map())));
        Refuses(ModelFault.Inconsistent, FlaxBytes.Map(("__msgpack_chunked_array__", [0xc3]), ("shape", FlaxBytes.Map(("1", [1]))), ("chunks", FlaxBytes.Map(("0", FlaxBytes.Row(1))))));
    }

    [Fact]
    public void Refuses_broken_maps()
    {
        var row = FlaxBytes.Row(1);
        Assert.Equal(ModelFault.BadHeader, Fault([0x81, 1, .. row]));
        Assert.Equal(ModelFault.BadHeader, Fault([0x81, 0xa1, 0xff, .. row]));
        Assert.Equal(ModelFault.BadHeader, Fault([0x81, 0xa1, 65, 0xc1]));
        Assert.Equal(ModelFault.Inconsistent, Fault(FlaxBytes.Map(("w", row), ("w", row))));
        Assert.Equal(ModelFault.Inconsistent, Fault(FlaxBytes.Map(("a/w", row), ("a", FlaxBytes.Map(("w", row))))));
        Assert.Equal(ModelFault.Inconsistent, Fault([.. FlaxBytes.Map(("w", row)), 0]));
        Assert.Equal(ModelFault.Truncated, Fault([0xdf, 255, 255, 255, 255, 0xa1, 65]));
        Assert.Equal(ModelFault.Truncated, Fault([0xdd, 255, 255, 255, 255, 1]));
        Assert.Equal(ModelFault.Truncated, Fault([0xc9, 255, 255, 255, 255, 1]));
        Assert.Equal(ModelFault.TooLarge, Fault([0x81, 0xda, 0x20, 0, .. new byte[0x2000], .. row]));
        Assert.Equal(ModelFault.TooLarge, Fault([.. Enumerable.Repeat((byte)0x91, 1_000_000), 0]));
        Assert.Equal(ModelFault.TooLarge, Fault([0x81, 0xa1, 65, 0xcf, 255, 255, 255, 255, 255, 255, 255, 255]));
        Assert.Equal(ModelFault.NoWeights, Fault([0x80]));
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        foreach (var whole in new[] { FlaxBytes.Small, FlaxBytes.Chunked() })
        {
            for (var length = 0; length < whole.Length; length++)
            {
                Assert.Equal(ModelFault.Truncated, Fault(whole[..length]));
            }
        }
    }

    [Fact]
    public void Is_recognised_by_its_first_entry_or_by_its_ending()
    {
        Assert.True(Format.Matches(FlaxBytes.Small.AsSpan(0, 64)));
        Assert.True(Format.Matches([0xde, 0, 20, 0xa1, 65, 0x80]));
        Assert.False(Format.Matches([]));
        Assert.False(Format.Matches([0x81, 0xa5, 65]));
        Assert.False(Format.Matches([0x81, 0xa1, 0, 0x80]));
        Assert.False(Format.Matches([0x89, 0x48, 0x44, 0x46]));
        Assert.False(Format.Matches(LegacyNumber));
        using var file = new MemoryBytes([0x82, 0xa1, 65, 1], "state.msgpack");
        Assert.IsType<FlaxFormat>(ModelFormats.Of(file));
    }

    private static byte[] LegacyNumber => PyTorch.LegacyBytes.Number;

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static void Refuses(ModelFault fault, byte[] value) => Assert.Equal(fault, Fault(FlaxBytes.Map(("w", value))));

    private static IReadOnlyList<Tensor> Read(byte[] bytes) => Format.Read(new MemoryBytes(bytes, "folder/model.msgpack"));

    private static ModelFault Fault(byte[] bytes) => Assert.Throws<ModelFormatException>(() => Read(bytes)).Fault;
}
