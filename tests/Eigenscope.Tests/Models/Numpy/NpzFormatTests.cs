using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Numpy;

public sealed class NpzFormatTests
{
    private static readonly NpzFormat Format = new();
    private static readonly byte[] One = NpyBytes.Row("<f4", 1, 0, 0, 128, 63);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_every_array_under_its_name(bool deflated)
    {
        var tensors = Read(ZipBytes.Of([("weight.npy", One), ("layer/bias.npy", NpyBytes.Row("|u1", 2, 7, 8))], deflated));
        Assert.Equal(["weight", "layer/bias"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([1], StoredValues.Of(tensors[0]));
        Assert.Equal([7, 8], StoredValues.Of(tensors[1]));
    }

    [Fact]
    public void Reads_what_NumPy_wrote()
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "formats", "samples", "torch_expected.npz"));
        var tensors = Format.Read(file);
        Assert.Equal(15, tensors.Count);
        Assert.Equal([3.5], StoredValues.Of(tensors.Single(tensor => tensor.Name == "scalar")));
        Assert.Equal([1, 2, 3, -4], StoredValues.Of(tensors.Single(tensor => tensor.Name == "c64")));
    }

    [Fact]
    public void Leaves_out_text_and_other_members()
    {
        var tensors = Read(ZipBytes.Of([("readme.txt", [1]), ("names.npy", NpyBytes.Row("<U1", 1, 65, 0, 0, 0)), ("weight.npy", One)]));
        Assert.Equal("weight", Assert.Single(tensors).Name);
    }

    [Fact]
    public void Refuses_an_archive_without_arrays() => Assert.Equal(ModelFault.NoWeights, Fault(ZipBytes.Of([("readme.txt", [1])])));

    [Fact]
    public void Names_the_member_that_is_broken()
    {
        var zip = ZipBytes.Of([("good.npy", One), ("bad.npy", One[..^1])]);
        var error = Assert.Throws<ModelFormatException>(() => Read(zip));
        Assert.Equal(ModelFault.Truncated, error.Fault);
        Assert.Contains("bad.npy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_arrays_of_objects_and_repeated_names()
    {
        Assert.Equal(ModelFault.Unsafe, Fault(ZipBytes.Of([("o.npy", NpyBytes.Row("|O", 1, 0x80, 2))])));
        Assert.Equal(ModelFault.Inconsistent, Fault(ZipBytes.Of([("a.npy", One), ("a.npy", One)])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refuses_a_member_longer_than_its_header_says(bool deflated)
    {
        Assert.Equal(ModelFault.Inconsistent, Fault(ZipBytes.Of([("a.npy", [.. One, .. new byte[100_000]])], deflated)));
    }

    [Fact]
    public void Never_inflates_more_than_the_header_says()
    {
        var zip = ZipBytes.Of([("a.npy", [.. One, .. new byte[100_000]])], deflated: true);
        var stated = BitConverter.GetBytes(One.Length);
        var tensor = Assert.Single(Read(zip.With(22, stated).With(ZipBytes.Central(zip) + 24, stated)));
        Assert.Equal(ModelFault.Inconsistent, Assert.Throws<ModelFormatException>(() => StoredValues.Of(tensor)).Fault);
    }

    private static IReadOnlyList<Tensor> Read(byte[] zip) => Format.Read(new MemoryBytes(zip, "arrays.npz"));

    private static ModelFault Fault(byte[] zip) => Assert.Throws<ModelFormatException>(() => Read(zip)).Fault;
}
