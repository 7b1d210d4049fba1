using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Models.Flax;

/// <summary>MessagePack read forwards: the head of a value, then its content or a step over it. Source: the MessagePack specification.</summary>
internal sealed class MessagePackReader(ByteSource file)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ByteCursor cursor = new(file);

    /// <summary>How many bytes were read.</summary>
    public long Position => cursor.Position;

    /// <summary>How many bytes are left.</summary>
    public long Remaining => cursor.Remaining;

    /// <summary>The head of the next value. Numbers are read whole; lengths and counts are no more than what is left.</summary>
    public MessagePackHead Next()
    {
        var head = Head(cursor.Take(1)[0]);
        var least = head.Kind switch
        {
            MessagePackKind.Text or MessagePackKind.Binary or MessagePackKind.Extension or MessagePackKind.Array => head.Value,
            MessagePackKind.Map => 2 * head.Value,
            _ => 0,
        };
        return least <= Remaining ? head : throw Bad(ModelFault.Truncated, $"{head.Kind} of {head.Value} is stated, and {Remaining} bytes are left");
    }

    /// <summary>The content of text or bytes, as text.</summary>
    /// <param name="head">Its head, just read.</param>
    /// <param name="most">The most bytes that make sense.</param>
    public string Text(MessagePackHead head, int most)
    {
        if (head.Kind is not (MessagePackKind.Text or MessagePackKind.Binary))
        {
            throw Bad(ModelFault.BadHeader, $"a text is expected, and a value of kind {head.Kind} is there");
        }

        if (head.Value > most)
        {
            throw Bad(ModelFault.TooLarge, $"a text has {head.Value} bytes; at most {most} are read");
        }

        try
        {
            return StrictUtf8.GetString(cursor.Take((int)head.Value));
        }
        catch (DecoderFallbackException e)
        {
            throw Bad(ModelFault.BadHeader, "a text is not UTF-8", e);
        }
    }

    /// <summary>Passes over the content of a value that is no array or map.</summary>
    public void Skip(MessagePackHead head)
    {
        if (head.Kind is MessagePackKind.Text or MessagePackKind.Binary or MessagePackKind.Extension)
        {
            cursor.Skip(head.Value);
        }
    }

    /// <summary>The next value, which must be of that kind.</summary>
    public MessagePackHead Require(MessagePackKind kind)
    {
        var head = Next();
        return head.Kind == kind ? head : throw Bad(ModelFault.BadHeader, $"a value of kind {kind} is expected, and one of kind {head.Kind} is there");
    }

    /// <summary>An exception for a fault at the current position.</summary>
    public ModelFormatException Bad(ModelFault fault, string what, Exception? inner = null) => new(fault, file.Path, what, Position, inner);

    private MessagePackHead Head(byte first) => first switch
    {
        <= 0x7f => new(MessagePackKind.Integer, first),
        <= 0x8f => new(MessagePackKind.Map, first & 0x0f),
        <= 0x9f => new(MessagePackKind.Array, first & 0x0f),
        <= 0xbf => new(MessagePackKind.Text, first & 0x1f),
        0xc0 or 0xc2 or 0xc3 => new(MessagePackKind.Other, 0),
        0xc4 or 0xc5 or 0xc6 => new(MessagePackKind.Binary, Unsigned(1 << (first - 0xc4))),
        0xc7 or 0xc8 or 0xc9 => Extension(Unsigned(1 << (first - 0xc7))),
        0xca or 0xcb => Passed(first == 0xca ? sizeof(float) : sizeof(double)),
        >= 0xcc and <= 0xcf => new(MessagePackKind.Integer, Unsigned(1 << (first - 0xcc))),
        >= 0xd0 and <= 0xd3 => new(MessagePackKind.Integer, Signed(1 << (first - 0xd0))),
        >= 0xd4 and <= 0xd8 => Extension(1 << (first - 0xd4)),
        0xd9 or 0xda or 0xdb => new(MessagePackKind.Text, Unsigned(1 << (first - 0xd9))),
        0xdc or 0xdd => new(MessagePackKind.Array, Unsigned(first == 0xdc ? sizeof(ushort) : sizeof(uint))),
        0xde or 0xdf => new(MessagePackKind.Map, Unsigned(first == 0xde ? sizeof(ushort) : sizeof(uint))),
        >= 0xe0 => new(MessagePackKind.Integer, (sbyte)first),
        _ => throw Bad(ModelFault.BadHeader, $"0x{first:x2} begins no value of MessagePack"),
    };

    private MessagePackHead Extension(long length) => new(MessagePackKind.Extension, length, (sbyte)cursor.Take(1)[0]);

    private MessagePackHead Passed(int bytes)
    {
        cursor.Skip(bytes);
        return new(MessagePackKind.Other, 0);
    }

    /// <summary>A number, most significant byte first; one of 2^63 or more is beyond every use here.</summary>
    private long Unsigned(int bytes)
    {
        var number = Number(bytes);
        return number <= long.MaxValue ? (long)number : throw Bad(ModelFault.TooLarge, $"the number {number} is beyond what is read");
    }

    private long Signed(int bytes)
    {
        var unused = 64 - (8 * bytes);
        return (long)(Number(bytes) << unused) >> unused;
    }

    private ulong Number(int bytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        cursor.Take(bytes).CopyTo(wide[^bytes..]);
        return BinaryPrimitives.ReadUInt64BigEndian(wide);
    }
}
