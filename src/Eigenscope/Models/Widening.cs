using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.Models;

/// <summary>Stored elements to float64, exactly: every value of every type here is a float64.</summary>
internal static class Widening
{
    private const int HalfLanes = 16;

    private static readonly double[] E5M2 = SmallFloat.Table(exponentBits: 5, mantissaBits: 2, bias: 15, SmallFloat.Specials.Ieee);
    private static readonly double[] E4M3 = SmallFloat.Table(exponentBits: 4, mantissaBits: 3, bias: 7, SmallFloat.Specials.AllOnesIsNaN);
    private static readonly double[] E5M2Fnuz = SmallFloat.Table(exponentBits: 5, mantissaBits: 2, bias: 16, SmallFloat.Specials.NegativeZeroIsNaN);
    private static readonly double[] E4M3Fnuz = SmallFloat.Table(exponentBits: 4, mantissaBits: 3, bias: 8, SmallFloat.Specials.NegativeZeroIsNaN);

    /// <summary>True for the types that <see cref="ToDouble"/> reads.</summary>
    public static bool Reads(DType type) => type is DType.F64 or DType.F32 or DType.F16 or DType.BF16
        or DType.F8E5M2 or DType.F8E4M3 or DType.F8E5M2Fnuz or DType.F8E4M3Fnuz;

    /// <summary>Widens as many elements as <paramref name="to"/> holds. Big-endian bytes are turned round in place.</summary>
    public static void ToDouble(DType type, bool bigEndian, Span<byte> bytes, Span<double> to)
    {
        if (bigEndian)
        {
            Reverse(type, bytes);
        }

        switch (type)
        {
            case DType.F64:
                MemoryMarshal.Cast<byte, double>(bytes)[..to.Length].CopyTo(to);
                break;
            case DType.F32:
                Widen(MemoryMarshal.Cast<byte, float>(bytes), to);
                break;
            case DType.F16:
                WidenHalf(MemoryMarshal.Cast<byte, ushort>(bytes), to);
                break;
            case DType.BF16:
                WidenBrain(MemoryMarshal.Cast<byte, ushort>(bytes), to);
                break;
            default:
                LookUp(TableOf(type), bytes, to);
                break;
        }
    }

    private static double[] TableOf(DType type) => type switch
    {
        DType.F8E5M2 => E5M2,
        DType.F8E4M3 => E4M3,
        DType.F8E5M2Fnuz => E5M2Fnuz,
        DType.F8E4M3Fnuz => E4M3Fnuz,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static void Reverse(DType type, Span<byte> bytes)
    {
        switch (type.Bits())
        {
            case 16:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
            case 32:
                var singles = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(singles, singles);
                break;
            case 64:
                var doubles = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
            default:
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        var i = 0;
        for (; i <= to.Length - HalfLanes; i += HalfLanes)
        {
            WidenTo(Vector512.Create(from[i..]), to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] = from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenBrain(ReadOnlySpan<ushort> from, Span<double> to)
    {
        var i = 0;
        for (; i <= to.Length - HalfLanes; i += HalfLanes)
        {
            WidenTo((Vector512.WidenLower(Vector256.Create(from[i..]).ToVector512Unsafe()) << 16).AsSingle(), to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] = BitConverter.UInt32BitsToSingle((uint)from[i] << 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenHalf(ReadOnlySpan<ushort> from, Span<double> to)
    {
        var i = 0;
        for (; i <= to.Length - HalfLanes; i += HalfLanes)
        {
            WidenTo(SingleOfHalf(Vector512.WidenLower(Vector256.Create(from[i..]).ToVector512Unsafe())), to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] = (double)BitConverter.UInt16BitsToHalf(from[i]);
        }
    }

    /// <summary>
    /// Shifting exponent and mantissa of a half into a single gives its value times 2^-112, subnormals too; an exponent of all ones
    /// stays all ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SingleOfHalf(Vector512<uint> half)
    {
        var magnitude = ((half & Vector512.Create(0x7FFFu)) << 13).AsSingle() * Vector512.Create(5.192296858534828e33f);
        var special = Vector512.Equals(half & Vector512.Create(0x7C00u), Vector512.Create(0x7C00u)) & Vector512.Create(0x7F800000u);
        var sign = (half & Vector512.Create(0x8000u)) << 16;
        return (magnitude.AsUInt32() | special | sign).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenTo(Vector512<float> values, Span<double> to)
    {
        var (lower, upper) = Vector512.Widen(values);
        lower.CopyTo(to);
        upper.CopyTo(to[(HalfLanes / 2)..]);
    }

    private static void LookUp(double[] table, ReadOnlySpan<byte> from, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = table[from[i]];
        }
    }
}
