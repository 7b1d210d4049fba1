using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Models.PyTorch;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

public sealed class PyTorchZipFormatTests
{
    private static readonly PyTorchZipFormat Format = new();

    [Theory]
    [InlineData("torch_zip.pt")]
    [InlineData("torch_deflated.pt")]
    public void Reads_every_kind_of_tensor_that_PyTorch_wrote(string name)
    {
        using var file = Sample(name);
        using var expectedFile = Sample("torch_expected.npz");
        var expected = new NpzFormat().Read(expectedFile).ToDictionary(tensor => tensor.Name);
        var tensors = Format.Read(file);
        Assert.Equal(expected.Keys.Order(), tensors.Select(tensor => tensor.Name).Order());
        Assert.All(tensors, tensor => Assert.Equal(expected[tensor.Name].Shape, tensor.Shape));
        Assert.All(tensors, tensor => Assert.Equal(StoredValues.Of(expected[tensor.Name]), StoredValues.Of(tensor)));
    }

    [Fact]
    public void Keeps_types_and_strides()
    {
        using var file = Sample("torch_zip.pt");
        var tensors = Format.Read(file).ToDictionary(tensor => tensor.Name);
        Assert.Equal([1, 4], tensors["transposed"].Strides);
        Assert.Equal([0, 1], tensors["expanded"].Strides);
        Assert.Equal([4, 2], tensors["col_stride2"].Strides);
        Assert.Equal(DType.BF16, tensors["bf16"].Type);
        Assert.Equal(DType.Bool, tensors["bool"].Type);
        Assert.Equal(16, tensors["offset_rows"].Offset);
        Assert.Same(tensors["plain"].Bytes, tensors["shares_plain"].Bytes);
    }

    [Theory]
    [InlineData("torch_evil_reduce.pt", ModelFault.Unsafe)]
    [InlineData("torch_short_storage.pt", ModelFault.Inconsistent)]
    [InlineData("torch_legacy_1001.pt", ModelFault.UnknownFormat)]
    public void Refuses_bad_samples_and_those_of_another_layout(string name, ModelFault fault)
    {
        using var file = Sample(name);
        var error = Assert.Throws<ModelFormatException>(() => Format.Read(file));
        Assert.Equal(fault, error.Fault);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Takes_the_wrapper_off_a_sample()
    {
        using var file = Sample("torch_nested.pt");
        Assert.Equal("w", Assert.Single(Format.Read(file)).Name);
    }

    [Theory]
    [InlineData("checkpoint_0.pt")]
    [InlineData("checkpoint_1000.pt")]
    public void Reads_a_checkpoint_with_a_configuration_object(string name)
    {
        using var file = Model("zeta-moe-trajectory", name);
        var tensors = Format.Read(file);
        Assert.Equal(66, tensors.Count);
        Assert.Equal(("gating.net.0.weight", "32x3"), (tensors[0].Name, tensors[0].ShapeText));
        Assert.Equal("experts.3.net.9.bias", tensors[^1].Name);
        Assert.Equal(37804, tensors.Sum(tensor => tensor.Count));
    }

    [Theory]
    [InlineData("checkpoint_epoch_10.pth")]
    [InlineData("checkpoint_epoch_100.pth")]
    public void Reads_two_networks_of_one_file(string name)
    {
        using var file = Model("dcgan", name);
        var tensors = Format.Read(file);
        Assert.Equal(19, tensors.Count(tensor => tensor.Name.StartsWith("generator.nets.", StringComparison.Ordinal)));
        Assert.Equal(14, tensors.Count(tensor => tensor.Name.StartsWith("discriminator.nets.", StringComparison.Ordinal)));
        Assert.Equal(948229, tensors.Sum(tensor => tensor.Count));
        Assert.Equal(DType.I64, tensors.Single(tensor => tensor.Name == "generator.nets.1.num_batches_tracked").Type);
    }

    [Fact]
    public void Reads_a_plain_state_dict()
    {
        using var file = Model("ggml-mnist", "mnist_model.state_dict");
        var tensors = Format.Read(file);
        Assert.Equal(["fc1.weight 500x784", "fc1.bias 500", "fc2.weight 10x500", "fc2.bias 10"], tensors.Select(tensor => $"{tensor.Name} {tensor.ShapeText}"));
        Assert.Equal(-0.1008339375257492, StoredValues.Of(tensors[3])[0]);
    }

    [Fact]
    public void Refuses_tar_archives_and_what_is_no_archive()
    {
        var tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Contains("tar", TorchBytes.Refusal(tar).Message, StringComparison.Ordinal);
        Assert.Equal(ModelFault.UnknownFormat, TorchBytes.Refusal([1, 2, 3]).Fault);
        Assert.Equal(ModelFault.UnknownFormat, TorchBytes.Refusal([]).Fault);
        Assert.True(Format.Matches("sys_info\0\0\0\0"u8));
    }

    [Fact]
    public void Passes_over_the_members_that_newer_versions_add()
    {
        var tensors = TorchBytes.Read(new PickleWriter().Protocol().Row(), ("root/version", "3\n"u8.ToArray()), ("root/.format_version", "1"u8.ToArray()), ("root/.data/serialization_id", "0123"u8.ToArray()));
        Assert.Single(tensors);
    }

    [Fact]
    public void Refuses_an_archive_with_no_pickle_or_two()
    {
        Assert.Equal(ModelFault.UnknownFormat, TorchBytes.Refusal(ZipBytes.Of([("word/document.xml", [1])])).Fault);
        Assert.Equal(ModelFault.Inconsistent, TorchBytes.Refusal(new PickleWriter().Protocol().Row(), ("other/data.pkl", [1])).Fault);
    }

    [Fact]
    public void Leaves_NumPy_archives_to_their_format()
    {
        Assert.False(Format.Matches(ZipBytes.Of([("a.npy", NpyBytes.Row("<f4", 0))])));
        Assert.True(Format.Matches(TorchBytes.Archive(new PickleWriter().End())));
    }

    [Fact]
    public void Honours_the_byte_order()
    {
        var pickle = new PickleWriter().Protocol().Row();
        Assert.False(Assert.Single(TorchBytes.Read(pickle, ("root/byteorder", "little"u8.ToArray()))).BigEndian);
        Assert.True(Assert.Single(TorchBytes.Read(pickle, ("root/byteorder", "big"u8.ToArray()))).BigEndian);
        Assert.Equal(ModelFault.BadHeader, TorchBytes.Refusal(pickle, ("root/byteorder", "middle"u8.ToArray())).Fault);
    }

    [Fact]
    public void Says_where_there_are_no_weights()
    {
        Assert.Equal(ModelFault.NoWeights, TorchBytes.Refusal(new PickleWriter().Protocol().Dict(("epoch", w => w.Number(3)))).Fault);
    }

    [Fact]
    public void Names_a_lone_tensor_after_the_file()
    {
        var tensor = Assert.Single(TorchBytes.Read(new PickleWriter().Protocol().Row()));
        Assert.Equal("model", tensor.Name);
        Assert.Equal([1, 2, 3], StoredValues.Of(tensor));
    }

    private static FileBytes Sample(string name) => FileBytes.Open(SharedFiles.Path("reference", "formats", "samples", name));

    private static FileBytes Model(params string[] parts) => FileBytes.Open(SharedFiles.Path(["models", .. parts]));
}
