namespace Eigenscope.Models.Onnx;

/// <summary>An element type of ONNX: what it is here, and in which field of a TensorProto its values may lie other than as raw bytes.</summary>
/// <param name="Type">The type; for packed integers that of their values.</param>
/// <param name="Field">The number of the typed field.</param>
/// <param name="Packed">How several elements share a byte; null where none do.</param>
internal sealed record OnnxType(DType Type, int Field, PackedIntegers? Packed = null)
{
    /// <summary>The number of TensorProto's field float_data.</summary>
    public const int FloatData = 4;

    /// <summary>The number of int32_data, which holds every type of at most 32 bits that has no field of its own, as bit patterns.</summary>
    public const int Int32Data = 5;

    /// <summary>The number of int64_data.</summary>
    public const int Int64Data = 7;

    /// <summary>The number of double_data.</summary>
    public const int DoubleData = 10;

    /// <summary>The number of uint64_data.</summary>
    public const int UInt64Data = 11;

    /// <summary>The code of text, which is no weight.</summary>
    public const long Text = 8;

    private static readonly Dictionary<long, OnnxType> All = new()
    {
        [1] = new(DType.F32, FloatData),
        [2] = new(DType.U8, Int32Data),
        [3] = new(DType.I8, Int32Data),
        [4] = new(DType.U16, Int32Data),
        [5] = new(DType.I16, Int32Data),
        [6] = new(DType.I32, Int32Data),
        [7] = new(DType.I64, Int64Data),
        [9] = new(DType.Bool, Int32Data),
        [10] = new(DType.F16, Int32Data),
        [11] = new(DType.F64, DoubleData),
        [12] = new(DType.U32, UInt64Data),
        [13] = new(DType.U64, UInt64Data),
        [14] = new(DType.Complex64, FloatData),
        [15] = new(DType.Complex128, DoubleData),
        [16] = new(DType.BF16, Int32Data),
        [17] = new(DType.F8E4M3, Int32Data),
        [18] = new(DType.F8E4M3Fnuz, Int32Data),
        [19] = new(DType.F8E5M2, Int32Data),
        [20] = new(DType.F8E5M2Fnuz, Int32Data),
        [21] = new(DType.U8, Int32Data, new PackedIntegers("U4", 4, isSigned: false)),
        [22] = new(DType.I8, Int32Data, new PackedIntegers("I4", 4, isSigned: true)),
        [23] = new(DType.F4, Int32Data),
        [24] = new(DType.F8E8M0, Int32Data),
        [25] = new(DType.U8, Int32Data, new PackedIntegers("U2", 2, isSigned: false)),
        [26] = new(DType.I8, Int32Data, new PackedIntegers("I2", 2, isSigned: true)),
    };

    /// <summary>The bits of an element.</summary>
    public int Bits => Packed?.Bits ?? Type.Bits();

    /// <summary>The bytes that each number of the typed field stands for: packed elements come several a number.</summary>
    public int BytesOfNumber => Field switch
    {
        FloatData => sizeof(float),
        DoubleData => sizeof(double),
        _ => Math.Max(1, Bits / 8),
    };

    /// <summary>The type of a code; null for codes that are none of ONNX.</summary>
    public static OnnxType? Of(long code) => All.GetValueOrDefault(code);
}
