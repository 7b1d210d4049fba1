namespace Eigenscope.Statistics;

internal static partial class SpecialFunctions
{
    internal const double HalfLogTwoPi = 0.9189385332046727;
    private const double OneMinusEuler = 0.42278433509846713;

    /// <summary>From here on Stirling's series is exact.</summary>
    private const double Large = 12;

    /// <summary>The root of the digamma function, as a sum of two numbers.</summary>
    private const double DigammaRoot = 1.4616321449683622;
    private const double DigammaRootRest = 9.549995429965697e-17;

    /// <summary>(-1)^k (zeta(k) - 1) / k from k = 2 on: the Taylor series of ln Gamma(2 + e), DLMF 5.7.3.</summary>
    private static ReadOnlySpan<double> ZetaTerms =>
    [
        0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
        0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939,
        9.945751278180853e-05, -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
        4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07,
        2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08, -2.2711094608943164e-08,
        1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09, -1.1921401405860912e-09,
        5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
    ];

    /// <summary>B_2k / (2k (2k - 1)) from k = 1 on, DLMF 5.11.1.</summary>
    private static ReadOnlySpan<double> StirlingTerms =>
    [
        0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
        0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
        0.17964437236883057, -1.3924322169059011,
    ];

    /// <summary>The Taylor series of the digamma function about its root, from the first power on.</summary>
    private static ReadOnlySpan<double> DigammaTerms =>
    [
        0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652,
        0.10782405069126237, -0.07219956125645471, 0.04880428816414311, -0.03316112647484736,
        0.022597648232218104, -0.01542476590494896, 0.010538791616612175, -0.007204534386356869,
        0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972,
        0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
        0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741, -7.569179582195066e-05,
        5.178575795222081e-05, -3.5430070947659604e-05,
    ];

    /// <summary>ln |Gamma(x)|; infinite at 0 and the negative whole numbers. Error 1e-14, for x &lt; 0 also absolute, since it has zeros there.</summary>
    public static double LogGamma(double x) => x switch
    {
        < 0 when x == Math.Floor(x) => double.PositiveInfinity,
        < 0 => Math.Log(Math.PI / Math.Abs(double.SinPi(x))) - LogGamma(1 - x),
        < 0.5 => (x * LogGammaOnePlusRatio(x)) - Math.Log(x),
        < 1.5 => (x - 1) * LogGammaOnePlusRatio(x - 1),
        <= 2.5 => LogGammaTwoPlus(x - 2),
        < Large => LogGammaByRecurrence(x),
        _ => double.IsPositiveInfinity(x) ? x : ((x - 0.5) * (Math.Log(x) - 1)) + (HalfLogTwoPi - 0.5) + StirlingRest(x),
    };

    /// <summary>The derivative of ln Gamma(x), DLMF 5.2.2; NaN at 0 and the negative whole numbers. Error 1e-14, for x &lt; 0 also absolute.</summary>
    public static double Digamma(double x)
    {
        if (x <= 0)
        {
            return x == Math.Floor(x) ? double.NaN : Digamma(1 - x) - (Math.PI / double.TanPi(x));
        }

        var fromRoot = x - DigammaRoot - DigammaRootRest;
        if (Math.Abs(fromRoot) < 0.3)
        {
            return fromRoot * Polynomial(DigammaTerms, fromRoot);
        }

        var sum = 0.0;
        for (; x < Large; x++)
        {
            sum -= 1 / x;
        }

        return sum + Math.Log(x) - LogMinusDigammaOfLarge(x);
    }

    /// <summary>ln x - digamma(x), x &gt; 0, without cancellation for large x: it is about 1 / (2 x) there. Error 1e-13.</summary>
    public static double LogMinusDigamma(double x) => x < Large ? Math.Log(x) - Digamma(x) : LogMinusDigammaOfLarge(x);

    /// <summary>The second derivative of ln Gamma(x), DLMF 5.15; NaN at 0 and the negative whole numbers. Error 1e-14, for x &lt; 0 within 1e-13.</summary>
    public static double Trigamma(double x)
    {
        if (x <= 0)
        {
            var sin = double.SinPi(x);
            return x == Math.Floor(x) ? double.NaN : (Math.PI / sin * (Math.PI / sin)) - Trigamma(1 - x);
        }

        var sum = 0.0;
        for (; x < Large; x++)
        {
            sum += 1 / (x * x);
        }

        return sum + TrigammaOfLarge(x);
    }

    /// <summary>ln Gamma(x) less (x - 1/2) ln x - x + ln(2 pi) / 2, x &gt; 0. Error 1e-15, absolute.</summary>
    private static double StirlingRest(double x) => x < Large
        ? LogGamma(x) - ((x - 0.5) * Math.Log(x)) + x - HalfLogTwoPi
        : Polynomial(StirlingTerms, 1 / (x * x)) / x;

    /// <summary>ln Gamma(2 + e), |e| &lt;= 1/2.</summary>
    private static double LogGammaTwoPlus(double e) => e * (OneMinusEuler + (e * Polynomial(ZetaTerms, e)));

    /// <summary>ln Gamma(1 + e) / e, |e| &lt;= 1/2; minus Euler's constant at 0.</summary>
    private static double LogGammaOnePlusRatio(double e) => OneMinusEuler + (e * Polynomial(ZetaTerms, e)) - (e == 0 ? 1 : Log1p(e) / e);

    private static double LogGammaByRecurrence(double x)
    {
        var product = 1.0;
        while (x > 2.5)
        {
            x--;
            product *= x;
        }

        return Math.Log(product) + LogGammaTwoPlus(x - 2);
    }

    private static double LogMinusDigammaOfLarge(double x)
    {
        var (inverse, sum) = (1 / (x * x), 0.0);
        for (var k = StirlingTerms.Length; k >= 1; k--)
        {
            sum = (sum * inverse) + (((2 * k) - 1) * StirlingTerms[k - 1]);
        }

        return (0.5 / x) + (inverse * sum);
    }

    private static double TrigammaOfLarge(double x)
    {
        var (inverse, sum) = (1 / (x * x), 0.0);
        for (var k = StirlingTerms.Length; k >= 1; k--)
        {
            sum = (sum * inverse) + (2 * k * ((2 * k) - 1) * StirlingTerms[k - 1]);
        }

        return (1 / x) + (0.5 * inverse) + (inverse / x * sum);
    }
}
