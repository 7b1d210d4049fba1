namespace Eigenscope.Statistics;

/// <summary>
/// The Tracy-Widom law of beta = 1 or 2: the limit of the largest eigenvalue of real or complex random matrices, centred and scaled. F1(s) = det(I - A), F2(s) = det(I - A) det(I + A), where A is
/// the operator of kernel Ai(x + y + s) on x, y &gt; 0.
/// </summary>
/// <remarks>
/// Tracy and Widom (1994, 1996); the determinants are those of Ferrari and Spohn (2005). ln F below 0 and ln (1 - F) above are Chebyshev series whose coefficients were computed from the determinants,
/// by Gauss-Legendre quadrature as in Bornemann (2010), to 30 digits. Relative error from -10 to 16: 1e-12 for distribution and survival, 1e-11 for the density. Beyond,
/// the asymptotic forms continue the series: below -10, where F is under 3e-22, within 1e-3, and above 16 within 1e-2.
/// </remarks>
public sealed class TracyWidom : IContinuousLaw
{
    private const double Lowest = -10;
    private const double Highest = 16;
    private const double UpperStart = -2;

    private readonly double[] lower;
    private readonly double[] upper;

    private TracyWidom(int beta, double[] lower, double[] upper) => (Beta, this.lower, this.upper) = (beta, lower, upper);

    /// <summary>The law for real matrices, beta = 1: mean -1.2065336, variance 1.6077810.</summary>
    public static TracyWidom Real { get; } = new(1, TracyWidomSeries.LowerReal, TracyWidomSeries.UpperReal);

    /// <summary>The law for complex matrices, beta = 2: mean -1.7710868, variance 0.8131948.</summary>
    public static TracyWidom Complex { get; } = new(2, TracyWidomSeries.LowerComplex, TracyWidomSeries.UpperComplex);

    /// <summary>1 or 2.</summary>
    public int Beta { get; }

    /// <inheritdoc/>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        var (log, slope) = x < 0 ? LogCumulative(x) : LogSurvival(x);
        return log + Math.Log(Math.Abs(slope));
    }

    /// <inheritdoc/>
    public double Cumulative(double x) => x < 0 ? Math.Exp(LogCumulative(x).Log) : -SpecialFunctions.Expm1(LogSurvival(x).Log);

    /// <inheritdoc/>
    public double Survival(double x) => x < 0 ? -SpecialFunctions.Expm1(LogCumulative(x).Log) : Math.Exp(LogSurvival(x).Log);

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) switch
    {
        0 => double.NegativeInfinity,
        1 => double.PositiveInfinity,
        _ => p < Cumulative(0) ? Root(LogCumulative, Math.Log(p), -1) : Root(LogSurvival, SpecialFunctions.Log1p(-p), 1),
    };

    /// <inheritdoc/>
    public double Sample(Sampling random) => Quantile(random.Uniform());

    /// <summary>Newton's steps on a concave logarithm from 0, on whose side of the root all of them stay but the first.</summary>
    private static double Root(Func<double, (double Log, double Slope)> function, double target, int sign)
    {
        var x = 0.0;
        for (var step = 0; step < 200; step++)
        {
            var (log, slope) = function(x);
            var next = x - ((log - target) / slope);
            next = sign > 0 ? Math.Max(0, next) : Math.Min(0, next);
            if (Math.Abs(next - x) <= 1e-14 * Math.Max(1, Math.Abs(x)))
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    /// <summary>ln F and its derivative.</summary>
    private (double Log, double Slope) LogCumulative(double x)
    {
        if (x >= Lowest)
        {
            return SpecialFunctions.ChebyshevPair(lower, x, Lowest, 0);
        }

        if (double.IsInfinity(x))
        {
            return (double.NegativeInfinity, 0);
        }

        var (here, there) = (LeftTail(-x), LeftTail(-Lowest));
        return (here.Log - there.Log + SpecialFunctions.ChebyshevPair(lower, Lowest, Lowest, 0).Value, here.Slope);
    }

    /// <summary>ln (1 - F) and its derivative.</summary>
    private (double Log, double Slope) LogSurvival(double x)
    {
        if (x <= Highest)
        {
            return SpecialFunctions.ChebyshevPair(upper, x, UpperStart, Highest);
        }

        if (double.IsInfinity(x))
        {
            return (double.NegativeInfinity, 0);
        }

        var (here, there) = (RightTail(x), RightTail(Highest));
        return (here.Log - there.Log + SpecialFunctions.ChebyshevPair(upper, Highest, UpperStart, Highest).Value, here.Slope);
    }

    /// <summary>ln F at -y, but for a constant (Baik, Buckingham and DiFranco 2008), and its derivative by x = -y.</summary>
    private (double Log, double Slope) LeftTail(double y)
    {
        var root = Beta == 1 ? Math.Sqrt(y) / (3 * Math.Sqrt(2)) : 0;
        return (-Beta * ((y * y * y / 24) + (Math.Log(y) / 16)) - (y * root), (Beta * ((y * y / 8) + (1 / (16 * y)))) + (1.5 * root));
    }

    /// <summary>ln (1 - F), but for a constant: a power of x times e^(-2/3 beta x^(3/2)), and its derivative.</summary>
    private (double Log, double Slope) RightTail(double x)
    {
        var power = Beta == 1 ? 0.75 : 1.5;
        return ((-2.0 / 3 * Beta * x * Math.Sqrt(x)) - (power * Math.Log(x)), (-Beta * Math.Sqrt(x)) - (power / x));
    }
}
