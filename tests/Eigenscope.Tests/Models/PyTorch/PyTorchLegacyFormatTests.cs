using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Models.PyTorch;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

public sealed class PyTorchLegacyFormatTests
{
    private static readonly PyTorchLegacyFormat Format = new();
    private static readonly byte[] Storage = [.. BitConverter.GetBytes(3L), .. TorchBytes.Floats];

    [Fact]
    public void Reads_every_kind_of_tensor_that_PyTorch_wrote()
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "formats", "samples", "torch_legacy_1001.pt"));
        using var expectedFile = FileBytes.Open(SharedFiles.Path("reference", "formats", "samples", "torch_expected.npz"));
        var expected = new NpzFormat().Read(expectedFile).ToDictionary(tensor => tensor.Name);
        var tensors = Format.Read(file);
        Assert.Equal(expected.Keys.Order(), tensors.Select(tensor => tensor.Name).Order());
        Assert.All(tensors, tensor => Assert.Equal(expected[tensor.Name].Shape, tensor.Shape));
        Assert.All(tensors, tensor => Assert.Equal(StoredValues.Of(expected[tensor.Name]), StoredValues.Of(tensor)));
        var byName = tensors.ToDictionary(tensor => tensor.Name);
        Assert.Equal([1, 4], byName["transposed"].Strides);
        Assert.Same(byName["plain"].Bytes, byName["shares_plain"].Bytes);
    }

    [Fact]
    public void Reads_a_real_file_and_takes_wrapper_and_prefix_off()
    {
        using var file = FileBytes.Open(SharedFiles.Path("models", "cifar-resnet", "resnet20-12fca82f.th"));
        Assert.Equal("pytorch-legacy", ModelFormats.Of(file).Name);
        var tensors = Format.Read(file);
        Assert.Equal(("conv1.weight", "16x3x3x3"), (tensors[0].Name, tensors[0].ShapeText));
        Assert.Equal(("linear.bias", "10"), (tensors[^1].Name, tensors[^1].ShapeText));
        Assert.Equal(269722, tensors.Where(tensor => !tensor.Name.Contains(".running_", StringComparison.Ordinal)).Sum(tensor => tensor.Count));
    }

    [Fact]
    public void Reads_a_file_with_frames()
    {
        byte[] framed = [0x80, 4, 0x95, 13, 0, 0, 0, 0, 0, 0, 0, .. LegacyBytes.Number[2..], .. LegacyBytes.Of(new PickleWriter().Protocol(4).Row())[LegacyBytes.Number.Length..]];
        Assert.True(Format.Matches(framed.AsSpan(0, 64)));
        Assert.Equal([1, 2, 3], StoredValues.Of(Assert.Single(Read(framed))));
    }

    [Fact]
    public void Elements_are_little_endian_whatever_machine_wrote_them()
    {
        byte[] file = [.. LegacyBytes.Preamble(littleEndian: false), .. LegacyBytes.Of(new PickleWriter().Protocol().Row())[LegacyBytes.Preamble().Length..]];
        Assert.Equal([1, 2, 3], StoredValues.Of(Assert.Single(Read(file))));
    }

    [Fact]
    public void Reads_parts_of_a_storage()
    {
        Assert.Equal([2, 3], StoredValues.Of(Assert.Single(Read(LegacyBytes.Of(LegacyBytes.Part(1, 2, 2))))));
        Assert.Equal(ModelFault.Truncated, Fault(LegacyBytes.Of(LegacyBytes.Part(1, 2, 3))));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(LegacyBytes.Part(2, 2, 1))));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(LegacyBytes.Part(-1, 2, 1))));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(LegacyBytes.Part(1, long.MaxValue, 1))));
    }

    [Fact]
    public void Reads_a_module_whose_class_has_its_source_beside_it()
    {
        var module = new PickleWriter().Protocol()
            .Op(PickleOpcode.Mark).Text("module").Global("__main__", "Net").Text("net.py").Text("class Net: pass").Op(PickleOpcode.Tuple).Op(PickleOpcode.BinPersistentId)
            .Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.NewObj)
            .Dict(("_parameters", w => w.Dict(("weight", Variable))), ("_modules", w => w.Dict())).Op(PickleOpcode.Build);
        Assert.Equal("weight", Assert.Single(Read(LegacyBytes.Of(module))).Name);
    }

    [Fact]
    public void Runs_nothing_anywhere()
    {
        var call = new PickleWriter().Protocol().CallWith("os", "system", "true");
        Assert.Equal(ModelFault.Unsafe, Fault(LegacyBytes.Of(call)));
        Assert.Equal(ModelFault.Unsafe, Fault([.. LegacyBytes.Number, .. call.End()]));
        Assert.Equal(ModelFault.Unsafe, Fault([.. LegacyBytes.Preamble(), .. new PickleWriter().Protocol().Row().End(), .. call.End()]));
        var classAsCall = new PickleWriter().Op(PickleOpcode.Mark).Text("module").Global("os", "system").Text("a").Text("b").Op(PickleOpcode.Tuple).Op(PickleOpcode.BinPersistentId);
        Assert.Equal(ModelFault.Unsafe, Fault(LegacyBytes.Of(classAsCall.Text("true").Op(PickleOpcode.Tuple1).Op(PickleOpcode.Reduce))));
    }

    [Fact]
    public void Refuses_lists_of_storages_that_do_not_fit_the_object()
    {
        var row = new PickleWriter().Protocol().Row();
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(row, [], [])));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(row, ["1"], Storage)));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(row, ["0", "0"], [.. Storage, .. Storage])));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(row, ["0"], [.. Storage, 0])));
        Assert.Equal(ModelFault.Truncated, Fault(LegacyBytes.Of(row, ["0"], Storage[..^1])));
        Assert.Equal(ModelFault.Truncated, Fault(LegacyBytes.Of(row, ["0"], [3, 0, 0])));
        Assert.Equal(ModelFault.BadHeader, Fault([.. LegacyBytes.Preamble(), .. row.End(), .. row.End(), .. Storage]));
    }

    [Theory]
    [InlineData(2L)]
    [InlineData(4L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void Refuses_another_number_of_elements_than_the_object_states(long count) =>
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(new PickleWriter().Protocol().Row(), ["0"], [.. BitConverter.GetBytes(count), .. TorchBytes.Floats])));

    [Theory]
    [InlineData(-3L)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void Refuses_storages_larger_than_the_file(long count) =>
        Assert.Equal(ModelFault.Truncated, Fault(LegacyBytes.Of(new PickleWriter().Protocol().Tensor("0", count, 0, [1], [1]))));

    [Fact]
    public void Refuses_one_storage_of_two_sizes_and_elements_of_unknown_size()
    {
        var sizes = new PickleWriter().Protocol().Dict(("a", w => w.Row()), ("b", w => w.Row(count: 2)));
        Assert.Equal(ModelFault.Inconsistent, Fault(LegacyBytes.Of(sizes)));
        Assert.Equal(ModelFault.Unsupported, Fault(LegacyBytes.Of(new PickleWriter().Protocol().Storage("QInt8Storage", "0", 3))));
    }

    [Fact]
    public void Refuses_other_versions_and_a_missing_byte_order()
    {
        byte[] rest = LegacyBytes.Of(new PickleWriter().Protocol().Row())[LegacyBytes.Preamble().Length..];
        Assert.Equal(ModelFault.Unsupported, Fault([.. LegacyBytes.Preamble(version: 1002), .. rest]));
        Assert.Equal(ModelFault.BadHeader, Fault([.. LegacyBytes.Number, .. new PickleWriter().Number(1001).End(), .. new PickleWriter().Dict().End(), .. rest]));
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        var whole = LegacyBytes.Of(new PickleWriter().Protocol().Dict(("weight", w => w.Row())));
        Assert.Single(Read(whole));
        for (var length = 0; length < whole.Length; length++)
        {
            Fault(whole[..length]);
        }
    }

    [Fact]
    public void Is_recognised_by_the_whole_number()
    {
        Assert.True(Format.Matches(LegacyBytes.Number));
        Assert.False(Format.Matches(LegacyBytes.Number.AsSpan(..^1)));
        Assert.False(Format.Matches([]));
        Assert.Equal(ModelFault.UnknownFormat, Fault([1, 2, 3]));
        Assert.Equal(ModelFault.NoWeights, Fault(LegacyBytes.Of(new PickleWriter().Protocol().Dict(), [], [])));
    }

    private static void Variable(PickleWriter onto) =>
        onto.Global("torch.nn.parameter", "Parameter").Row().Op(PickleOpcode.Tuple1).Op(PickleOpcode.Reduce).Tuple(1, 0).Op(PickleOpcode.Build);

    private static IReadOnlyList<Tensor> Read(byte[] bytes) => Format.Read(new MemoryBytes(bytes, "folder/model.th"));

    private static ModelFault Fault(byte[] bytes) => Assert.Throws<ModelFormatException>(() => Read(bytes)).Fault;
}
