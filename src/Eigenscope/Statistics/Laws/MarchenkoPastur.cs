namespace Eigenscope.Statistics;

/// <summary>
/// The Marchenko-Pastur law: the limit distribution of the eigenvalues of W^T W / N, for N x M matrices W of independent entries of mean 0 and equal variance, as
/// N and M grow at a fixed ratio Q = N / M.
/// </summary>
/// <remarks>
/// Marchenko and Pastur (1967). With gamma = 1 / Q and x = a + (b - a) sin^2 t between the edges a and b, in units of the variance, the distribution is
/// F = [2 sqrt(gamma) sin t cos t + (1 + gamma) t - (1 - gamma) u] / (pi gamma) with tan u = sqrt(b / a) tan t. Where W is wider than tall (Q &lt; 1), M - N
/// eigenvalues are zero, and the others are those of W W^T / N.
/// </remarks>
public sealed class MarchenkoPastur : IContinuousLaw
{
    private const int MostSteps = 100;

    /// <summary>The error of a step of Newton is about the square of the step, so that the next one would change nothing.</summary>
    private const double LastStep = 1e-9;

    private readonly double gamma;
    private readonly double scale;
    private readonly double a;
    private readonly double b;

    /// <summary>The law for a ratio and a variance.</summary>
    /// <param name="q">Q = N / M, positive and finite.</param>
    /// <param name="variance">The variance of the entries of W, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not positive and finite.</exception>
    public MarchenkoPastur(double q, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(q);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variance);
        gamma = q >= 1 ? 1 / q : q;
        scale = q >= 1 ? variance : variance / q;
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(gamma) && double.IsFinite(scale) && gamma > 0, false, nameof(q));
        MassAtZero = q >= 1 ? 0 : 1 - q;
        (a, b) = (Square(1 - Math.Sqrt(gamma)), Square(1 + Math.Sqrt(gamma)));
        Mean = variance;
    }

    /// <summary>The share of eigenvalues that are zero: 1 - Q for Q below 1.</summary>
    public double MassAtZero { get; }

    /// <summary>The mean: the variance of the entries.</summary>
    public double Mean { get; }

    /// <summary>The lower edge of the positive eigenvalues; 0 for Q = 1.</summary>
    public double LambdaMinus => a * scale;

    /// <summary>The upper edge.</summary>
    public double LambdaPlus => b * scale;

    /// <summary>The density of the positive eigenvalues at <paramref name="x"/>, whose integral is 1 - <see cref="MassAtZero"/>; infinite at 0 for Q = 1.</summary>
    public double Density(double x)
    {
        var unit = x / scale;
        return unit == 0 && a == 0 ? double.PositiveInfinity
            : unit < a || unit > b ? 0
            : (1 - MassAtZero) * Math.Sqrt((b - unit) * (unit - a)) / (2 * Math.PI * gamma * unit * scale);
    }

    /// <inheritdoc/>
    public double LogDensity(double x) => Math.Log(Density(x));

    /// <summary>The share of eigenvalues up to <paramref name="x"/>. Error 1e-14, absolute.</summary>
    public double Cumulative(double x)
    {
        var unit = x / scale;
        return unit < 0 ? 0
            : unit <= a ? MassAtZero
            : unit >= b ? 1
            : MassAtZero + ((1 - MassAtZero) * CumulativeAt(Math.Asin(Math.Sqrt((unit - a) / (b - a)))));
    }

    /// <summary>The share of eigenvalues above <paramref name="x"/>. Error 1e-14, absolute also where it is close to 0.</summary>
    public double Survival(double x) => 1 - Cumulative(x);

    /// <summary>The eigenvalue up to which a share <paramref name="p"/> of them lies, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not from 0 to 1.</exception>
    public double Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(p is >= 0 and <= 1, false, nameof(p));
        return p == 1 ? LambdaPlus
            : p > MassAtZero ? At(AngleOf((p - MassAtZero) / (1 - MassAtZero), p * Math.PI / 2)) * scale
            : MassAtZero > 0 ? 0 : LambdaMinus;
    }

    /// <inheritdoc/>
    public double Sample(Sampling random) => Quantile(random.Uniform());

    /// <summary>The quantiles of ascending shares of the positive eigenvalues, above 0 and below 1: each is sought from the one before it.</summary>
    internal double[] Quantiles(ReadOnlySpan<double> shares)
    {
        var quantiles = new double[shares.Length];
        var t = shares.IsEmpty ? 0 : AngleOf(shares[0], shares[0] * Math.PI / 2);
        for (var i = 0; i < shares.Length; i++)
        {
            t = AngleOf(shares[i], t + (i == 0 ? 0 : (shares[i] - shares[i - 1]) / Slope(t)));
            quantiles[i] = At(t) * scale;
        }

        return quantiles;
    }

    private double At(double t) => a + ((b - a) * Square(Math.Sin(t)));

    private double CumulativeAt(double t)
    {
        var (sin, cos) = Math.SinCos(t);
        var u = Math.Atan2(Math.Sqrt(b) * sin, Math.Sqrt(a) * cos);
        return ((2 * Math.Sqrt(gamma) * sin * cos) + ((1 + gamma) * t) - ((1 - gamma) * u)) / (Math.PI * gamma);
    }

    /// <summary>The angle t at which the distribution is <paramref name="p"/>: Newton's steps, and bisection where they leave the bracket.</summary>
    private double AngleOf(double p, double guess)
    {
        var (low, high) = (0.0, Math.PI / 2);
        var t = Math.Min(guess, high);
        for (var step = 0; step < MostSteps; step++)
        {
            var excess = CumulativeAt(t) - p;
            (low, high) = excess < 0 ? (t, high) : (low, t);
            var next = t - (excess / Slope(t));
            if (Math.Abs(next - t) <= LastStep)
            {
                return Math.Clamp(next, low, high);
            }

            t = next > low && next < high ? next : (low + high) / 2;
        }

        return t;
    }

    /// <summary>dF / dt.</summary>
    private double Slope(double t) => 4 * Square(Math.Sin(2 * t)) / (Math.PI * At(t));

    private static double Square(double x) => x * x;
}
