using System.Buffers.Binary;

namespace Eigenscope.Models.Gguf;

/// <summary>Numbers in a block.</summary>
internal static class Block
{
    /// <summary>A half-precision scale as a single.</summary>
    public static float Scale(ReadOnlySpan<byte> block, int at) => (float)BinaryPrimitives.ReadHalfLittleEndian(block[at..]);
}
