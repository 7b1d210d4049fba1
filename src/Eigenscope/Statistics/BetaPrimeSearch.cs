namespace Eigenscope.Statistics;

/// <summary>
/// The beta-prime law of largest likelihood. Newton's steps in (ln a, ln b, ln scale), damped as by Levenberg (1944) and Marquardt (1963) until the likelihood grows.
/// They start from the law with a = b whose logarithm has the mean and the variance of the sample's.
/// </summary>
internal sealed class BetaPrimeSearch
{
    private const int MostSteps = 500;
    private const double LargestShape = 1e6;

    private readonly double[] logs;
    private readonly double meanLog;
    private readonly double[] gradient = new double[3];
    private readonly double[,] curvature = new double[3, 3];

    private BetaPrimeSearch(double[] logs, double meanLog) => (this.logs, this.meanLog) = (logs, meanLog);

    /// <summary>The law; null where a shape grows without end.</summary>
    public static BetaPrime? Run(ReadOnlySpan<double> sample, double meanLog, double varianceOfLog)
    {
        var shape = Math.Log((2 / varianceOfLog) + 0.5);
        var point = new BetaPrimeSearch(Array.ConvertAll(sample.ToArray(), Math.Log), meanLog).Climb([shape, shape, meanLog]);
        return point is null ? null : new BetaPrime(Math.Exp(point[0]), Math.Exp(point[1]), Math.Exp(point[2]));
    }

    private double[]? Climb(double[] point)
    {
        var (damping, likelihood) = (1e-3, MeanLikelihood(point));
        for (var step = 0; step < MostSteps && Math.Max(point[0], point[1]) < Math.Log(LargestShape); step++)
        {
            Differentiate(point);
            double[]? move = null;
            while (damping < 1e12)
            {
                move = Solve(damping);
                if (move is not null && MeanLikelihood(Sum(point, move)) is var next && next >= likelihood - (1e-13 * (1 + Math.Abs(likelihood))))
                {
                    (likelihood, damping) = (next, Math.Max(1e-14, damping / 10));
                    break;
                }

                (move, damping) = (null, damping * 10);
            }

            if (move is null || Largest(move) < 1e-11)
            {
                return Sum(point, move ?? [0, 0, 0]);
            }

            point = Sum(point, move);
        }

        return null;
    }

    private double MeanLikelihood(double[] point)
    {
        var (a, b, scale) = (Math.Exp(point[0]), Math.Exp(point[1]), point[2]);
        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += SpecialFunctions.Log1p(Math.Exp(log - scale));
        }

        return SpecialFunctions.LogGamma(a + b) - SpecialFunctions.LogGamma(a) - SpecialFunctions.LogGamma(b)
            + (a * (meanLog - scale)) - ((a + b) * sum / logs.Length);
    }

    /// <summary>The gradient of the mean likelihood and minus its second derivatives; u = x / (x + scale) is a beta number.</summary>
    private void Differentiate(double[] point)
    {
        var (a, b, scale) = (Math.Exp(point[0]), Math.Exp(point[1]), point[2]);
        var (u, spread, logAbove) = (0.0, 0.0, 0.0);
        foreach (var log in logs)
        {
            var y = Math.Exp(log - scale);
            u += y / (1 + y) / logs.Length;
            spread += y / (1 + y) / (1 + y) / logs.Length;
            logAbove -= SpecialFunctions.Log1p(y) / logs.Length;
        }

        var (digamma, trigamma) = (SpecialFunctions.Digamma(a + b), SpecialFunctions.Trigamma(a + b));
        gradient[0] = a * (digamma - SpecialFunctions.Digamma(a) + meanLog - scale + logAbove);
        gradient[1] = b * (digamma - SpecialFunctions.Digamma(b) + logAbove);
        gradient[2] = ((a + b) * u) - a;
        curvature[0, 0] = (a * a * (SpecialFunctions.Trigamma(a) - trigamma)) - gradient[0];
        curvature[1, 1] = (b * b * (SpecialFunctions.Trigamma(b) - trigamma)) - gradient[1];
        curvature[2, 2] = (a + b) * spread;
        curvature[1, 0] = -a * b * trigamma;
        curvature[2, 0] = a * (1 - u);
        curvature[2, 1] = -b * u;
    }

    /// <summary>The step of a damping, by Cholesky's factors; null where the damped curvature is not positive.</summary>
    private double[]? Solve(double damping)
    {
        var (factor, move) = (new double[3, 3], new double[3]);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = curvature[i, j] + (i == j ? damping * (Math.Abs(curvature[i, i]) + 1e-300) : 0);
                for (var k = 0; k < j; k++)
                {
                    rest -= factor[i, k] * factor[j, k];
                }

                if (i == j && !(rest > 0))
                {
                    return null;
                }

                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        }

        for (var i = 0; i < 3; i++)
        {
            move[i] = gradient[i];
            for (var k = 0; k < i; k++)
            {
                move[i] -= factor[i, k] * move[k];
            }

            move[i] /= factor[i, i];
        }

        for (var i = 2; i >= 0; i--)
        {
            for (var k = i + 1; k < 3; k++)
            {
                move[i] -= factor[k, i] * move[k];
            }

            move[i] /= factor[i, i];
        }

        return Largest(move) <= 3 ? move : null;
    }

    private static double Largest(double[] move) => Math.Max(Math.Abs(move[0]), Math.Max(Math.Abs(move[1]), Math.Abs(move[2])));

    private static double[] Sum(double[] x, double[] y) => [x[0] + y[0], x[1] + y[1], x[2] + y[2]];
}
