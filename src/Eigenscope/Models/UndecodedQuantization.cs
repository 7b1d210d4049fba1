namespace Eigenscope.Models;

/// <summary>Packed weights that can be listed, and whose values are not decoded.</summary>
/// <param name="name">The scheme.</param>
/// <param name="refusal">Why not.</param>
internal abstract class UndecodedQuantization(string name, string refusal) : Quantization
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override double Epsilon => double.NaN;

    /// <inheritdoc/>
    public override string? Refusal => refusal;

    internal override void Read(Tensor tensor, long first, Span<double> to) =>
        throw new ModelFormatException(ModelFault.Unsupported, tensor.Bytes.Path, $"tensor '{tensor.Name}': {refusal}");
}
