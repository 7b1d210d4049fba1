using Eigenscope.Models;
using Eigenscope.Models.PyTorch;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.PyTorch;

public sealed class TorchTensorTests
{
    [Theory]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 1, 1 }, new double[] { 1, 2, 2, 3 })]
    [InlineData(2, new long[] { 4 }, new long[] { 0 }, new double[] { 3, 3, 3, 3 })]
    [InlineData(1, new long[] { }, new long[] { }, new double[] { 2 })]
    [InlineData(3, new long[] { 0, 7 }, new long[] { 7, 1 }, new double[] { })]
    public void Views_its_storage_by_strides(long offset, long[] shape, long[] strides, double[] values)
    {
        var tensor = Assert.Single(TorchBytes.Read(new PickleWriter().Tensor("0", 3, offset, shape, strides)));
        Assert.Equal(values, StoredValues.Of(tensor));
    }

    [Theory]
    [InlineData(0, new long[] { 4 }, new long[] { 1 })]
    [InlineData(1, new long[] { 3 }, new long[] { 1 })]
    [InlineData(4, new long[] { 0 }, new long[] { 1 })]
    [InlineData(-1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(0, new long[] { -1 }, new long[] { 1 })]
    [InlineData(2, new long[] { 2 }, new long[] { -1 })]
    [InlineData(0, new long[] { 1, 1 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(0, new long[] { long.MaxValue, long.MaxValue }, new long[] { 0, 0 })]
    [InlineData(long.MaxValue, new long[] { 1 }, new long[] { 1 })]
    public void Never_reaches_outside_its_storage(long offset, long[] shape, long[] strides) =>
        TorchBytes.Refusal(new PickleWriter().Tensor("0", 3, offset, shape, strides));

    [Theory]
    [InlineData("0", 2)]
    [InlineData("0", 4)]
    [InlineData("0", -3)]
    [InlineData("0", long.MaxValue)]
    [InlineData("1", 3)]
    [InlineData("../data/0", 3)]
    public void Wants_the_storage_that_the_pickle_states(string key, long count) =>
        TorchBytes.Refusal(new PickleWriter().Tensor(key, count, 0, [1], [1]));

    [Theory]
    [InlineData("uint16", DType.U16, 6)]
    [InlineData("float8_e4m3fn", DType.F8E4M3, 12)]
    [InlineData("bfloat16", DType.BF16, 6)]
    public void Takes_the_type_of_an_untyped_storage_from_the_tensor(string dtype, DType type, long count)
    {
        var tensor = Assert.Single(TorchBytes.Read(Version3(dtype, count)));
        Assert.Equal((type, count), (tensor.Type, tensor.Count));
    }

    [Fact]
    public void Refuses_an_unknown_type_by_the_tensors_name()
    {
        var error = TorchBytes.Refusal(new PickleWriter().Dict(("layer.weight", w => Version3("bits2x4", 1, w))));
        Assert.Equal(ModelFault.Unsupported, error.Fault);
        Assert.Contains("'layer.weight'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_rebuild_sparse_tensor")]
    [InlineData("_rebuild_qtensor")]
    [InlineData("_rebuild_meta_tensor_no_storage")]
    public void Refuses_sparse_and_quantised_tensors_by_name(string rebuilder)
    {
        var error = TorchBytes.Refusal(new PickleWriter().Dict(
            ("plain", w => w.Row()),
            ("odd", w => w.Global("torch._utils", rebuilder).Op(PickleOpcode.EmptyTuple).Op(PickleOpcode.Reduce))));
        Assert.Equal(ModelFault.Unsupported, error.Fault);
        Assert.Contains("'odd'", error.Message, StringComparison.Ordinal);
        Assert.Contains(rebuilder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_quantised_storages_and_conjugate_views()
    {
        Assert.Equal(ModelFault.Unsupported, TorchBytes.Refusal(OnStorage("QInt8Storage", conjugate: false)).Fault);
        Assert.Equal(ModelFault.Unsupported, TorchBytes.Refusal(OnStorage("FloatStorage", conjugate: true)).Fault);
        Assert.Single(TorchBytes.Read(OnStorage("FloatStorage", conjugate: false)));
    }

    [Fact]
    public void Refuses_a_deflated_storage_of_another_length()
    {
        var pickle = new PickleWriter().Row().End();
        var zip = ZipBytes.Of([("r/data.pkl", pickle), ("r/data/0", new byte[1_000_000])], deflated: true);
        Assert.Equal(ModelFault.Inconsistent, TorchBytes.Refusal(zip).Fault);
    }

    private static PickleWriter OnStorage(string type, bool conjugate)
    {
        var pickle = new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOpcode.Mark)
            .Storage(type, "0", 3).Number(0).Tuple(3).Tuple(1).Op(PickleOpcode.NewFalse).Op(PickleOpcode.None);
        return pickle.Dict(("conj", w => w.Op(conjugate ? PickleOpcode.NewTrue : PickleOpcode.NewFalse)))
            .Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);
    }

    private static PickleWriter Version3(string dtype, long count, PickleWriter? onto = null) =>
        (onto ?? new PickleWriter()).Global("torch._utils", "_rebuild_tensor_v3").Op(PickleOpcode.Mark)
            .Storage("UntypedStorage", "0", 12, "torch.storage").Number(0).Tuple(count).Tuple(1)
            .Op(PickleOpcode.NewFalse).Op(PickleOpcode.None).Global("torch", dtype)
            .Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);
}
