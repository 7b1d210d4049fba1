namespace Eigenscope.Models.Gguf;

/// <summary>A quantisation of ggml whose size is known, so that files with it can be listed, and that is not decoded.</summary>
/// <param name="name">Its name.</param>
/// <param name="elements">Elements in a block.</param>
/// <param name="bytes">Bytes in a block.</param>
/// <param name="kind">What kind of type it is.</param>
internal sealed class ListedQuantization(string name, int elements, int bytes, string kind) : Quantization
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override double Epsilon => double.NaN;

    /// <inheritdoc/>
    public override string? Refusal => $"{name}, {kind}, is not decoded: quantise the original model to Q4_K or another type that is read";

    internal override Int128 BytesOf(Int128 count) => (count + elements - 1) / elements * bytes;

    internal override void Read(Tensor tensor, long first, Span<double> to) =>
        throw new ModelFormatException(ModelFault.Unsupported, tensor.Bytes.Path, $"tensor '{tensor.Name}': {Refusal}");
}
