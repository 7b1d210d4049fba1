namespace Eigenscope.Models;

/// <summary>
/// The element type of a stored tensor. Names and widths follow the safetensors specification, to which
/// <see cref="Complex128"/> is added for NumPy and PyTorch.
/// </summary>
public enum DType
{
    /// <summary>One byte, zero or one.</summary>
    Bool,

    /// <summary>4-bit float E2M1, two an octet.</summary>
    F4,

    /// <summary>6-bit float E2M3.</summary>
    F6E2M3,

    /// <summary>6-bit float E3M2.</summary>
    F6E3M2,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>8-bit float, 5 exponent bits, with infinities (IEEE-like).</summary>
    F8E5M2,

    /// <summary>8-bit float, 4 exponent bits, without infinities ("fn").</summary>
    F8E4M3,

    /// <summary>8-bit power of two, 2^(x-127), the scale type of microscaling formats.</summary>
    F8E8M0,

    /// <summary>8-bit float E4M3 with bias 8, without negative zero or infinities.</summary>
    F8E4M3Fnuz,

    /// <summary>8-bit float E5M2 with bias 16, without negative zero or infinities.</summary>
    F8E5M2Fnuz,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>bfloat16: the upper half of a single.</summary>
    BF16,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>IEEE 754 single precision.</summary>
    F32,

    /// <summary>Two singles.</summary>
    Complex64,

    /// <summary>IEEE 754 double precision.</summary>
    F64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,

    /// <summary>Two doubles.</summary>
    Complex128,
}
