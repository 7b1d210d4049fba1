using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Models.PyTorch;

/// <summary>The bytes of a pickle, read forwards. Every length is checked against what is left before anything is taken.</summary>
/// <param name="bytes">The pickle, and what follows it where other pickles do.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="name">Which pickle of the file it is, for messages.</param>
/// <param name="start">The byte of the file at which the pickle starts; null where it is packed.</param>
internal sealed class PickleCursor(ByteSource bytes, string path, string name, long? start)
{
    /// <summary>The largest pickle that is read. State dicts of a hundred thousand tensors stay far below.</summary>
    public const int MaxBytes = 1 << 26;

    private const long LineGuess = 128;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ByteCursor cursor = new(bytes);

    /// <summary>How many bytes were read.</summary>
    public long Position => cursor.Position;

    /// <summary>How many bytes are left.</summary>
    public long Remaining => Math.Min(cursor.Remaining, MaxBytes - cursor.Position);

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

    /// <summary>The next <paramref name="count"/> bytes. They are valid until more are read.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        Require(count);
        return cursor.Take((int)count);
    }

    /// <summary>Passes over the next <paramref name="count"/> bytes.</summary>
    public void Skip(long count)
    {
        Require(count);
        cursor.Skip(count);
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
        var line = Utf8(LineLength());
        Skip(1);
        return line;
    }

    /// <summary>Throws where anything follows.</summary>
    public void RequireEnd()
    {
        if (cursor.Remaining > 0)
        {
            throw Bad(ModelFault.Inconsistent, $"the pickle ends with {cursor.Remaining} bytes left, where none is right");
        }
    }

    /// <summary>An exception for a fault at the current position.</summary>
    public ModelFormatException Bad(ModelFault fault, string what, Exception? inner = null) =>
        new(fault, path, $"{name}: {what}", start + Position, inner);

    private int LineLength()
    {
        for (var seen = LineGuess; ; seen *= 2)
        {
            var peeked = cursor.Peek((int)Math.Min(seen, Remaining));
            var length = peeked.IndexOf((byte)'\n');
            if (length >= 0)
            {
                return length;
            }

            if (peeked.Length == Remaining)
            {
                throw Bad(Short, "a line has no end");
            }
        }
    }

    private void Require(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw Bad(Short, $"{count} bytes are wanted, and {Remaining} are left");
        }
    }

    /// <summary>What is wrong where the pickle is too short: the file ends, or the pickle goes on beyond what is read.</summary>
    private ModelFault Short => cursor.Remaining > Remaining ? ModelFault.TooLarge : ModelFault.Truncated;
}
