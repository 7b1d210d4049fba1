namespace Eigenscope.Models;

/// <summary>The 256 values of an 8-bit float: sign, exponent, mantissa, from the most significant bit down.</summary>
internal static class SmallFloat
{
    /// <summary>Which bit patterns are not numbers.</summary>
    public enum Specials
    {
        /// <summary>As IEEE 754: exponent all ones is infinity (mantissa 0) or NaN.</summary>
        Ieee,

        /// <summary>Only exponent and mantissa all ones is NaN; there is no infinity.</summary>
        AllOnesIsNaN,

        /// <summary>Only the pattern of negative zero is NaN; there is no infinity.</summary>
        NegativeZeroIsNaN,
    }

    public static double[] Table(int exponentBits, int mantissaBits, int bias, Specials specials)
    {
        var table = new double[256];
        for (var code = 0; code < table.Length; code++)
        {
            table[code] = Decode(code, exponentBits, mantissaBits, bias, specials);
        }

        return table;
    }

    private static double Decode(int code, int exponentBits, int mantissaBits, int bias, Specials specials)
    {
        var exponent = (code >> mantissaBits) & ((1 << exponentBits) - 1);
        var mantissa = code & ((1 << mantissaBits) - 1);
        var sign = code >= 128 ? -1.0 : 1.0;
        var exponentIsOnes = exponent == (1 << exponentBits) - 1;
        var mantissaIsOnes = mantissa == (1 << mantissaBits) - 1;
        return specials switch
        {
            Specials.Ieee when exponentIsOnes => mantissa == 0 ? sign * double.PositiveInfinity : double.NaN,
            Specials.AllOnesIsNaN when exponentIsOnes && mantissaIsOnes => double.NaN,
            Specials.NegativeZeroIsNaN when code == 128 => double.NaN,
            _ when exponent == 0 => sign * Math.ScaleB(mantissa, 1 - bias - mantissaBits),
            _ => sign * Math.ScaleB(mantissa + (1 << mantissaBits), exponent - bias - mantissaBits),
        };
    }
}
