namespace Eigenscope.Models;

/// <summary>The names that NumPy, ml_dtypes and PyTorch share for element types.</summary>
internal static class ScalarTypeNames
{
    /// <summary>The type of a name such as <c>float32</c>; null for one that is not read.</summary>
    public static DType? Find(string name) => name switch
    {
        "float64" => DType.F64,
        "float32" => DType.F32,
        "float16" => DType.F16,
        "bfloat16" => DType.BF16,
        "float8_e4m3fn" => DType.F8E4M3,
        "float8_e5m2" => DType.F8E5M2,
        "float8_e4m3fnuz" => DType.F8E4M3Fnuz,
        "float8_e5m2fnuz" => DType.F8E5M2Fnuz,
        "float8_e8m0fnu" => DType.F8E8M0,
        "int64" => DType.I64,
        "int32" => DType.I32,
        "int16" => DType.I16,
        "int8" => DType.I8,
        "uint64" => DType.U64,
        "uint32" => DType.U32,
        "uint16" => DType.U16,
        "uint8" => DType.U8,
        "bool" => DType.Bool,
        "complex64" => DType.Complex64,
        "complex128" => DType.Complex128,
        _ => null,
    };
}
