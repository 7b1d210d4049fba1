using Eigenscope.Models;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models;

public sealed class TensorTests
{
    [Theory]
    [InlineData(new long[] { }, "scalar", 1)]
    [InlineData(new long[] { 3 }, "3", 3)]
    [InlineData(new long[] { 2, 3, 1 }, "2x3x1", 6)]
    [InlineData(new long[] { 0, 7 }, "0x7", 0)]
    public void Counts_its_elements(long[] shape, string text, long count)
    {
        var tensor = new Tensor("t", DType.F16, shape, new MemoryBytes(new byte[12]), 0);
        Assert.Equal((text, count, 2 * count), (tensor.ShapeText, tensor.Count, tensor.ByteCount));
        Assert.Equal($"t F16 {text}", tensor.ToString());
    }

    [Theory]
    [InlineData(new long[] { 4 }, new long[] { 1 }, 0, ModelFault.Truncated)]
    [InlineData(new long[] { 3 }, new long[] { 1 }, 1, ModelFault.Truncated)]
    [InlineData(new long[] { 3 }, new long[] { 1 }, -1, ModelFault.Truncated)]
    [InlineData(new long[] { 2 }, new long[] { 3 }, 0, ModelFault.Truncated)]
    [InlineData(new long[] { 2 }, new long[] { long.MaxValue }, 0, ModelFault.Truncated)]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 4, ModelFault.Inconsistent)]
    [InlineData(new long[] { -2 }, new long[] { 1 }, 0, ModelFault.Inconsistent)]
    [InlineData(new long[] { long.MaxValue, 2 }, new long[] { 0, 0 }, 0, ModelFault.TooLarge)]
    [InlineData(new long[] { long.MaxValue, long.MaxValue, 4 }, new long[] { 0, 0, 0 }, 0, ModelFault.TooLarge)]
    public void Must_lie_inside_its_bytes(long[] shape, long[] strides, long offset, ModelFault fault) =>
        Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => new Tensor("t", DType.F32, shape, strides, new MemoryBytes(new byte[12]), offset)).Fault);

    [Fact]
    public void May_use_an_element_many_times() =>
        Assert.Equal(1000, new Tensor("t", DType.F32, [1000], [0], new MemoryBytes(new byte[4]), 0).Count);

    [Fact]
    public void Has_at_most_thirty_two_axes()
    {
        var bytes = new MemoryBytes(new byte[4]);
        Assert.Equal(1, new Tensor("t", DType.F32, Ones(Tensor.MaxRank), bytes, 0).Count);
        Assert.Equal(ModelFault.TooLarge, Assert.Throws<ModelFormatException>(() => new Tensor("t", DType.F32, Ones(Tensor.MaxRank + 1), bytes, 0)).Fault);
    }

    [Fact]
    public void Half_bytes_are_rounded_up() => Assert.Equal(2, new Tensor("t", DType.F4, [3], new MemoryBytes(new byte[2]), 0).ByteCount);

    [Fact]
    public void Every_type_is_found_by_its_name()
    {
        foreach (var type in Enum.GetValues<DType>().Where(type => type != DType.Complex128))
        {
            Assert.True(DTypes.TryParse(type.Name(), out var found));
            Assert.Equal(type, found);
        }

        Assert.False(DTypes.TryParse("C128", out _));
        Assert.False(DTypes.TryParse("", out _));
    }

    [Theory]
    [InlineData(DType.F64, -52)]
    [InlineData(DType.F32, -23)]
    [InlineData(DType.F16, -10)]
    [InlineData(DType.BF16, -7)]
    [InlineData(DType.F8E4M3, -3)]
    [InlineData(DType.F8E5M2, -2)]
    [InlineData(DType.F4, -1)]
    public void Spacing_at_one(DType type, int exponent) => Assert.Equal(Math.ScaleB(1, exponent), type.Epsilon());

    [Fact]
    public void Whole_and_complex_numbers_have_no_spacing()
    {
        Assert.All([DType.Bool, DType.I32, DType.U8, DType.Complex64], type => Assert.Equal((false, double.NaN), (type.IsReal(), type.Epsilon())));
    }

    private static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];
}
