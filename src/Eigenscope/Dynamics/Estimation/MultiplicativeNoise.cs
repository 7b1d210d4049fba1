namespace Eigenscope.Dynamics;

/// <summary>Noise that grows with a singular value: the line s^2 + kappa^2 lambda_k through the variances of the noise along the modes.</summary>
/// <remarks>
/// A mode with such noise and a pull -beta sigma has a stationary law with a power-law tail, lambda^-alpha with alpha = 3/2 + beta / kappa^2 (a beta-prime law); without kappa the tail is exponential.
/// The line is fitted by least squares with weights 1 / (s^2 + kappa^2 lambda)^2, repeated, since the error of a variance is in proportion to it (quasi-likelihood of gamma numbers, Wedderburn 1974); standard
/// errors take the scatter about the line as the measure, and modes as independent.
/// </remarks>
/// <param name="Additive">s^2, in squared units of the noise.</param>
/// <param name="Slope">kappa^2, in the same units over those of lambda; negative where variances fall with lambda.</param>
/// <param name="Modes">The number of modes.</param>
public sealed record MultiplicativeNoise(Estimate Additive, Estimate Slope, int Modes)
{
    private const int Rounds = 200;

    /// <summary>A weight counts a variance as at least this share of the mean.</summary>
    private const double Least = 1e-3;

    /// <summary>kappa^2 over its standard error: above 2 or 3, noise does grow with lambda.</summary>
    public double Z => Slope.Value / Slope.StandardError;

    /// <summary>kappa; 0 where the slope is not positive.</summary>
    public double Kappa => Math.Sqrt(Math.Max(0, Slope.Value));

    /// <summary>The exponent of the tail that goes with a pull beta: 3/2 + beta / kappa^2, infinite where the slope is not positive.</summary>
    /// <param name="beta">The rate at which a singular value decays, in the clock of the noise; above -kappa^2 / 2.</param>
    /// <returns>alpha with the error that comes from kappa^2 alone.</returns>
    public Estimate TailExponent(double beta) => Slope.Value > 0
        ? new(1.5 + (beta / Slope.Value), Math.Abs(beta) / (Slope.Value * Slope.Value) * Slope.StandardError)
        : new(double.PositiveInfinity, double.NaN);

    /// <summary>Fits the line.</summary>
    /// <param name="lambda">lambda_k, at least three, not all equal.</param>
    /// <param name="variances">The variance of the noise along each mode, not negative, such as <see cref="ModeProjection.Variances"/>.</param>
    /// <returns>The fit; or null with the reason, where there are too few modes or lambda does not vary.</returns>
    /// <exception cref="ArgumentException">The numbers are not as many as the modes, or none.</exception>
    public static (MultiplicativeNoise? Fit, string? Reason) Of(ReadOnlySpan<double> lambda, ReadOnlySpan<double> variances)
    {
        Lengths.RequireEqual(lambda.Length, variances.Length, nameof(variances));
        var floor = Least * Mean(variances);
        if (lambda.Length < 3)
        {
            return (null, "a line with errors needs at least three modes");
        }

        if (!(floor > 0 && double.IsFinite(floor)))
        {
            return (null, "the variances are zero or not finite");
        }

        var (a, b) = (floor / Least, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var sums = Sums.Of(lambda, variances, a, b, floor);
            if (!(sums.Determinant > 1e-14 * sums.Weight * sums.Squares))
            {
                return (null, "lambda does not vary");
            }

            (a, b) = (sums.Intercept, sums.Slope);
        }

        return (Describe(lambda, variances, a, b, floor), null);
    }

    private static MultiplicativeNoise Describe(ReadOnlySpan<double> lambda, ReadOnlySpan<double> variances, double a, double b, double floor)
    {
        var (sums, scatter) = (Sums.Of(lambda, variances, a, b, floor), 0.0);
        for (var k = 0; k < lambda.Length; k++)
        {
            var rest = (variances[k] - a - (b * lambda[k])) / Math.Max(floor, a + (b * lambda[k]));
            scatter += rest * rest / (lambda.Length - 2);
        }

        return new MultiplicativeNoise(
            new Estimate(a, Math.Sqrt(scatter * sums.Squares / sums.Determinant)),
            new Estimate(b, Math.Sqrt(scatter * sums.Weight / sums.Determinant)),
            lambda.Length);
    }

    private static double Mean(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x)
        {
            sum += value / x.Length;
        }

        return sum;
    }

    /// <summary>Weighted sums of the line, with weights of the line before.</summary>
    private readonly record struct Sums(double Weight, double First, double Squares, double Values, double Products)
    {
        public double Determinant => (Weight * Squares) - (First * First);

        public double Intercept => ((Squares * Values) - (First * Products)) / Determinant;

        public double Slope => ((Weight * Products) - (First * Values)) / Determinant;

        public static Sums Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double a, double b, double floor)
        {
            var (w, wx, wxx, wy, wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (var k = 0; k < x.Length; k++)
            {
                var line = Math.Max(floor, a + (b * x[k]));
                var weight = 1 / (line * line);
                (w, wx, wxx, wy, wxy) = (w + weight, wx + (weight * x[k]), wxx + (weight * x[k] * x[k]), wy + (weight * y[k]), wxy + (weight * x[k] * y[k]));
            }

            return new(w, wx, wxx, wy, wxy);
        }
    }
}
