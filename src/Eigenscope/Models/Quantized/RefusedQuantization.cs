namespace Eigenscope.Models.Quantized;

/// <summary>Packed weights whose values are not decoded, with the reason.</summary>
internal sealed class RefusedQuantization(Tensor packed, string name, string reason) : Quantization
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override double Epsilon => double.NaN;

    /// <inheritdoc/>
    public override string? Refusal => reason;

    internal override Int128 BytesOf(Int128 elements) => packed.ByteCount;

    internal override void Read(Tensor tensor, long first, Span<double> to) =>
        throw new ModelFormatException(ModelFault.Unsupported, tensor.Bytes.Path, $"tensor '{tensor.Name}': {reason}");
}
