using System.Text;

namespace Eigenscope.Models.Onnx;

/// <summary>A protobuf message in a file: its fields in turn, with the content of those that are not asked for left unread.</summary>
internal sealed class ProtoMessage
{
    /// <summary>How deep messages may lie in one another.</summary>
    private const int MostDepth = 100;

    /// <summary>The longest text that is read.</summary>
    private const int MostTextBytes = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ProtoBytes bytes;
    private readonly long start;
    private readonly long end;
    private readonly int depth;

    private ProtoMessage(ProtoBytes bytes, long start, long end, int depth)
    {
        (this.bytes, this.start, this.end, this.depth) = (bytes, start, end, depth);
        if (depth > MostDepth)
        {
            throw Bad(ModelFault.TooLarge, $"messages lie more than {MostDepth} deep in one another", start);
        }
    }

    /// <summary>The path of the file, for messages.</summary>
    public string Path => bytes.File.Path;

    /// <summary>The whole file as a message.</summary>
    public static ProtoMessage Of(ByteSource file) => new(new ProtoBytes(file), 0, file.Length, 1);

    /// <summary>The fields in file order.</summary>
    /// <exception cref="ModelFormatException">A field reaches past the end of the message, or is of no known kind.</exception>
    public IEnumerable<ProtoField> Fields()
    {
        for (var at = start; at < end;)
        {
            var field = Next(at);
            yield return field;
            at = field.Start + field.Length;
        }
    }

    /// <summary>A field as a message of its own.</summary>
    public ProtoMessage Message(ProtoField field)
    {
        Require(field, WireType.Bytes);
        return new ProtoMessage(bytes, field.Start, field.Start + field.Length, depth + 1);
    }

    /// <summary>A field as text.</summary>
    public string Text(ProtoField field)
    {
        Require(field, WireType.Bytes);
        if (field.Length > MostTextBytes)
        {
            throw Bad(ModelFault.TooLarge, $"a text has {field.Length} bytes, at most {MostTextBytes} are read", field.Start);
        }

        try
        {
            return Utf8.GetString(bytes.File.ReadArray(field.Start, field.Length));
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFormatException(ModelFault.BadHeader, Path, "a text is not valid UTF-8", field.Start, e);
        }
    }

    /// <summary>A field as a whole number.</summary>
    public long Integer(ProtoField field)
    {
        Require(field, WireType.Varint);
        return unchecked((long)field.Value);
    }

    /// <summary>A field as whole numbers: one, or many packed.</summary>
    public IEnumerable<long> Integers(ProtoField field)
    {
        if (field.Wire != WireType.Bytes)
        {
            yield return Integer(field);
            yield break;
        }

        for (var at = field.Start; at < field.Start + field.Length;)
        {
            yield return unchecked((long)bytes.Varint(ref at, field.Start + field.Length));
        }
    }

    /// <summary>The content of a field as bytes of their own; nothing is read yet.</summary>
    public ByteSource Content(ProtoField field) => bytes.File.Slice(field.Start, field.Length);

    private ProtoField Next(long at)
    {
        var from = at;
        var key = bytes.Varint(ref at, end);
        var number = key >> 3;
        if (number is 0 or > (1 << 29) - 1)
        {
            throw Bad(ModelFault.BadHeader, $"field {number} is none of a protobuf message", from);
        }

        return Content((int)number, (WireType)(key & 7), at, from);
    }

    private ProtoField Content(int number, WireType wire, long at, long from)
    {
        var first = at;
        switch (wire)
        {
            case WireType.Varint:
                var value = bytes.Varint(ref at, end);
                return new ProtoField(number, wire, value, first, at - first);
            case WireType.Fixed32:
            case WireType.Fixed64:
                return Bounded(number, wire, at, wire == WireType.Fixed32 ? 4UL : 8UL);
            case WireType.Bytes:
                var length = bytes.Varint(ref at, end);
                return Bounded(number, wire, at, length);
            default:
                throw Bad(ModelFault.BadHeader, $"field {number} has the wire type {(int)wire}, and 0, 1, 2 and 5 are in use", from);
        }
    }

    private ProtoField Bounded(int number, WireType wire, long at, ulong length) => length <= (ulong)(end - at)
        ? new ProtoField(number, wire, 0, at, (long)length)
        : throw Bad(ModelFault.Truncated, $"field {number} is said to have {length} bytes, and {end - at} are left", at);

    private void Require(ProtoField field, WireType wire)
    {
        if (field.Wire != wire)
        {
            throw Bad(ModelFault.BadHeader, $"field {field.Number} has the wire type {(int)field.Wire}, and {(int)wire} is wanted", field.Start);
        }
    }

    private ModelFormatException Bad(ModelFault fault, string what, long offset) => new(fault, Path, what, offset);
}
