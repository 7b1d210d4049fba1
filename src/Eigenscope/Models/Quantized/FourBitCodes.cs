namespace Eigenscope.Models.Quantized;

/// <summary>
/// bitsandbytes' 4-bit codes, the first of two in the upper half of a byte: each stands for one of 16 numbers, times the largest magnitude of its block (Dettmers et
/// al. 2023). The magnitudes may be codes themselves, of 8 bits.
/// </summary>
/// <param name="packed">The codes.</param>
/// <param name="state">What the file says of them.</param>
/// <param name="numbers">The 16 numbers.</param>
/// <param name="magnitudes">The magnitudes of the blocks.</param>
internal sealed class FourBitCodes(Tensor packed, FourBitState state, Tensor numbers, BlockMagnitudes magnitudes) : Quantization
{
    private readonly Lazy<float[]> values = new(() => Companions.AllScales(numbers));

    /// <inheritdoc/>
    public override string Name => state.Type.ToUpperInvariant();

    /// <inheritdoc/>
    public override double Epsilon => 1.0 / 8;

    internal override Int128 BytesOf(Int128 elements) => (elements + 1) / 2;

    internal override void Read(Tensor tensor, long first, Span<double> to)
    {
        var (firstByte, firstBlock) = (first / 2, first / state.BlockSize);
        var bytes = packed.Bytes.ReadArray(packed.Offset + firstByte, ((first + to.Length + 1) / 2) - firstByte);
        var scales = magnitudes.Read(firstBlock, (int)(((first + to.Length - 1) / state.BlockSize) - firstBlock + 1));
        for (var k = 0; k < to.Length; k++)
        {
            var at = first + k;
            var pair = bytes[(at / 2) - firstByte];
            to[k] = values.Value[at % 2 == 0 ? pair >> 4 : pair & 15] * scales[(at / state.BlockSize) - firstBlock];
        }
    }
}

/// <summary>The largest magnitudes of blocks: as they are, or codes for 256 numbers times the magnitude of a block of them, plus an offset.</summary>
/// <param name="Stored">The magnitudes, or their codes.</param>
/// <param name="Numbers">What the codes stand for; null where there are none.</param>
/// <param name="Outer">The magnitudes of the blocks of codes.</param>
/// <param name="State">What the file says of them.</param>
internal sealed record BlockMagnitudes(Tensor Stored, Tensor? Numbers, Tensor? Outer, FourBitState State)
{
    /// <summary>Consecutive magnitudes.</summary>
    public float[] Read(long first, int count)
    {
        var magnitudes = new float[count];
        if (Numbers is null)
        {
            Companions.ReadScales(Stored, first, magnitudes);
            return magnitudes;
        }

        var (codes, numbers) = (Stored.Bytes.ReadArray(Stored.Offset + first, count), Companions.AllScales(Numbers));
        var outer = new float[((first + count - 1) / State.NestedBlockSize) - (first / State.NestedBlockSize) + 1];
        Companions.ReadScales(Outer!, first / State.NestedBlockSize, outer);
        for (var i = 0; i < count; i++)
        {
            magnitudes[i] = (numbers[codes[i]] * outer[((first + i) / State.NestedBlockSize) - (first / State.NestedBlockSize)]) + State.NestedOffset;
        }

        return magnitudes;
    }
}
