namespace Eigenscope.Models.Quantized;

/// <summary>
/// 4-bit floats E2M1, the first of two in the lower half of a byte, with a scale for each block of a row: microscaling MXFP4 (Open Compute Project 2023), 32 to a power of two,
/// and NVFP4, 16 to an 8-bit float times one scale of the tensor.
/// </summary>
/// <param name="packed">The floats.</param>
/// <param name="scales">The scales of the blocks; bytes stand for powers of two.</param>
/// <param name="tensorScale">The scale of the tensor; null for none.</param>
/// <param name="block">Floats in a block.</param>
internal sealed class FourBitFloats(Tensor packed, Tensor scales, Tensor? tensorScale, int block) : Quantization
{
    private static readonly float[] Values = [0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6];

    private readonly Lazy<float> outer = new(() => tensorScale is null ? 1 : Companions.AllScales(tensorScale)[0]);

    /// <inheritdoc/>
    public override string Name => tensorScale is null ? "MXFP4" : "NVFP4";

    /// <inheritdoc/>
    public override double Epsilon => DType.F4.Epsilon();

    internal override Int128 BytesOf(Int128 elements) => (elements + 1) / 2;

    internal override void Read(Tensor tensor, long first, Span<double> to)
    {
        var (firstByte, firstBlock) = (first / 2, first / block);
        var bytes = packed.Bytes.ReadArray(packed.Offset + firstByte, ((first + to.Length + 1) / 2) - firstByte);
        var factors = new float[((first + to.Length - 1) / block) - firstBlock + 1];
        Companions.ReadScales(scales, firstBlock, factors);
        for (var k = 0; k < to.Length; k++)
        {
            var at = first + k;
            var pair = bytes[(at / 2) - firstByte];
            to[k] = Values[at % 2 == 0 ? pair & 15 : pair >> 4] * factors[(at / block) - firstBlock] * outer.Value;
        }
    }
}
