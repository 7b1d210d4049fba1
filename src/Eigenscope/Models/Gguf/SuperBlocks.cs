namespace Eigenscope.Models.Gguf;

/// <summary>
/// Blocks of 256 integers in groups of 16 or 32; the scales of the groups are integers themselves. Computed in single precision and in the order of ggml-quants.c, so
/// that every bit is the same.
/// </summary>
internal static class SuperBlocks
{
    private const int Group = 32;

    /// <summary>16 bytes of scale and minimum, 64 bytes of 2-bit integers, the scale of scales, that of minima.</summary>
    public static void Q2_K(ReadOnlySpan<byte> block, Span<double> to)
    {
        var (scale, least) = (Block.Scale(block, 80), Block.Scale(block, 82));
        for (var g = 0; g < 16; g++)
        {
            var (groupScale, groupLeast) = (scale * (block[g] & 15), least * (block[g] >> 4));
            var packed = Group16(block.Slice(16, 64), g);
            var shift = Shift16(g);
            var values = to.Slice(16 * g, 16);
            for (var l = 0; l < values.Length; l++)
            {
                values[l] = (groupScale * ((packed[l] >> shift) & 3)) - groupLeast;
            }
        }
    }

    /// <summary>32 bytes of third bits, 64 of the lower two, 12 of 6-bit scales, the scale of scales.</summary>
    public static void Q3_K(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 108);
        for (var g = 0; g < 16; g++)
        {
            var groupScale = scale * (SixBits(block.Slice(96, 12), g) - 32);
            var packed = Group16(block.Slice(32, 64), g);
            var shift = Shift16(g);
            var values = to.Slice(16 * g, 16);
            var third = block.Slice(16 * (g % 2), 16);
            var bit = g / 2;
            for (var l = 0; l < values.Length; l++)
            {
                values[l] = groupScale * (((packed[l] >> shift) & 3) + (((third[l] >> bit) & 1) << 2) - 4);
            }
        }
    }

    /// <summary>The two scales of scales and minima, 12 bytes of both, 128 bytes of 4-bit integers.</summary>
    public static void Q4_K(ReadOnlySpan<byte> block, Span<double> to)
    {
        var (scale, least) = (Block.Scale(block, 0), Block.Scale(block, 2));
        for (var g = 0; g < 8; g++)
        {
            var (groupScale, groupLeast) = Group32(block.Slice(4, 12), g, scale, least);
            var nibbles = block.Slice(16 + (Group * (g / 2)), Group);
            var shift = 4 * (g % 2);
            var values = to.Slice(Group * g, Group);
            for (var l = 0; l < values.Length; l++)
            {
                values[l] = (groupScale * ((nibbles[l] >> shift) & 15)) - groupLeast;
            }
        }
    }

    /// <summary>As <see cref="Q4_K"/>, with 32 bytes of fifth bits before the lower four.</summary>
    public static void Q5_K(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 0);
        var least = Block.Scale(block, 2);
        var fifth = block.Slice(16, Group);
        for (var g = 0; g < 8; g++)
        {
            var (groupScale, groupLeast) = Group32(block.Slice(4, 12), g, scale, least);
            var nibbles = block.Slice(48 + (Group * (g / 2)), Group);
            var shift = 4 * (g % 2);
            var values = to.Slice(Group * g, Group);
            for (var l = 0; l < values.Length; l++)
            {
                values[l] = (groupScale * (((nibbles[l] >> shift) & 15) | (((fifth[l] >> g) & 1) << 4))) - groupLeast;
            }
        }
    }

    /// <summary>128 bytes of the lower four bits, 64 of the upper two, 16 signed scales, the scale of scales.</summary>
    public static void Q6_K(ReadOnlySpan<byte> block, Span<double> to)
    {
        var scale = Block.Scale(block, 208);
        for (var g = 0; g < 16; g++)
        {
            // Eight groups make a half of the block; there, the first four have the low nibbles.
            var (half, part, start) = (g / 8, g % 8 / 2, 16 * (g % 2));
            var lower = block.Slice((64 * half) + (Group * (part % 2)) + start, 16);
            var upper = block.Slice(128 + (Group * half) + start, 16);
            var groupScale = scale * (sbyte)block[192 + g];
            var values = to.Slice(16 * g, 16);
            var (lowerShift, upperShift) = (4 * (part / 2), 2 * part);
            for (var l = 0; l < values.Length; l++)
            {
                values[l] = groupScale * ((((lower[l] >> lowerShift) & 15) | (((upper[l] >> upperShift) & 3) << 4)) - 32);
            }
        }
    }

    /// <summary>The bytes in which group g of 16 two-bit integers lies: 128 elements share 32 bytes.</summary>
    private static ReadOnlySpan<byte> Group16(ReadOnlySpan<byte> packed, int g) => packed.Slice((Group * (g / 8)) + (16 * (g % 2)), 16);

    private static int Shift16(int g) => 2 * (g % 8 / 2);

    /// <summary>Sixteen 6-bit numbers in 12 bytes: eight bytes of lower halves, four of the upper two bits.</summary>
    private static int SixBits(ReadOnlySpan<byte> packed, int g) => ((packed[g % 8] >> (4 * (g / 8))) & 15) | (((packed[8 + (g % 4)] >> (2 * (g / 4))) & 3) << 4);

    /// <summary>Eight pairs of 6-bit numbers in 12 bytes: four pairs whole, the other four in halves beside and above them.</summary>
    private static (float Scale, float Least) Group32(ReadOnlySpan<byte> packed, int g, float scale, float least)
    {
        var (first, second) = g < 4
            ? (packed[g] & 63, packed[g + 4] & 63)
            : ((packed[g + 4] & 15) | ((packed[g - 4] >> 6) << 4), (packed[g + 4] >> 4) | ((packed[g] >> 6) << 4));
        return (scale * first, least * second);
    }
}
