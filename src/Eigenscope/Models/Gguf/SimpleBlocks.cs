using System.Buffers.Binary;

namespace Eigenscope.Models.Gguf;

/// <summary>
/// Blocks of 32 integers with one scale, and with one minimum where the name ends with 1. A byte holds element j in its low half and j + 16 in its high one. Computed
/// in single precision and in the order of ggml-quants.c, so that every bit is the same.
/// </summary>
internal static class SimpleBlocks
{
    private const int Half = 16;

    public static void Q8_0(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 0);
        var values = block.Slice(2, 2 * Half);
        for (var j = 0; j < values.Length; j++)
        {
            to[j] = (sbyte)values[j] * scale;
        }
    }

    public static void Q4_0(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 0);
        var nibbles = block.Slice(2, Half);
        for (var j = 0; j < Half; j++)
        {
            to[j] = ((nibbles[j] & 15) - 8) * scale;
            to[j + Half] = ((nibbles[j] >> 4) - 8) * scale;
        }
    }

    public static void Q4_1(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 0);
        var least = Block.Scale(block, 2);
        var nibbles = block.Slice(4, Half);
        for (var j = 0; j < Half; j++)
        {
            to[j] = ((nibbles[j] & 15) * scale) + least;
            to[j + Half] = ((nibbles[j] >> 4) * scale) + least;
        }
    }

    public static void Q5_0(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 0);
        var nibbles = block.Slice(6, Half);
        var fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[2..]);
        for (var j = 0; j < Half; j++)
        {
            to[j] = (Low(nibbles[j], fifth, j) - 16) * scale;
            to[j + Half] = (High(nibbles[j], fifth, j) - 16) * scale;
        }
    }

    public static void Q5_1(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 0);
        var least = Block.Scale(block, 2);
        var nibbles = block.Slice(8, Half);
        var fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        for (var j = 0; j < Half; j++)
        {
            to[j] = (Low(nibbles[j], fifth, j) * scale) + least;
            to[j + Half] = (High(nibbles[j], fifth, j) * scale) + least;
        }
    }

    private static int Low(byte nibbles, uint fifth, int j) => (nibbles & 15) | ((int)((fifth >> j) & 1) << 4);

    private static int High(byte nibbles, uint fifth, int j) => (nibbles >> 4) | ((int)((fifth >> (j + Half)) & 1) << 4);
}
