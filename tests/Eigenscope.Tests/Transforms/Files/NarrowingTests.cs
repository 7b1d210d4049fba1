using Eigenscope.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Files;

public class NarrowingTests
{
    public static TheoryData<DType> Types => [DType.F32, DType.BF16, DType.F16];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_nearest_number_of_the_type_is_stored(DType type)
    {
        var numbers = Numbers();
        var stored = Stored(type, numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (below, above) = Neighbours(type, stored[i]);
            var error = Math.Abs(stored[i] - numbers[i]);
            Assert.True(error <= Math.Abs(below - numbers[i]) && error <= Math.Abs(above - numbers[i]), $"{numbers[i]:R} is stored as {stored[i]:R}, between {below:R} and {above:R}");
        }
    }

    [Theory]
    [InlineData(1 + (1.0 / 256), 1)]
    [InlineData(1 + (3.0 / 256), 1 + (4.0 / 256))]
    [InlineData(1 + (1.0 / 256) + 1e-12, 1 + (2.0 / 256))]
    [InlineData(1 + (3.0 / 256) - 1e-12, 1 + (2.0 / 256))]
    [InlineData(-1 - (1.0 / 256) - 1e-12, -1 - (2.0 / 256))]
    [InlineData(3.3961775292304957e38, double.PositiveInfinity)]
    [InlineData(3.38e38, 254 * 1.329227995784916e36)]
    [InlineData(0.0, 0.0)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(4.6e-41, 9.183549615799121e-41)]
    [InlineData(4.5e-41, 0.0)]
    public void Bfloat16_is_rounded_once(double number, double expected)
    {
        Assert.All(Stored(DType.BF16, [.. Enumerable.Repeat(number, 9)]), stored => Assert.Equal(expected, stored));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Numbers_of_the_type_stay_at_random_too(DType type)
    {
        var numbers = Stored(type, Numbers());
        Assert.Equal(numbers, AtRandom(type, numbers, 0.999));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void At_random_the_mean_is_the_number(DType type)
    {
        foreach (var number in (double[])[1.003, -1.003, 0.1, 3e-7, -0.99999])
        {
            var (below, above) = Around(type, number);
            double[] draws = [.. Enumerable.Range(0, 1000).Select(i => (i + 0.5) / 1000)];
            var mean = draws.Average(draw => AtRandom(type, [number], draw)[0]);
            Assert.Equal(number, mean, (above - below) / 1000);
        }
    }

    private static (double Below, double Above) Around(DType type, double number)
    {
        var nearest = Stored(type, [number])[0];
        var (below, above) = Neighbours(type, nearest);
        return nearest > number ? (below, nearest) : (nearest, above);
    }

    private static double[] Stored(DType type, double[] numbers)
    {
        var bytes = new byte[numbers.Length * type.Bits() / 8];
        Narrowing.ToNearest(type, numbers, bytes);
        return Widened(type, bytes);
    }

    private static double[] AtRandom(DType type, double[] numbers, double draw)
    {
        var bytes = new byte[numbers.Length * type.Bits() / 8];
        Narrowing.AtRandom(type, numbers, [.. Enumerable.Repeat(draw, numbers.Length)], bytes);
        return Widened(type, bytes);
    }

    private static double[] Widened(DType type, byte[] bytes)
    {
        var values = new double[bytes.Length * 8 / type.Bits()];
        Widening.ToDouble(type, bigEndian: false, bytes, values);
        return values;
    }

    /// <summary>The numbers of the type on both sides, from the type's own spacing.</summary>
    private static (double Below, double Above) Neighbours(DType type, double number) => type switch
    {
        DType.F32 => (MathF.BitDecrement((float)number), MathF.BitIncrement((float)number)),
        DType.F16 => ((double)Half.BitDecrement((Half)number), (double)Half.BitIncrement((Half)number)),
        _ => (Brain(number, up: false), Brain(number, up: true)),
    };

    private static double Brain(double number, bool up)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)number);
        var away = up == number > 0;
        return number == 0 ? (up ? 1 : -1) * 9.183549615799121e-41 : BitConverter.UInt32BitsToSingle(away ? bits + 0x10000 : bits - 0x10000);
    }

    private static double[] Numbers()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, 4003).Select(i => (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-20, 15)))];
    }
}
