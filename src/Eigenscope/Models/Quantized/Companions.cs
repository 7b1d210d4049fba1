using System.Buffers.Binary;

namespace Eigenscope.Models.Quantized;

/// <summary>Reads what lies beside packed weights: scales, zero points, group numbers.</summary>
internal static class Companions
{
    private const int ScaleBias = 127;

    /// <summary>True for the types that hold scales.</summary>
    public static bool HoldsScales(Tensor tensor) => tensor.Quantization is null && (Widening.Reads(tensor.Type) || tensor.Type is DType.F8E8M0);

    /// <summary>Consecutive scales, as float32; plain bytes stand for powers of two, as F8_E8M0 does.</summary>
    public static void ReadScales(Tensor scales, long first, Span<float> to)
    {
        if (scales.Type is DType.F8E8M0 or DType.U8)
        {
            var bytes = scales.Bytes.ReadArray(scales.Offset + first, to.Length);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = bytes[i] == byte.MaxValue ? float.NaN : MathF.ScaleB(1, bytes[i] - ScaleBias);
            }

            return;
        }

        var wide = new double[to.Length];
        scales.Read(first, wide);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (float)wide[i];
        }
    }

    /// <summary>All scales of a small table.</summary>
    public static float[] AllScales(Tensor scales)
    {
        var values = new float[scales.Count];
        ReadScales(scales, 0, values);
        return values;
    }

    /// <summary>Consecutive 32-bit words.</summary>
    public static void ReadWords(Tensor words, long first, Span<uint> to)
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(to);
        words.Bytes.Read(words.Offset + (first * sizeof(uint)), bytes);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(to, to);
        }
    }
}
