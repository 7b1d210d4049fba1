using System.Runtime.InteropServices;
using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>Equal means equal bits, but for the payload of NaN.</summary>
public sealed class WideningTests
{
    private static readonly ushort[] AllCodes = [.. Enumerable.Range(0, 65536).Select(code => (ushort)code)];

    public static TheoryData<DType, string> SmallFloats => new()
    {
        { DType.F8E4M3, "F8_E4M3" },
        { DType.F8E5M2, "F8_E5M2" },
        { DType.F8E4M3Fnuz, "F8_E4M3FNUZ" },
        { DType.F8E5M2Fnuz, "F8_E5M2FNUZ" },
    };

    public static TheoryData<DType> Read => [.. Enum.GetValues<DType>().Where(Widening.Reads)];

    /// <summary>Both the vector path and, for each code in turn, the scalar one.</summary>
    [Fact]
    public void Every_half()
    {
        var expected = AllCodes.Select(code => (double)BitConverter.UInt16BitsToHalf(code)).ToArray();
        Same(expected, Widened(DType.F16, MemoryMarshal.AsBytes<ushort>(AllCodes).ToArray(), expected.Length));
        Assert.All(AllCodes, code => Same([expected[code]], Widened(DType.F16, BitConverter.GetBytes(code), 1)));
    }

    [Fact]
    public void Every_bfloat16()
    {
        var expected = AllCodes.Select(code => (double)BitConverter.UInt32BitsToSingle((uint)code << 16)).ToArray();
        Same(expected, Widened(DType.BF16, MemoryMarshal.AsBytes<ushort>(AllCodes).ToArray(), expected.Length));
        Assert.All(AllCodes, code => Same([expected[code]], Widened(DType.BF16, BitConverter.GetBytes(code), 1)));
    }

    [Theory]
    [MemberData(nameof(SmallFloats))]
    public void Every_eight_bit_float(DType type, string name)
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "formats", $"table_{name}.npy"));
        var expected = StoredValues.Of(Assert.Single(new NpyFormat().Read(file)));
        Same(expected, Widened(type, [.. Enumerable.Range(0, 256).Select(code => (byte)code)], 256));
    }

    [Fact]
    public void Singles_and_doubles()
    {
        float[] singles = [0, -0f, 1, -1.5f, float.Epsilon, float.MaxValue, float.NaN, float.NegativeInfinity, .. new Draws(1).Normals(30).Select(x => (float)x)];
        Same([.. singles.Select(x => (double)x)], Widened(DType.F32, MemoryMarshal.AsBytes<float>(singles).ToArray(), singles.Length));
        double[] doubles = [0, -0.0, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, .. new Draws(2).Normals(30)];
        Same(doubles, Widened(DType.F64, MemoryMarshal.AsBytes<double>(doubles).ToArray(), doubles.Length));
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void Big_endian_is_the_same_bytes_turned_round(DType type)
    {
        var (size, draws) = (type.Bits() / 8, new Draws(3));
        var little = Enumerable.Range(0, 40 * size).Select(_ => (byte)draws.Below(256)).ToArray();
        var big = little.Chunk(size).SelectMany(element => element.Reverse()).ToArray();
        Same(Widened(type, little, 40), Widened(type, big, 40, bigEndian: true));
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void Any_length_gives_the_same_values(DType type)
    {
        var (size, draws) = (type.Bits() / 8, new Draws(4));
        var bytes = Enumerable.Range(0, 50 * size).Select(_ => (byte)draws.Below(256)).ToArray();
        var whole = Widened(type, bytes, 50);
        for (var count = 0; count <= 50; count++)
        {
            Same(whole[..count], Widened(type, bytes[..(count * size)], count));
        }
    }

    [Fact]
    public void Reads_the_types_that_hold_whole_real_numbers()
    {
        Assert.Equal(
            [DType.F8E5M2, DType.F8E4M3, DType.F8E4M3Fnuz, DType.F8E5M2Fnuz, DType.F16, DType.BF16, DType.F32, DType.F64],
            Enum.GetValues<DType>().Where(Widening.Reads));
        Assert.Throws<ArgumentOutOfRangeException>(() => Widened(DType.I8, [1], 1));
    }

    private static double[] Widened(DType type, byte[] bytes, int count, bool bigEndian = false)
    {
        var to = new double[count];
        Widening.ToDouble(type, bigEndian, bytes.ToArray(), to);
        return to;
    }

    private static void Same(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]), $"element {i} is {actual[i]}, not {expected[i]}");
        }
    }
}
