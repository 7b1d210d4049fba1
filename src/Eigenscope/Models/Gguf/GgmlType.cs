namespace Eigenscope.Models.Gguf;

/// <summary>A tensor type of ggml.</summary>
/// <param name="Id">Its number in files.</param>
/// <param name="Name">Its name as llama.cpp writes it.</param>
/// <param name="BlockElements">How many elements are packed together.</param>
/// <param name="Type">The type of the elements, or of the values that follow from them.</param>
/// <param name="Quantization">How values follow; null where elements are stored one by one.</param>
internal sealed record GgmlType(uint Id, string Name, int BlockElements, DType Type, Quantization? Quantization)
{
    /// <summary>A tensor of this type.</summary>
    public Tensor ToTensor(string name, long[] shape, ByteSource bytes, long offset) => Quantization is null
        ? new Tensor(name, Type, shape, bytes, offset)
        : new Tensor(name, Type, shape, bytes, offset, Quantization);
}
