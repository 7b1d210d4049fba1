using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Models.PyTorch;

/// <summary>The bytes of a pickle, read forwards. Every length is checked against what is left before anything is taken.</summary>
/// <param name="bytes">The whole pickle.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="start">The byte of the file at which the pickle starts; null where it is packed.</param>
internal sealed class PickleCursor(byte[] bytes, string path, long? start)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public int Remaining => bytes.Length - Position;

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The next two bytes, least significant first, as everywhere but in <see cref="Double"/>.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>The next four bytes as a signed number.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>The next four bytes as an unsigned number.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>The next eight bytes as a number, where they are a length.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>The next eight bytes as a number, most significant byte first.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw Bad(ModelFault.Truncated, $"{count} bytes are wanted, and {Remaining} are left");
        }

        var taken = bytes.AsSpan(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>The next <paramref name="count"/> bytes as UTF-8.</summary>
    public string Utf8(long count)
    {
        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException e)
        {
            throw Bad(ModelFault.BadHeader, "a text is not UTF-8", e);
        }
    }

    /// <summary>The next <paramref name="count"/> bytes, one character each, as Python 2 wrote its text.</summary>
    public string Latin1(long count) => Encoding.Latin1.GetString(Take(count));

    /// <summary>The text up to the next line feed, which is skipped.</summary>
    public string Line()
    {
        var length = bytes.AsSpan(Position).IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Bad(ModelFault.Truncated, "a line has no end");
        }

        var line = Utf8(length);
        Position++;
        return line;
    }

    /// <summary>An exception for a fault at the current position.</summary>
    public ModelFormatException Bad(ModelFault fault, string what, Exception? inner = null) =>
        new(fault, path, $"data.pkl: {what}", start + Position, inner);
}
