using System.Buffers.Binary;

namespace Eigenscope.Models.Gguf;

/// <summary>
/// Blocks of 4-bit codes for 16 fixed values, with scales. Computed in single precision and in the order of ggml-quants.c, so that every bit is the same.
/// </summary>
internal static class CodeBlocks
{
    private static readonly float[] Unsigned8Bits = [.. Enumerable.Range(0, 256).Select(OfUnsigned8Bits)];

    private static ReadOnlySpan<sbyte> Uneven => [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

    /// <summary>The 4-bit floats E2M1, doubled.</summary>
    private static ReadOnlySpan<sbyte> DoubledFloats => [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12];

    /// <summary>A half-precision scale and 32 codes.</summary>
    public static void IQ4_NL(ReadOnlySpan<byte> block, Span<double> to) => Codes(block[2..], Uneven, Block.Scale(block, 0), to, 16);

    /// <summary>A half-precision scale, eight 6-bit scales (their upper two bits first), and 256 codes.</summary>
    public static void IQ4_XS(ReadOnlySpan<byte> block, Span<double> to)
    {
        var (scale, upper) = (Block.Scale(block, 0), BinaryPrimitives.ReadUInt16LittleEndian(block[2..]));
        for (var g = 0; g < 8; g++)
        {
            var six = ((block[4 + (g / 2)] >> (4 * (g % 2))) & 15) | (((upper >> (2 * g)) & 3) << 4);
            Codes(block[(8 + (16 * g))..], Uneven, scale * (six - 32), to[(32 * g)..], 16);
        }
    }

    /// <summary>A power of two and 32 codes.</summary>
    public static void MXFP4(ReadOnlySpan<byte> block, Span<double> to) => Codes(block[1..], DoubledFloats, HalfPowerOfTwo(block[0]), to, 16);

    /// <summary>Four 8-bit scales and four times 16 codes.</summary>
    public static void NVFP4(ReadOnlySpan<byte> block, Span<double> to)
    {
        for (var g = 0; g < 4; g++)
        {
            Codes(block[(4 + (8 * g))..], DoubledFloats, Unsigned8Bits[block[g]], to[(16 * g)..], 8);
        }
    }

    /// <summary>Byte j holds code j in its low half and, in its high one, that which lies as many further on as there are bytes.</summary>
    private static void Codes(ReadOnlySpan<byte> codes, ReadOnlySpan<sbyte> values, float scale, Span<double> to, int bytes)
    {
        var low = to[..bytes];
        var high = to.Slice(bytes, bytes);
        for (var j = 0; j < bytes; j++)
        {
            low[j] = values[codes[j] & 15] * scale;
            high[j] = values[codes[j] >> 4] * scale;
        }
    }

    /// <summary>2^(code - 128), which for the two smallest codes is subnormal.</summary>
    private static float HalfPowerOfTwo(byte code) => BitConverter.UInt32BitsToSingle(code < 2 ? 0x00200000u << code : (uint)(code - 1) << 23);

    /// <summary>Half of the float E4M3 of the lower seven bits. ggml takes its NaN, 0x7F, for zero, but only where the eighth bit is not set.</summary>
    private static float OfUnsigned8Bits(int code)
    {
        var (exponent, mantissa) = ((code >> 3) & 15, code & 7);
        return code == 0x7F ? 0
            : exponent == 0 ? MathF.ScaleB(mantissa, -10)
            : MathF.ScaleB(1 + (mantissa / 8f), exponent - 8);
    }
}
