using System.Globalization;

namespace Eigenscope.Models.Quantized;

/// <summary>8-bit floats or integers, each times the scale of its block, row or tensor.</summary>
/// <param name="packed">F8_E4M3, F8_E5M2 or I8.</param>
/// <param name="scales">The scales.</param>
/// <param name="grid">Which scale is whose.</param>
/// <param name="unit">What every scale is multiplied by.</param>
internal sealed class ScaledElements(Tensor packed, Tensor scales, ScaleGrid grid, float unit = 1) : MatrixQuantization(packed, packed.Shape[^1])
{
    /// <summary>bitsandbytes stores the largest magnitude of a row, which is the integer 127.</summary>
    public const float OfRowMaximum = 7.874015718698502e-3f;

    private readonly long columns = packed.Shape[^1];

    /// <inheritdoc/>
    public override string Name => unit == OfRowMaximum ? "LLM.int8" : $"{Packed.Type.Name()} with {Sharing} scales";

    /// <inheritdoc/>
    public override double Epsilon => Packed.Type == DType.I8 ? 1.0 / 127 : Packed.Type.Epsilon();

    private string Sharing => grid.Across == 1 && grid.Columns == columns
        ? grid.Rows == 1 ? "row" : "tensor"
        : string.Create(CultureInfo.InvariantCulture, $"{grid.Rows}x{grid.Columns}");

    /// <inheritdoc/>
    protected override void ReadRow(long row, long column, Span<double> to)
    {
        ReadStored((row * columns) + column, to);
        var first = column / grid.Columns;
        var factors = new float[((column + to.Length - 1) / grid.Columns) - first + 1];
        Companions.ReadScales(scales, (row / grid.Rows * grid.Across) + first, factors);
        for (var j = 0; j < to.Length; j++)
        {
            to[j] = (float)to[j] * factors[((column + j) / grid.Columns) - first] * unit;
        }
    }

    private void ReadStored(long first, Span<double> to)
    {
        if (Packed.Type != DType.I8)
        {
            Packed.Read(first, to);
            return;
        }

        var bytes = Packed.Bytes.ReadArray(Packed.Offset + first, to.Length);
        for (var j = 0; j < to.Length; j++)
        {
            to[j] = (sbyte)bytes[j];
        }
    }
}
