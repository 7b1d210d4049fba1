namespace Eigenscope.Models.PyTorch;

/// <summary>The element types of PyTorch: by the class of a storage.</summary>
internal static class TorchTypes
{
    /// <summary>The type of a storage class of module <c>torch</c> or <c>torch.storage</c>; null for one that is not read. Untyped is bytes.</summary>
    public static DType? OfStorage(string className) => className switch
    {
        "DoubleStorage" => DType.F64,
        "FloatStorage" => DType.F32,
        "HalfStorage" => DType.F16,
        "BFloat16Storage" => DType.BF16,
        "LongStorage" => DType.I64,
        "IntStorage" => DType.I32,
        "ShortStorage" => DType.I16,
        "CharStorage" => DType.I8,
        "ByteStorage" or "UntypedStorage" or "_UntypedStorage" => DType.U8,
        "BoolStorage" => DType.Bool,
        "ComplexFloatStorage" => DType.Complex64,
        "ComplexDoubleStorage" => DType.Complex128,
        _ => null,
    };
}
