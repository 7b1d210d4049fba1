namespace Eigenscope.Models;

/// <summary>What is known of each <see cref="DType"/>: one row a type.</summary>
public static class DTypes
{
    private readonly record struct Row(string Name, int Bits, double Epsilon);

    /// <summary>The text of a dtype as the safetensors format spells it, such as <c>F32</c> or <c>BF16</c>.</summary>
    public static string Name(this DType type) => Of(type).Name;

    /// <summary>The stored width of one element, in bits.</summary>
    public static int Bits(this DType type) => Of(type).Bits;

    /// <summary>True for the floating-point types that hold real weights.</summary>
    public static bool IsReal(this DType type) => Of(type).Epsilon > 0;

    /// <summary>The distance from 1 to the next larger value of the type (2^-23 for F32); NaN for types that hold no real numbers.</summary>
    public static double Epsilon(this DType type) => IsReal(type) ? Of(type).Epsilon : double.NaN;

    /// <summary>Finds a dtype by its safetensors name; <see cref="DType.Complex128"/> has none there.</summary>
    public static bool TryParse(string name, out DType type)
    {
        foreach (var candidate in Enum.GetValues<DType>())
        {
            if (candidate != DType.Complex128 && Of(candidate).Name == name)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    private static Row Of(DType type) => type switch
    {
        DType.Bool => new("BOOL", 8, 0),
        DType.F4 => new("F4", 4, 0.5),
        DType.F6E2M3 => new("F6_E2M3", 6, 0.125),
        DType.F6E3M2 => new("F6_E3M2", 6, 0.25),
        DType.U8 => new("U8", 8, 0),
        DType.I8 => new("I8", 8, 0),
        DType.F8E5M2 => new("F8_E5M2", 8, 0.25),
        DType.F8E4M3 => new("F8_E4M3", 8, 0.125),
        DType.F8E8M0 => new("F8_E8M0", 8, 1),
        DType.F8E4M3Fnuz => new("F8_E4M3FNUZ", 8, 0.125),
        DType.F8E5M2Fnuz => new("F8_E5M2FNUZ", 8, 0.25),
        DType.I16 => new("I16", 16, 0),
        DType.U16 => new("U16", 16, 0),
        DType.F16 => new("F16", 16, 1.0 / 1024),
        DType.BF16 => new("BF16", 16, 1.0 / 128),
        DType.I32 => new("I32", 32, 0),
        DType.U32 => new("U32", 32, 0),
        DType.F32 => new("F32", 32, 1.1920928955078125e-07),
        DType.Complex64 => new("C64", 64, 0),
        DType.F64 => new("F64", 64, 2.220446049250313e-16),
        DType.I64 => new("I64", 64, 0),
        DType.U64 => new("U64", 64, 0),
        DType.Complex128 => new("C128", 128, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
