using System.Buffers.Binary;
using System.Globalization;

namespace Eigenscope.Models.PyTorch;

/// <content>Instructions that push a number, a text or a constant.</content>
internal sealed partial class PickleMachine
{
    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(0, 256).Select(number => (object)(long)number)];
    private static readonly PickleObject Bytes = new("builtins.bytes");
    private static readonly PickleObject WideNumber = new("builtins.int");

    private bool Literal(PickleOpcode opcode)
    {
        if (Text(opcode) is { } text)
        {
            stack.Push(text);
            return true;
        }

        return NumberOrConstant(opcode) || SkippedBytes(opcode);
    }

    private string? Text(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.BinUnicode => cursor.Utf8(cursor.UInt32()),
        PickleOpcode.ShortBinUnicode => cursor.Utf8(cursor.Byte()),
        PickleOpcode.BinUnicode8 => cursor.Utf8(cursor.Int64()),
        PickleOpcode.BinString => cursor.Latin1(cursor.Int32()),
        PickleOpcode.ShortBinString => cursor.Latin1(cursor.Byte()),
        PickleOpcode.Unicode => cursor.Line(),
        PickleOpcode.String => cursor.Line().Trim('\'', '"'),
        _ => null,
    };

    private bool NumberOrConstant(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None: stack.Push(null); break;
            case PickleOpcode.NewTrue: stack.Push(True); break;
            case PickleOpcode.NewFalse: stack.Push(False); break;
            case PickleOpcode.BinInt1: stack.Push(SmallNumbers[cursor.Byte()]); break;
            case PickleOpcode.BinInt2: stack.Push((long)cursor.UInt16()); break;
            case PickleOpcode.BinInt: stack.Push((long)cursor.Int32()); break;
            case PickleOpcode.Long1: stack.Push(LongOf(cursor.Take(cursor.Byte()))); break;
            case PickleOpcode.Long4: stack.Push(LongOf(cursor.Take(cursor.Int32()))); break;
            case PickleOpcode.BinFloat: stack.Push(cursor.Double()); break;
            case PickleOpcode.Int: stack.Push(IntOrTruth(cursor.Line())); break;
            case PickleOpcode.Long: stack.Push(Number(cursor.Line().TrimEnd('L'))); break;
            case PickleOpcode.Float: stack.Push(Real(cursor.Line())); break;
            default: return false;
        }

        return true;
    }

    private bool SkippedBytes(PickleOpcode opcode)
    {
        long? count = opcode switch
        {
            PickleOpcode.BinBytes => cursor.UInt32(),
            PickleOpcode.ShortBinBytes => cursor.Byte(),
            PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => cursor.Int64(),
            _ => null,
        };
        if (count is not { } length)
        {
            return false;
        }

        cursor.Skip(length);
        stack.Push(Bytes);
        return true;
    }

    /// <summary>A little-endian two's complement number. Those wider than 64 bits, such as seeds, are kept as unknown.</summary>
    private static object LongOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            return WideNumber;
        }

        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Fill(bytes.IsEmpty || bytes[^1] < 0x80 ? (byte)0 : (byte)0xff);
        bytes.CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private object IntOrTruth(string line) => line switch
    {
        "00" => False,
        "01" => True,
        _ => Number(line),
    };

    private long Number(string line) =>
        long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw cursor.Bad(ModelFault.BadHeader, "a number of at most 64 bits is expected");

    private double Real(string line) =>
        double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw cursor.Bad(ModelFault.BadHeader, "a number is expected");
}
