using System.Buffers;
using System.Buffers.Binary;

namespace Eigenscope.Models.TensorFlowJs;

/// <summary>Unsigned integers q that stand for the single nearest to q * scale + min.</summary>
/// <param name="width">The bytes of an integer, 1 or 2.</param>
/// <param name="scale">The step.</param>
/// <param name="min">The value of 0.</param>
internal sealed class AffineQuantization(int width, double scale, double min) : Quantization
{
    private const int MostElements = 1 << 16;

    /// <inheritdoc/>
    public override string Name => width == 1 ? "U8_AFFINE" : "U16_AFFINE";

    /// <inheritdoc/>
    public override double Epsilon => Math.Abs(scale) / Math.Max(Math.Abs(min), Math.Abs(min + (scale * ((1 << (8 * width)) - 1))));

    /// <inheritdoc/>
    internal override Int128 BytesOf(Int128 elements) => elements * width;

    /// <inheritdoc/>
    internal override void Read(Tensor tensor, long first, Span<double> to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(to.Length, MostElements) * width);
        for (var done = 0; done < to.Length; done += MostElements)
        {
            var part = to.Slice(done, Math.Min(MostElements, to.Length - done));
            var bytes = buffer.AsSpan(0, part.Length * width);
            tensor.Bytes.Read(tensor.Offset + ((first + done) * width), bytes);
            Decode(bytes, part);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Decode(ReadOnlySpan<byte> bytes, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            var q = width == 1 ? bytes[i] : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
            to[i] = (float)((q * scale) + min);
        }
    }
}
