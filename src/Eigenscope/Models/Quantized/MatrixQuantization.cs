namespace Eigenscope.Models.Quantized;

/// <summary>A quantised matrix that is decoded by parts of rows.</summary>
/// <param name="packed">Where its values are packed.</param>
/// <param name="columns">The length of a row.</param>
internal abstract class MatrixQuantization(Tensor packed, long columns) : Quantization
{
    /// <summary>Where the values are packed.</summary>
    protected Tensor Packed => packed;

    /// <summary>Reads a part of a row.</summary>
    protected abstract void ReadRow(long row, long column, Span<double> to);

    internal override Int128 BytesOf(Int128 elements) => elements == 0 ? 0 : packed.ByteCount;

    internal override void Read(Tensor tensor, long first, Span<double> to)
    {
        while (to.Length > 0)
        {
            var column = first % columns;
            var part = to[..(int)Math.Min(columns - column, to.Length)];
            ReadRow(first / columns, column, part);
            first += part.Length;
            to = to[part.Length..];
        }
    }
}
