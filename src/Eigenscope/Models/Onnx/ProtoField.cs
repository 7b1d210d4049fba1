namespace Eigenscope.Models.Onnx;

/// <summary>How a protobuf field is stored.</summary>
internal enum WireType
{
    /// <summary>A whole number of 1 to 10 bytes.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length and that many bytes: text, bytes, a message, packed numbers.</summary>
    Bytes = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}

/// <summary>One field of a message.</summary>
/// <param name="Number">The number that the schema gives it.</param>
/// <param name="Wire">How it is stored.</param>
/// <param name="Value">The number itself for <see cref="WireType.Varint"/>, else 0.</param>
/// <param name="Start">The first byte of its content in the file.</param>
/// <param name="Length">The number of bytes of its content.</param>
internal readonly record struct ProtoField(int Number, WireType Wire, ulong Value, long Start, long Length);
