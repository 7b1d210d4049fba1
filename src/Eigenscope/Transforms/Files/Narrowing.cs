using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>From float64 to the type that is stored, in one rounding: to the nearest, of two equally near to the even one, or at random.</summary>
/// <remarks>
/// F64, F32, BF16 and F16, little-endian. A float32 on the way is rounded to odd, so that the second rounding sees what the first lost (Boldo and Melquiond 2008). Numbers beyond the
/// largest become infinite as IEEE 754 has it.
/// </remarks>
internal static class Narrowing
{
    private const uint SignBit = 0x8000_0000;
    private const uint InfinityBits = 0x7F80_0000;

    /// <summary>True for the types that can be written.</summary>
    public static bool Writes(DType type) => type is DType.F64 or DType.F32 or DType.BF16 or DType.F16;

    /// <summary>Rounds to the nearest.</summary>
    /// <param name="type">The stored type.</param>
    /// <param name="from">The numbers.</param>
    /// <param name="to">Where their bytes go.</param>
    public static void ToNearest(DType type, ReadOnlySpan<double> from, Span<byte> to)
    {
        switch (type)
        {
            case DType.F64:
                MemoryMarshal.AsBytes(from).CopyTo(to);
                break;
            case DType.F32:
                Singles(from, MemoryMarshal.Cast<byte, float>(to));
                break;
            case DType.BF16:
                Brains(from, MemoryMarshal.Cast<byte, ushort>(to));
                break;
            case DType.F16:
                for (var i = 0; i < from.Length; i++)
                {
                    BinaryPrimitives.WriteHalfLittleEndian(to[(2 * i)..], (Half)from[i]);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "F64, F32, BF16 or F16 is wanted");
        }
    }

    /// <summary>
    /// Rounds down or up, up with the probability of the distance from below, so that the expectation of what is stored is the number: what is far below the spacing of the type is not lost on
    /// average. Numbers beyond the largest finite one are rounded to the nearest.
    /// </summary>
    /// <param name="type">The stored type.</param>
    /// <param name="from">The numbers.</param>
    /// <param name="draws">A number in [0, 1) for each.</param>
    /// <param name="to">Where their bytes go.</param>
    public static void AtRandom(DType type, ReadOnlySpan<double> from, ReadOnlySpan<double> draws, Span<byte> to)
    {
        ToNearest(type, from, to);
        var size = type.Bits() / 8;
        Span<double> stored = stackalloc double[1];
        for (var i = 0; i < from.Length; i++)
        {
            var bytes = to.Slice(i * size, size);
            Widening.ToDouble(type, bigEndian: false, bytes, stored);
            if (stored[0] == from[i] || !double.IsFinite(stored[0]))
            {
                continue;
            }

            var other = Neighbour(type, bytes, up: from[i] > stored[0]);
            var (low, high) = from[i] > stored[0] ? (stored[0], other) : (other, stored[0]);
            var goesUp = draws[i] * (high - low) < from[i] - low;
            if (double.IsFinite(other) && goesUp != (high == stored[0]))
            {
                Step(type, bytes, up: from[i] > stored[0]);
            }
        }
    }

    private static double Neighbour(DType type, ReadOnlySpan<byte> bytes, bool up)
    {
        Span<byte> copy = stackalloc byte[bytes.Length];
        Span<double> value = stackalloc double[1];
        bytes.CopyTo(copy);
        Step(type, copy, up);
        Widening.ToDouble(type, bigEndian: false, copy, value);
        return value[0];
    }

    /// <summary>To the next number of the type: magnitudes are ordered as their bits.</summary>
    private static void Step(DType type, Span<byte> bytes, bool up)
    {
        if (type == DType.F32)
        {
            var single = BinaryPrimitives.ReadSingleLittleEndian(bytes);
            BinaryPrimitives.WriteSingleLittleEndian(bytes, up ? MathF.BitIncrement(single) : MathF.BitDecrement(single));
            return;
        }

        var bits = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var isZero = (bits & 0x7FFF) == 0;
        var isNegative = (bits & 0x8000) != 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, isZero ? (ushort)(up ? 0x0001 : 0x8001) : (ushort)(up != isNegative ? bits + 1 : bits - 1));
    }

    private static void Singles(ReadOnlySpan<double> from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }

    /// <summary>Eight numbers at a time: float32 rounded to odd, then its upper half to the nearest even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Brains(ReadOnlySpan<double> from, Span<ushort> to)
    {
        var i = 0;
        for (; i <= from.Length - Lanes.Count; i += Lanes.Count)
        {
            var x = Vector512.Create(from[i..]);
            var single = Vector256.Narrow(x.GetLower(), x.GetUpper());
            var (low, high) = Vector256.Widen(single);
            var inexact = Vector256.Narrow(Vector256.OnesComplement(Vector256.Equals(low, x.GetLower())).AsInt64(), Vector256.OnesComplement(Vector256.Equals(high, x.GetUpper())).AsInt64()).AsUInt32();
            var away = Vector256.Narrow(
                Vector256.GreaterThan(Vector256.Abs(low), Vector256.Abs(x.GetLower())).AsInt64(), Vector256.GreaterThan(Vector256.Abs(high), Vector256.Abs(x.GetUpper())).AsInt64()).AsUInt32();
            var bits = single.AsUInt32();
            var odd = (bits + away) | (inexact & Vector256<uint>.One);
            var isFinite = Vector256.LessThan(bits & Vector256.Create(~SignBit), Vector256.Create(InfinityBits));
            var sticky = Vector256.ConditionalSelect(isFinite, odd, bits);
            var even = (sticky >> 16) & Vector256<uint>.One;
            var rounded = (sticky + Vector256.Create(0x7FFFu) + even) >> 16;
            var isNaN = Vector256.OnesComplement(Vector256.Equals(single, single)).AsUInt32();
            var brain = Vector256.ConditionalSelect(isNaN, (bits >> 16) | Vector256.Create(0x0040u), rounded);
            Vector128.Narrow(brain.GetLower(), brain.GetUpper()).CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] = Brain(from[i]);
        }
    }

    private static ushort Brain(double x)
    {
        var single = (float)x;
        var bits = BitConverter.SingleToUInt32Bits(single);
        if (float.IsNaN(single))
        {
            return (ushort)((bits >> 16) | 0x0040);
        }

        if (float.IsFinite(single) && single != x)
        {
            bits = (Math.Abs((double)single) > Math.Abs(x) ? bits - 1 : bits) | 1;
        }

        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
