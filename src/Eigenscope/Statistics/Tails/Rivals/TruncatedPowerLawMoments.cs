namespace Eigenscope.Statistics;

/// <summary>
/// The law z^(-alpha) exp(-t z), z &gt;= 1, its mass and the means and covariances of u = ln z and z, by quadrature in u: the integrand exp((1 - alpha) u - t (e^u - 1)) has one peak and ends within
/// some fifty of its widths, so 32 pieces with 16 places each hold every digit.
/// </summary>
internal sealed class TruncatedPowerLawMoments
{
    private const int Pieces = 32;
    private const double Depth = 50;

    private readonly double logMass;
    private readonly double meanLog;
    private readonly double meanRatio;
    private readonly double logLog;
    private readonly double logRatio;
    private readonly double ratioRatio;

    /// <summary>Computes the moments for an exponent and a cut t above 0.</summary>
    public TruncatedPowerLawMoments(double alpha, double cut)
    {
        (Alpha, Cut) = (alpha, cut);
        var peak = Math.Max(0, Math.Log((1 - alpha) / cut) is var log && double.IsNaN(log) ? 0 : log);
        var (height, half) = (Exponent(peak), End(peak) / (2 * Pieces));
        Span<double> sums = stackalloc double[6];
        for (var piece = 0; piece < Pieces; piece++)
        {
            foreach (var (place, weight) in GaussLegendre.Rule)
            {
                var u = ((2 * piece) + 1 + place) * half;
                Add(sums, weight * half * Math.Exp(Exponent(u) - height), u, Math.Exp(u));
            }
        }

        var mass = sums[0];
        (logMass, meanLog, meanRatio) = (height + Math.Log(mass) - cut, sums[1] / mass, sums[2] / mass);
        (logLog, logRatio, ratioRatio) = ((sums[3] / mass) - (meanLog * meanLog), (sums[4] / mass) - (meanLog * meanRatio), (sums[5] / mass) - (meanRatio * meanRatio));
    }

    /// <summary>alpha</summary>
    public double Alpha { get; }

    /// <summary>t = Lambda xmin</summary>
    public double Cut { get; }

    /// <summary>Minus the mean logarithm of the likelihood of values with these means of ln z and z.</summary>
    public double Cost(double log, double ratio) => (Alpha * log) + (Cut * ratio) + logMass;

    /// <summary>The step to where the quadratic approximation of the cost is least.</summary>
    public (double Alpha, double Cut) NewtonStep(double log, double ratio)
    {
        var (ga, gc) = (log - meanLog, ratio - meanRatio);
        var determinant = (logLog * ratioRatio) - (logRatio * logRatio);
        return (((logRatio * gc) - (ratioRatio * ga)) / determinant, ((logRatio * ga) - (logLog * gc)) / determinant);
    }

    private static void Add(Span<double> sums, double weight, double u, double z)
    {
        sums[0] += weight;
        sums[1] += weight * u;
        sums[2] += weight * z;
        sums[3] += weight * u * u;
        sums[4] += weight * u * z;
        sums[5] += weight * z * z;
    }

    private double Exponent(double u) => ((1 - Alpha) * u) - (Cut * SpecialFunctions.Expm1(u));

    /// <summary>Where the integrand, with z^2 before it, has fallen far below its peak.</summary>
    private double End(double peak)
    {
        var (low, high) = (peak, peak + 1e-6);
        while (Exponent(high) + (2 * (high - peak)) > Exponent(peak) - Depth)
        {
            (low, high) = (high, peak + (2 * (high - peak)));
        }

        return Bisection.Root(u => Exponent(u) + (2 * (u - peak)) - Exponent(peak) + Depth, low, high);
    }
}
