namespace Eigenscope.Statistics;

/// <summary>
/// Functions of mathematical physics in double precision, of which laws are made. They allocate nothing; NaN gives NaN, and so does an argument outside the range that a function states.
/// </summary>
/// <remarks>
/// Definitions as in the NIST Digital Library of Mathematical Functions (DLMF). Constants were computed to 60 digits from the definitions. Errors are relative unless a function says otherwise.
/// </remarks>
internal static partial class SpecialFunctions
{
    private const double Epsilon = 1.1102230246251565e-16;
    private const double Tiny = 1e-300;

    /// <summary>ln(1 + x), as exact near 0 as elsewhere, x &gt;= -1.</summary>
    public static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : double.IsPositiveInfinity(sum) ? sum : sum <= 0 ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x - 1, as exact near 0 as elsewhere.</summary>
    public static double Expm1(double x) => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : x * Expm1Ratio(x);

    /// <summary>(e^x - 1) / x, and 1 at 0.</summary>
    private static double Expm1Ratio(double x)
    {
        var power = Math.Exp(x);
        return power == 1 ? 1 : Math.Abs(x) > 1 ? (power - 1) / x : (power - 1) / Math.Log(power);
    }

    /// <summary>ln(1 + x) - x, as exact near 0 as elsewhere, x &gt; -1.</summary>
    internal static double Log1pMinus(double x)
    {
        if (x is < -0.4 or > 0.4)
        {
            return Log1p(x) - x;
        }

        var r = x / (2 + x);
        var (square, sum) = (r * r, 0.0);
        for (var k = 31; k >= 3; k -= 2)
        {
            sum = (sum * square) + (1.0 / k);
        }

        return r * ((2 * square * sum) - x);
    }

    /// <summary>A polynomial whose coefficients are given from the constant on.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }

    /// <summary>A sum of Chebyshev polynomials at x, -1 to 1 (Clenshaw 1955).</summary>
    internal static double Chebyshev(ReadOnlySpan<double> coefficients, double x)
    {
        var (next, afterNext) = (0.0, 0.0);
        for (var i = coefficients.Length - 1; i > 0; i--)
        {
            (next, afterNext) = ((2 * x * next) - afterNext + coefficients[i], next);
        }

        return (x * next) - afterNext + coefficients[0];
    }

    /// <summary>A sum of Chebyshev polynomials that are stretched from <paramref name="from"/> to <paramref name="to"/>, and its derivative.</summary>
    internal static (double Value, double Slope) ChebyshevPair(ReadOnlySpan<double> coefficients, double x, double from, double to)
    {
        var t = ((x - from) - (to - x)) / (to - from);
        var (value, afterValue, slope, afterSlope) = (0.0, 0.0, 0.0, 0.0);
        for (var i = coefficients.Length - 1; i > 0; i--)
        {
            (slope, afterSlope) = ((2 * t * slope) - afterSlope + (2 * value), slope);
            (value, afterValue) = ((2 * t * value) - afterValue + coefficients[i], value);
        }

        return ((t * value) - afterValue + coefficients[0], (value + (t * slope) - afterSlope) * 2 / (to - from));
    }
}
