namespace Eigenscope.Models.Quantized;

/// <summary>Weights that several tensors should hold together, and do not.</summary>
internal sealed class RefusedQuantization(Tensor packed, string name, string reason) : UndecodedQuantization(name, reason)
{
    internal override Int128 BytesOf(Int128 elements) => packed.ByteCount;
}
