namespace Eigenscope.Statistics;

internal static partial class SpecialFunctions
{
    private const int FirstNode = -20;
    private const int LastNode = 10;

    /// <summary>Ai and Ai' at the whole numbers from -20 to 10, in turn.</summary>
    private static ReadOnlySpan<double> AiryNodes =>
    [
        -0.1764061270779847, 0.8928628567364713, -0.14166127688042265, -1.0049611250051396,
        0.2712045408044142, -0.15903891520496802, -0.10526230029095239, 1.05868457664466,
        -0.1430579316690997, -0.9747644416212727, 0.2782174908708289, 0.272374204308642,
        -0.2659834827840778, 0.44302487700284365, 0.17151043937053703, -0.8715196778799533,
        -0.06655517505437313, 1.0231104533679707, -0.008759589255702381, -1.0273278736645794,
        0.04024123848644319, 0.99626504413279, -0.022133721547341403, -0.9756639809263316,
        -0.0527050503563862, 0.9355609381983065, 0.18428083525050565, -0.7710081684101265,
        -0.3291451736298231, 0.3459354872813429, 0.35076100902411433, 0.32719281855444315,
        -0.07026553294928951, -0.7906285753685813, -0.37881429367765806, 0.3145837692165988,
        0.22740742820168558, 0.618259020741691, 0.5355608832923521, -0.01016056711664521,
        0.3550280538878172, -0.2588194037928068, 0.13529241631288141, -0.1591474412967932,
        0.03492413042327438, -0.05309038443365363, 0.006591139357460719, -0.011912976705951319,
        0.0009515638512048018, -0.001958640950204179, 0.00010834442813607442, -0.0002474138908684625,
        9.947694360252889e-06, -2.4765200397034955e-05, 7.492128863997167e-07, -2.008150894738792e-06,
        4.6922076160992316e-08, -1.3414392979067865e-07, 2.47116843087249e-09, -7.480641389658946e-09,
        1.1047532552898686e-10, -3.5206336767389237e-10,
    ];

    /// <summary>The Airy function Ai(x), DLMF 9.2, x &gt;= -20.5. Error 1e-13 for x &gt;= 0; absolute 1e-14 below, where it oscillates.</summary>
    public static double Airy(double x) => AiryPair(x).Value;

    /// <summary>Ai(x) and its derivative; the error of the derivative is absolute 1e-13 for x below 0.</summary>
    public static (double Value, double Derivative) AiryPair(double x) => x switch
    {
        > LastNode => AiryOfLarge(x),
        >= FirstNode - 0.5 => AiryFromNode(x, (int)Math.Round(x)),
        _ => (double.NaN, double.NaN),
    };

    /// <summary>The Taylor series about the nearest whole number, whose coefficients follow from Ai'' = x Ai.</summary>
    private static (double Value, double Derivative) AiryFromNode(double x, int node)
    {
        const int Terms = 34;
        var h = x - node;
        var (before, current, next) = (0.0, AiryNodes[2 * (node - FirstNode)], AiryNodes[(2 * (node - FirstNode)) + 1]);
        var (value, derivative, power) = (current, 0.0, 1.0);
        for (var k = 1; k <= Terms; k++)
        {
            derivative += k * next * power;
            power *= h;
            value += next * power;
            (before, current, next) = (current, next, ((node * current) + before) / (k * (k + 1)));
        }

        return (value, derivative);
    }

    /// <summary>The asymptotic series DLMF 9.7.5 and 9.7.6; zeta = 2/3 x^(3/2) is at least 21.</summary>
    private static (double Value, double Derivative) AiryOfLarge(double x)
    {
        var root = Math.Sqrt(x);
        var (product, rootRest) = (x * root, Math.FusedMultiplyAdd(-root, root, x) / (2 * root));
        var zeta = 2 * product / 3;
        var rest = (Math.FusedMultiplyAdd(-3, zeta, 2 * product) + (2 * (Math.FusedMultiplyAdd(x, root, -product) + (x * rootRest)))) / 3;
        var (u, v, term) = (1.0, 1.0, 1.0);
        for (var k = 1; k <= 30 && Math.Abs(term) > Epsilon; k++)
        {
            term *= -((6.0 * k) - 5) * ((6.0 * k) - 3) * ((6.0 * k) - 1) / (216.0 * k * ((2 * k) - 1) * zeta);
            u += term;
            v -= term * ((6 * k) + 1) / ((6 * k) - 1);
        }

        var scale = Math.Exp(-zeta) * (1 - rest) / (2 * Math.Sqrt(Math.PI));
        var fourth = Math.Sqrt(root);
        return (scale / fourth * u, -scale * fourth * v);
    }
}
