namespace Eigenscope.Models.Quantized;

/// <summary>Integers of 8 bits that stand for (q - z) s, as ONNX Runtime stores them: a zero point z and a scale s for the tensor, or for each channel.</summary>
/// <param name="packed">The integers, U8 or I8.</param>
/// <param name="zeros">The zero points, in the type of the integers.</param>
/// <param name="scales">The scales.</param>
/// <param name="run">How many consecutive integers are of one channel.</param>
internal sealed class ShiftedIntegers(Tensor packed, Tensor zeros, Tensor scales, long run) : MatrixQuantization(packed, packed.Count)
{
    private readonly Lazy<float[]> factors = new(() => Companions.AllScales(scales));
    private readonly Lazy<int[]> shifts = new(() => Integers(zeros, 0, (int)zeros.Count));

    /// <inheritdoc/>
    public override string Name => $"{Packed.Type.Name()} with {(scales.Count == 1 ? "tensor" : "channel")} scales";

    /// <inheritdoc/>
    public override double Epsilon => 1.0 / 127;

    /// <summary>How many consecutive integers are of one channel, where there are so many; null where the axis of channels has another length.</summary>
    public static long? Run(Tensor packed, long channels, bool isLast) =>
        channels == 1 ? packed.Count
        : channels != packed.Shape[isLast ? ^1 : 0] ? null
        : isLast ? 1 : packed.Count / channels;

    /// <inheritdoc/>
    protected override void ReadRow(long row, long column, Span<double> to)
    {
        var integers = Integers(Packed, column, to.Length);
        for (var j = 0; j < to.Length; j++)
        {
            var channel = (column + j) / run % scales.Count;
            to[j] = (integers[j] - shifts.Value[channel]) * factors.Value[channel];
        }
    }

    private static int[] Integers(Tensor tensor, long first, int count)
    {
        var bytes = tensor.Bytes.ReadArray(tensor.Offset + first, count);
        return tensor.Type == DType.I8 ? Array.ConvertAll(bytes, q => (int)(sbyte)q) : Array.ConvertAll(bytes, q => (int)q);
    }
}
