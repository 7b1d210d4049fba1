namespace Eigenscope.Statistics;

internal static partial class SpecialFunctions
{
    private const double TwoOverRootPi = 1.1283791670955126;
    private const double RootHalf = 0.7071067811865476;

    /// <summary>(1 + 2x) e^(x^2) erfc(x), x &gt;= 0, in Chebyshev polynomials of (x - 3.75) / (x + 3.75), the form of Shepherd and Laframboise (1981).</summary>
    private static ReadOnlySpan<double> ScaledErfcTerms =>
    [
        1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189,
        -0.026658668435305753, 0.009074997670705265, -0.002413163540417608, 0.0004907758365258086,
        -6.916973302501207e-05, 4.13902798607301e-06, 7.74038306619849e-07, -2.1886401049234397e-07,
        1.076499946567091e-08, 4.521959811218287e-09, -7.754400208831351e-10, -6.318088340886684e-11,
        2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
        3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17,
        5.068148904796111e-17, -2.2370566594359995e-18, -2.187342944303018e-18, 2.6766327399258762e-20,
    ];

    /// <summary>The error function 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, DLMF 7.2.1. Error 1e-14.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= 1)
        {
            return x > 0 ? 1 - Erfc(x) : Erfc(-x) - 1;
        }

        var (square, term, sum) = (x * x, 1.0, 1.0);
        for (var k = 1; term > Epsilon * sum; k++)
        {
            term *= square / (k + 0.5);
            sum += term;
        }

        return TwoOverRootPi * x * Math.Exp(-square) * sum;
    }

    /// <summary>1 - erf(x), without cancellation. Error 1e-14; below the smallest double from about x = 27.3 on.</summary>
    public static double Erfc(double x) => x switch
    {
        < 0 => 2 - Erfc(-x),
        < 0.5 => 1 - Erf(x),
        _ => ExpOfMinusSquare(x, 1) * ScaledErfc(x),
    };

    /// <summary>ln erfc(x) for any x: it does not underflow. Error 1e-14.</summary>
    public static double LogErfc(double x) => x < 0.5 ? Log1p(-Erf(x)) : Math.Log(ScaledErfc(x)) - (x * x);

    /// <summary>e^(x^2) erfc(x), x &gt;= 0. Error 1e-14.</summary>
    public static double ScaledErfc(double x)
    {
        var t = double.IsPositiveInfinity(x) ? 1 : (x - 3.75) / (x + 3.75);
        return Chebyshev(ScaledErfcTerms, t) / (1 + (2 * x));
    }

    /// <summary>The distribution function of the standard normal law. Error 1e-13.</summary>
    public static double NormalCdf(double x) => x < -0.7 ? 0.5 * ExpOfMinusSquare(x, 0.5) * ScaledErfc(-x * RootHalf) : 0.5 * Erfc(-x * RootHalf);

    /// <summary>ln of <see cref="NormalCdf"/>, which does not underflow. Error 1e-13.</summary>
    public static double LogNormalCdf(double x) => x < -0.7 ? Math.Log(0.5 * ScaledErfc(-x * RootHalf)) - (0.5 * x * x) : Log1p(-0.5 * Erfc(x * RootHalf));

    /// <summary>The x at which <see cref="NormalCdf"/> is p, 0 to 1. Error 1e-13.</summary>
    public static double NormalQuantile(double p) => p switch
    {
        > 0.5 and <= 1 => -LowerNormalQuantile(1 - p),
        >= 0 and <= 0.5 => LowerNormalQuantile(p),
        _ => double.NaN,
    };

    /// <summary>The x at which <see cref="LogNormalCdf"/> is <paramref name="logP"/>, up to 0. Error 1e-13.</summary>
    public static double NormalQuantileOfLog(double logP) => logP switch
    {
        double.NegativeInfinity => logP,
        < -0.9 => TailNormalQuantile(logP),
        < -0.6 => CentralNormalQuantile(Math.Exp(logP) - 0.5),
        _ => -LowerNormalQuantile(-Expm1(logP)),
    };

    private static double LowerNormalQuantile(double p) => p switch
    {
        0 => double.NegativeInfinity,
        > 0.4 => CentralNormalQuantile(p - 0.5),
        _ => TailNormalQuantile(Math.Log(p)),
    };

    /// <summary>Newton's steps on erf from the first terms of its inverse.</summary>
    private static double CentralNormalQuantile(double excess)
    {
        var x = 2.5066282746310002 * excess * (1 + (1.0471975511965976 * excess * excess));
        for (var step = 0; step < 3; step++)
        {
            x -= ((0.5 * Erf(x * RootHalf)) - excess) * 2.5066282746310002 * Math.Exp(0.5 * x * x);
        }

        return x;
    }

    /// <summary>Newton's steps on ln of the distribution, which is nearly a parabola, from above.</summary>
    private static double TailNormalQuantile(double logP)
    {
        var t = Math.Sqrt(-2 * logP);
        var x = -t + (Math.Log(Math.Max(t, 1) * 2.5066282746310002) / Math.Max(t, 1));
        x = Math.Min(x, -0.1);
        for (var step = 0; step < 30; step++)
        {
            var logCdf = LogNormalCdf(x);
            var change = (logCdf - logP) * Math.Exp(logCdf + (0.5 * x * x) + HalfLogTwoPi);
            x -= change;
            if (Math.Abs(change) <= 1e-9 * Math.Abs(x))
            {
                break;
            }
        }

        return x;
    }

    /// <summary>e^(-factor x^2), factor 1 or 1/2, with the rounding of the square made good.</summary>
    private static double ExpOfMinusSquare(double x, double factor)
    {
        var square = x * x;
        return double.IsInfinity(square) ? 0 : Math.Exp(-factor * square) * (1 - (factor * Math.FusedMultiplyAdd(x, x, -square)));
    }
}
