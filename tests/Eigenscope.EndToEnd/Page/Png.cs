using System.Buffers.Binary;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Pictures as far as their first bytes tell.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Width and height, which follow the signature and the name of the first chunk.</summary>
    public static (int Width, int Height) SizeOf(ReadOnlySpan<byte> picture)
    {
        Assert.Equal(Signature, picture[..Signature.Length]);
        return (BinaryPrimitives.ReadInt32BigEndian(picture[16..]), BinaryPrimitives.ReadInt32BigEndian(picture[20..]));
    }
}
