namespace Eigenscope.Statistics;

internal static partial class SpecialFunctions
{
    /// <summary>P(a, x), the integral of t^(a - 1) e^(-t) from 0 to x over Gamma(a), DLMF 8.2.4; a &gt; 0, x &gt;= 0. Error 3e-13 for a up to 1e4; the time grows as sqrt(a).</summary>
    public static double RegularizedGammaP(double a, double x) =>
        !(a > 0 && x >= 0) ? double.NaN
        : x == 0 ? 0
        : double.IsPositiveInfinity(x) ? 1
        : IsFar(a, x) ? 1 - RegularizedGammaQ(a, x) : GammaPrefactor(a, x) * LowerGammaSeries(a, x);

    /// <summary>Q(a, x) = 1 - P(a, x) without cancellation; a &gt; 0, x &gt;= 0. Error 3e-13 for a up to 1e4; the time grows as sqrt(a).</summary>
    public static double RegularizedGammaQ(double a, double x) =>
        !(a > 0 && x >= 0) ? double.NaN
        : x == 0 ? 1
        : double.IsPositiveInfinity(x) ? 0
        : IsFar(a, x) ? GammaPrefactor(a, x) * a * UpperGammaFraction(a, x)
        : a <= 0.5 ? a * Math.Exp((a * Math.Log(x)) - x - LogGamma(1 + a)) * UpperGammaNearZero(a, x)
        : 1 - (GammaPrefactor(a, x) * LowerGammaSeries(a, x));

    /// <summary>
    /// ln Gamma(a, x), the logarithm of the integral of t^(a - 1) e^(-t) from x on, DLMF 8.2.2; any a, negative and whole ones too, x &gt; 0. It does not
    /// overflow. Error 1e-13 of the largest of 1, |a ln x|, x and the value itself, absolute, for a up to 1e4.
    /// </summary>
    public static double LogUpperGamma(double a, double x) =>
        !(x > 0) || double.IsNaN(a) ? double.NaN
        : !IsFar(a, x) && a > 0.5 ? LogGamma(a) + Log1p(-RegularizedGammaP(a, x))
        : (a * Math.Log(x)) - x + Math.Log(ScaledUpperGamma(a, x));

    /// <summary>I_x(a, b), the integral of t^(a - 1) (1 - t)^(b - 1) from 0 to x over B(a, b), DLMF 8.17.2; a, b &gt; 0, x from 0 to 1. Error 1e-13 for a and b up to 1e3.</summary>
    public static double RegularizedBeta(double a, double b, double x) => RegularizedBeta(a, b, x, 1 - x);

    /// <summary>The same where 1 - x is known better than from x.</summary>
    public static double RegularizedBeta(double a, double b, double x, double complement) =>
        !(a > 0 && b > 0 && x >= 0 && complement >= 0) ? double.NaN
        : x == 0 ? 0
        : complement == 0 ? 1
        : x > (a + 1) / (a + b + 2) ? 1 - (BetaPrefactor(b, a, complement, x) * BetaFraction(b, a, complement) / b)
        : BetaPrefactor(a, b, x, complement) * BetaFraction(a, b, x) / a;

    /// <summary>Where the continued fraction converges fast and the complement would cancel.</summary>
    private static bool IsFar(double a, double x) => a <= 1 ? x >= 1 : x >= a + 1;

    /// <summary>x^a e^(-x) / Gamma(a + 1); for large a from the distance between x and a, so that nothing large cancels.</summary>
    private static double GammaPrefactor(double a, double x) => a < Large
        ? Math.Exp((a * Math.Log(x)) - x - LogGamma(a + 1))
        : Math.Exp((a * Log1pMinusOf((x - a) / a, x / a)) - StirlingRest(a)) / Math.Sqrt(2 * Math.PI * a);

    /// <summary>DLMF 8.11.4: the sum of x^n / ((a + 1) ... (a + n)).</summary>
    private static double LowerGammaSeries(double a, double x)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 1; term > Epsilon * sum; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>Gamma(a, x) e^x x^(-a) for a &lt;= 1/2, or wherever the fraction converges.</summary>
    private static double ScaledUpperGamma(double a, double x)
    {
        const double VeryNegative = -20;
        if (IsFar(a, x) || a < VeryNegative)
        {
            return UpperGammaFraction(a, x);
        }

        var steps = (int)Math.Round(-a);
        var from = a + steps;
        var scaled = UpperGammaNearZero(from, x);
        for (var k = 0; k < steps; k++)
        {
            scaled = (1 - (x * scaled)) / (1 - from + k);
        }

        return scaled;
    }

    /// <summary>Gamma(a, x) e^x x^(-a) by Legendre's continued fraction, DLMF 8.9.2, evaluated as by Lentz (1976).</summary>
    private static double UpperGammaFraction(double a, double x)
    {
        var b = x + 1 - a;
        var (c, d) = (1 / Tiny, 1 / b);
        var fraction = d;
        for (var n = 1; n < 1_000_000; n++)
        {
            var numerator = -n * (n - a);
            b += 2;
            d = 1 / NotZero((numerator * d) + b);
            c = NotZero(b + (numerator / c));
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) <= Epsilon)
            {
                break;
            }
        }

        return fraction;
    }

    /// <summary>Gamma(a, x) e^x x^(-a) for |a| &lt;= 1/2 and x &lt; 1, from DLMF 8.7.3 with the pole of Gamma(a) taken out, so that a = 0 is like any other.</summary>
    private static double UpperGammaNearZero(double a, double x)
    {
        var (logX, logGamma) = (Math.Log(x), LogGammaOnePlusRatio(a));
        var withoutPole = (logGamma * Expm1Ratio(a * logGamma)) - (logX * Expm1Ratio(a * logX));
        var (term, sum) = (1.0, 0.0);
        for (var k = 1; Math.Abs(term) > Epsilon * Epsilon && k < 40; k++)
        {
            term *= -x / k;
            sum += term / (a + k);
        }

        return Math.Exp(x) * ((withoutPole * Math.Exp(-a * logX)) - sum);
    }

    /// <summary>x^a y^b / B(a, b) with y = 1 - x; from the distance to the mean, so that nothing large cancels.</summary>
    private static double BetaPrefactor(double a, double b, double x, double y)
    {
        var sum = a + b;
        var far = (x * b) - (y * a);
        var exponent = (a * Log1pMinusOf(far / a, x * sum / a)) + (b * Log1pMinusOf(-far / b, y * sum / b));
        return Math.Exp(exponent + StirlingRest(sum) - StirlingRest(a) - StirlingRest(b)) * Math.Sqrt(a / sum * b / (2 * Math.PI));
    }

    /// <summary><see cref="Log1pMinus"/> where 1 + x may have been rounded to 0.</summary>
    private static double Log1pMinusOf(double x, double onePlus) => x < -0.4 ? Math.Log(onePlus) - x : Log1pMinus(x);

    /// <summary>DLMF 8.17.22, evaluated as by Lentz (1976).</summary>
    private static double BetaFraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var fraction = d;
        for (var m = 1; m < 1_000_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) <= Epsilon)
            {
                break;
            }
        }

        return fraction;
    }

    private static double NotZero(double x) => Math.Abs(x) < Tiny ? Tiny : x;
}
