namespace Eigenscope.LinearAlgebra;

/// <summary>Scaling by powers of two, which rounds nothing as long as nothing leaves the normal range.</summary>
internal static class PowerOfTwo
{
    /// <summary>The largest power of two that is no larger than <paramref name="value"/>; 1 for zero.</summary>
    public static double AtOrBelow(double value) => value == 0 ? 1 : Math.ScaleB(1, Math.ILogB(value));

    /// <summary>Divides by a power of two whose reciprocal need not be a normal number.</summary>
    public static void Divide(Span<double> values, double scale)
    {
        var exponent = -Math.ILogB(scale);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.ScaleB(values[i], exponent);
        }
    }
}
