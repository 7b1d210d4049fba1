namespace Eigenscope.Models.Gguf;

/// <summary>A quantisation of ggml whose size is known, so that files with it can be listed, and that is not decoded.</summary>
/// <param name="name">Its name.</param>
/// <param name="elements">Elements in a block.</param>
/// <param name="bytes">Bytes in a block.</param>
/// <param name="kind">What kind of type it is.</param>
internal sealed class ListedQuantization(string name, int elements, int bytes, string kind)
    : UndecodedQuantization(name, $"{name}, {kind}, is not decoded: quantise the original model to Q4_K or another type that is read")
{
    internal override Int128 BytesOf(Int128 count) => (count + elements - 1) / elements * bytes;
}
