namespace Eigenscope.Models.Hdf5;

/// <summary>A datatype of numbers.</summary>
/// <param name="Type">The elements.</param>
/// <param name="BigEndian">True where they are stored most significant byte first.</param>
internal sealed record NumberType(DType Type, bool BigEndian)
{
    private const int FixedPoint = 0;
    private const int FloatingPoint = 1;
    private const int Enumeration = 8;

    /// <summary>Classes that hold no numbers, or none that are weights: their datasets are left out.</summary>
    private static readonly HashSet<int> LeftOut = [2, 3, 4, 5, 6, 7, 9, 10];

    /// <summary>Floats by size in bytes, sign bit, exponent place and size, mantissa place and size, and bias.</summary>
    private static readonly Dictionary<FloatLayout, DType> Floats = new()
    {
        [new(8, 63, 52, 11, 0, 52, 1023)] = DType.F64,
        [new(4, 31, 23, 8, 0, 23, 127)] = DType.F32,
        [new(2, 15, 10, 5, 0, 10, 15)] = DType.F16,
        [new(2, 15, 7, 8, 0, 7, 127)] = DType.BF16,
        [new(1, 7, 2, 5, 0, 2, 15)] = DType.F8E5M2,
    };

    private static readonly Dictionary<(uint Bytes, bool Signed), DType> Integers = new()
    {
        [(1, false)] = DType.U8,
        [(1, true)] = DType.I8,
        [(2, false)] = DType.U16,
        [(2, true)] = DType.I16,
        [(4, false)] = DType.U32,
        [(4, true)] = DType.I32,
        [(8, false)] = DType.U64,
        [(8, true)] = DType.I64,
    };

    private readonly record struct FloatLayout(uint Bytes, int Sign, int ExponentAt, int Exponent, int MantissaAt, int Mantissa, uint Bias);

    /// <summary>Reads a datatype message; null for strings, compounds, references and the like.</summary>
    public static NumberType? Read(Hdf5Cursor body)
    {
        var (kind, flags, bytes) = ((int)(body.Unsigned(1) & 0xf), (uint)body.Unsigned(3), body.UInt32());
        return kind switch
        {
            FixedPoint => ReadInteger(body, flags, bytes),
            FloatingPoint => ReadFloat(body, flags, bytes),
            Enumeration => ReadEnumeration(body, bytes),
            _ when LeftOut.Contains(kind) => null,
            _ => throw body.Bad(ModelFault.Unsupported, $"a datatype of the unknown class {kind}"),
        };
    }

    private static NumberType ReadInteger(Hdf5Cursor body, uint flags, uint bytes)
    {
        var (bitOffset, precision) = (body.UInt16(), body.UInt16());
        return bitOffset == 0 && precision == 8 * bytes && Integers.TryGetValue((bytes, (flags & 8) != 0), out var type)
            ? new NumberType(type, (flags & 1) != 0)
            : throw body.Bad(ModelFault.Unsupported, $"integers of {precision} bits in {bytes} bytes are not read");
    }

    private static NumberType ReadFloat(Hdf5Cursor body, uint flags, uint bytes)
    {
        var (bitOffset, precision) = (body.UInt16(), body.UInt16());
        var layout = new FloatLayout(bytes, (int)(flags >> 8) & 0xff, body.Byte(), body.Byte(), body.Byte(), body.Byte(), body.UInt32());
        var isPlain = bitOffset == 0 && precision == 8 * bytes && (flags & 0x70) == 0x20;
        return isPlain && Floats.TryGetValue(layout, out var type)
            ? new NumberType(type, (flags & 1) != 0)
            : throw body.Bad(ModelFault.Unsupported, $"floats of {precision} bits with {layout.Exponent} for the exponent and {layout.Mantissa} for the mantissa are not read");
    }

    /// <summary>One byte with names is how booleans are stored.</summary>
    private static NumberType ReadEnumeration(Hdf5Cursor body, uint bytes)
    {
        var stored = Read(body);
        return stored is null || stored.Type.Bits() != 8 * bytes ? throw body.Bad(ModelFault.Inconsistent, "an enumeration differs in size from its numbers")
            : bytes == 1 ? new NumberType(DType.Bool, false)
            : stored;
    }
}
