namespace Eigenscope.Models.Numpy;

/// <summary>
/// NumPy's type code: byte order (<c>&lt;</c> little, <c>&gt;</c> big, <c>=</c> the machine's, <c>|</c> none), a kind letter and the
/// size in bytes. The machine is taken as little-endian. <c>V2</c> is how bfloat16 of ml_dtypes is written.
/// </summary>
/// <param name="Type">The element type; null for text.</param>
/// <param name="BigEndian">True for multi-byte elements stored most significant byte first.</param>
internal readonly record struct NpyType(DType? Type, bool BigEndian)
{
    /// <summary>Parses a type code.</summary>
    /// <exception cref="ModelFormatException">It is no code, or one of elements that are no numbers.</exception>
    public static NpyType Parse(string path, string descr, bool textAllowed)
    {
        var code = descr is ['<' or '>' or '=' or '|', ..] ? descr[1..] : descr;
        if (Numeric(code) is { } type)
        {
            return new NpyType(type, descr[0] == '>' && type.Bits() > 8);
        }

        return textAllowed && IsText(code) ? new NpyType(null, false) : throw Refused(path, descr, code);
    }

    private static DType? Numeric(string code) => code switch
    {
        "b1" => DType.Bool,
        "i1" => DType.I8,
        "i2" => DType.I16,
        "i4" => DType.I32,
        "i8" => DType.I64,
        "u1" => DType.U8,
        "u2" => DType.U16,
        "u4" => DType.U32,
        "u8" => DType.U64,
        "f2" => DType.F16,
        "f4" => DType.F32,
        "f8" => DType.F64,
        "c8" => DType.Complex64,
        "c16" => DType.Complex128,
        "V2" => DType.BF16,
        _ => null,
    };

    private static bool IsText(string code) => code.Length > 1 && code[0] is 'U' or 'S' or 'a';

    private static ModelFormatException Refused(string path, string descr, string code) => code switch
    {
        ['O', ..] => new(ModelFault.Unsafe, path, "an array of Python objects is a pickle, which is never loaded; save it as numbers"),
        ['U' or 'S' or 'a', ..] => new(ModelFault.Unsupported, path, $"an array of text ('{descr}') is no weight"),
        ['f' or 'c' or 'V' or 'M' or 'm' or 'b' or 'i' or 'u', ..] => new(ModelFault.Unsupported, path, $"element type '{descr}' is not read; save it as f2, f4, f8 or an integer type"),
        _ => new(ModelFault.BadHeader, path, $"'{descr}' is no element type of NumPy"),
    };
}
