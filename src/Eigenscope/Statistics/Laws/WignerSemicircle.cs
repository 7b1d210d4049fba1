namespace Eigenscope.Statistics;

/// <summary>The semicircle law: the limit distribution of the eigenvalues of symmetric matrices of independent entries, p(x) = 2 sqrt(R^2 - x^2) / (pi R^2), |x| &lt;= R.</summary>
/// <remarks>Wigner (1955). For n x n matrices whose entries have variance s^2, R = 2 s sqrt(n). With x = -R cos(v / 2), the distribution is (v - sin v) / (2 pi).</remarks>
/// <param name="radius">R, positive, in the units of x.</param>
public sealed class WignerSemicircle(double radius) : IContinuousLaw
{
    /// <summary>R: the law lies between -R and R, and its variance is R^2 / 4.</summary>
    public double Radius { get; } = Domain.Positive(radius);

    /// <inheritdoc/>
    public double Density(double x) => Math.Abs(x) <= Radius ? 2 * Math.Sqrt((1 - (x / Radius)) * (1 + (x / Radius))) / (Math.PI * Radius) : 0;

    /// <inheritdoc/>
    public double LogDensity(double x) => Math.Log(Density(x));

    /// <inheritdoc/>
    public double Cumulative(double x) => x <= -Radius ? 0 : x >= Radius ? 1 : x > 0 ? 1 - Cumulative(-x) : ArcMinusSine(2 * Math.Acos(-x / Radius)) / (2 * Math.PI);

    /// <inheritdoc/>
    public double Survival(double x) => Cumulative(-x);

    /// <inheritdoc/>
    public double Quantile(double p) => Domain.Probability(p) > 0.5 ? -Quantile(1 - p) : -Radius * Math.Cos(ArcOf(2 * Math.PI * p) / 2);

    /// <summary>The next random number: the abscissa of a point that is uniform in a disk.</summary>
    public double Sample(Sampling random) => Radius * Math.Sqrt(random.Uniform()) * Math.Cos(2 * Math.PI * random.Uniform());

    /// <summary>v - sin v without cancellation, v &gt;= 0.</summary>
    private static double ArcMinusSine(double v)
    {
        if (v > 1)
        {
            return v - Math.Sin(v);
        }

        var (term, sum) = (v * v * v / 6, 0.0);
        for (var k = 4; k <= 20; k += 2)
        {
            sum += term;
            term *= -v * v / (k * (k + 1));
        }

        return sum;
    }

    /// <summary>The v at which v - sin v is <paramref name="area"/>, 0 to pi: the function is convex, so that Newton's steps come down to the root after the first.</summary>
    private static double ArcOf(double area)
    {
        var v = Math.Cbrt(6 * area);
        for (var step = 0; step < 50 && v > 0; step++)
        {
            var half = Math.Sin(v / 2);
            var change = (ArcMinusSine(v) - area) / (2 * half * half);
            v -= change;
            if (Math.Abs(change) <= 1e-15 * v)
            {
                break;
            }
        }

        return Math.Min(v, Math.PI);
    }
}
