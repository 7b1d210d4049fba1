namespace Eigenscope.Statistics;

/// <summary>The quantile of a law on x &gt; 0 that has no formula: Newton's steps in ln x, on ln of the smaller of distribution and survival, and bisection where they leave the bracket. Quantiles below the smallest normal double are only about that small.</summary>
internal static class QuantileSearch
{
    private const int MostSteps = 200;
    private const double Narrow = 1e-15;

    /// <summary>The x at which the distribution is p, above 0 and below 1.</summary>
    /// <param name="law">A law whose distribution rises everywhere above <paramref name="from"/>.</param>
    /// <param name="p">The probability.</param>
    /// <param name="guess">A place from which to start, above <paramref name="from"/>.</param>
    /// <param name="from">Where the law begins, from 0.</param>
    public static double Of(IContinuousLaw law, double p, double guess, double from = 0)
    {
        var (low, high) = (Math.Log(from), double.PositiveInfinity);
        var t = Math.Log(double.IsFinite(guess) && guess > from ? guess : Math.Max(2 * from, 1));
        var stride = 1.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var x = Math.Exp(t);
            var (excess, slope) = p <= 0.5 ? Lower(law, x, p) : Upper(law, x, p);
            (low, high) = excess < 0 ? (t, high) : (low, t);
            var next = t - (excess / slope);
            if (Math.Abs(next - t) <= Narrow * Math.Max(1, Math.Abs(t)) || excess == 0)
            {
                return Math.Exp(excess == 0 ? t : next);
            }

            if (!(next > low && next < high && Math.Abs(next - t) <= stride))
            {
                next = double.IsFinite(low) && double.IsFinite(high) ? (low + high) / 2 : excess < 0 ? t + stride : t - stride;
                stride *= 2;
            }

            if (next == t)
            {
                break;
            }

            t = next;
        }

        return Math.Exp(t);
    }

    private static (double Excess, double Slope) Lower(IContinuousLaw law, double x, double p)
    {
        var share = law.Cumulative(x);
        return (Math.Log(share) - Math.Log(p), x * law.Density(x) / share);
    }

    private static (double Excess, double Slope) Upper(IContinuousLaw law, double x, double p)
    {
        var share = law.Survival(x);
        return (SpecialFunctions.Log1p(-p) - Math.Log(share), x * law.Density(x) / share);
    }
}
