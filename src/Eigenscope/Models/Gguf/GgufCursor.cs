using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Models.Gguf;

/// <summary>Walks through a header from front to back, through a small buffer. Every length is held against what is left of the file.</summary>
internal sealed class GgufCursor(ByteSource file)
{
    /// <summary>The longest key or name that is read.</summary>
    public const int MaxTextBytes = 1 << 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] buffer = new byte[Math.Min(MaxTextBytes, file.Length)];
    private long bufferStart;
    private int bufferCount;

    /// <summary>The byte that is read next.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes from there to the end.</summary>
    public long Left => file.Length - Position;

    public ushort Int16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint Int32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong Int64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>Reads a count of things that take at least so many bytes each, all of which must fit into the file.</summary>
    public long Count(string what, int leastBytes, long most = long.MaxValue)
    {
        var at = Position;
        var count = Int64();
        if (count > (ulong)(Left / leastBytes))
        {
            throw Bad(ModelFault.Truncated, $"{count} {what} are announced, and {Left} bytes follow", at);
        }

        return (long)count <= most ? (long)count : throw Bad(ModelFault.TooLarge, $"{count} {what}, at most {most} are read", at);
    }

    /// <summary>Reads a length and as much UTF-8.</summary>
    public string Text(string what)
    {
        var length = (int)Count($"bytes of {what}", 1, MaxTextBytes);
        var at = Position;
        try
        {
            return Strict.GetString(Take(length));
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file.Path, $"{what} is not valid UTF-8", at, e);
        }
    }

    /// <summary>Passes over a length and as many bytes.</summary>
    public void SkipText() => Skip(Count("bytes of text", 1));

    /// <summary>Passes over bytes.</summary>
    public void Skip(long count)
    {
        file.RequireRange(Position, count);
        Position += count;
    }

    /// <summary>The next bytes; they stay as they are until the next call.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        file.RequireRange(Position, count);
        if (Position < bufferStart || Position + count > bufferStart + bufferCount)
        {
            bufferStart = Position;
            bufferCount = (int)Math.Min(buffer.Length, Left);
            file.Read(bufferStart, buffer.AsSpan(0, bufferCount));
        }

        var taken = buffer.AsSpan((int)(Position - bufferStart), count);
        Position += count;
        return taken;
    }

    /// <summary>The exception for a fault at a byte, or at the current one.</summary>
    public ModelFormatException Bad(ModelFault fault, string what, long? at = null) => new(fault, file.Path, what, at ?? Position);
}
