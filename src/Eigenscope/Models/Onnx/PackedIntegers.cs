namespace Eigenscope.Models.Onnx;

/// <summary>Integers of 2 or 4 bits, the first of a byte in its lowest bits.</summary>
/// <param name="name">The type as results name it.</param>
/// <param name="bits">The bits of an integer.</param>
/// <param name="isSigned">True for two's complement.</param>
internal sealed class PackedIntegers(string name, int bits, bool isSigned) : BlockQuantization
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>Not a number: integers are no weights by themselves.</summary>
    public override double Epsilon => double.NaN;

    /// <summary>The bits of an integer.</summary>
    public int Bits { get; } = bits;

    /// <inheritdoc/>
    public override int BlockElements => 8 / Bits;

    /// <inheritdoc/>
    public override int BlockBytes => 1;

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> block, Span<double> to)
    {
        for (var i = 0; i < BlockElements; i++)
        {
            var value = (block[0] >> (Bits * i)) & ((1 << Bits) - 1);
            to[i] = isSigned && value >> (Bits - 1) == 1 ? value - (1 << Bits) : value;
        }
    }
}
