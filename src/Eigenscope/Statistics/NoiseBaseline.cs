namespace Eigenscope.Statistics;

/// <summary>What a matrix of pure noise scores in metrics of spectra: values under the Marchenko-Pastur law, to be read beside those of a trained matrix.</summary>
/// <remarks>Closed forms follow from the law; the last three are integrals over it, within 1e-9. Eigenvalues are those of W^T W / N.</remarks>
public sealed class NoiseBaseline
{
    private const int Panels = 1024;

    private readonly double gamma;
    private readonly double variance;

    /// <summary>The values for a ratio of sides.</summary>
    /// <param name="q">Q = N / M, from 1.</param>
    /// <param name="variance">The variance of the entries of W, positive; only the means depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public NoiseBaseline(double q, double variance = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Domain.Positive(q), 1, nameof(q));
        (gamma, this.variance) = (1 / q, Domain.Positive(variance));
    }

    /// <summary>The variance of the eigenvalues, gamma s^4.</summary>
    public double Variance => gamma * variance * variance;

    /// <summary>The mean of ln lambda, ln s^2 - 1 - (1 - gamma) / gamma ln(1 - gamma).</summary>
    public double MeanLog => Math.Log(variance) - 1 - (gamma < 1 ? (1 - gamma) / gamma * SpecialFunctions.Log1p(-gamma) : 0);

    /// <summary>The mean of lambda ln lambda, s^2 (gamma / 2 + ln s^2).</summary>
    public double MeanXLogX => variance * ((gamma / 2) + Math.Log(variance));

    /// <summary>The stable rank, sum of eigenvalues over the largest, as a share of M: 1 / (1 + sqrt(gamma))^2.</summary>
    public double StableRankShare => 1 / Square(1 + Math.Sqrt(gamma));

    /// <summary>How much less than ln M the entropy of the eigenvalues over their sum is, gamma / 2.</summary>
    public double EntropyDeficit => gamma / 2;

    /// <summary>Hill's exponent of the upper half of the eigenvalues, 1 + 1 / E[ln(lambda / median) | lambda &gt; median].</summary>
    public double HillMedianAlpha
    {
        get
        {
            var median = new MarchenkoPastur(1 / gamma, 1).Quantile(0.5);
            return 1 + (0.5 / (LogIntegral(AngleOf(median)) - (0.5 * Math.Log(median))));
        }
    }

    /// <summary>Where the largest eigenvalues end whose product is not below 1, for eigenvalues of mean 1.</summary>
    public double DetXThreshold => At(DetXAngle());

    /// <summary>The share of eigenvalues above <see cref="DetXThreshold"/>.</summary>
    public double DetXTailFraction => new MarchenkoPastur(1 / gamma, 1).Survival(DetXThreshold);

    /// <summary>The entropy of the eigenvalues over their sum, divided by ln M: 1 - gamma / (2 ln M), for large M.</summary>
    /// <param name="m">M, at least 2.</param>
    public double MatrixEntropy(int m)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, 2);
        return 1 - (EntropyDeficit / Math.Log(m));
    }

    /// <summary>The angle from which on the integral of ln lambda vanishes: it rises from the upper edge to lambda = 1 and falls below.</summary>
    private double DetXAngle()
    {
        var (low, high) = (0.0, AngleOf(1));
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = LogIntegral(middle) < 0 ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The integral of ln lambda over the law from an angle on, for variance 1, by Simpson's rule.</summary>
    private double LogIntegral(double from)
    {
        var (width, sum) = (((Math.PI / 2) - from) / Panels, 0.0);
        for (var i = 0; i <= Panels; i++)
        {
            var t = from + (i * width);
            var weight = i is 0 or Panels ? 1 : i % 2 == 0 ? 2 : 4;
            sum += t > 0 ? weight * Math.Log(At(t)) * 4 * Square(Math.Sin(2 * t)) / (Math.PI * At(t)) : 0;
        }

        return sum * width / 3;
    }

    /// <summary>lambda = a + (b - a) sin^2 t for variance 1, a and b the edges.</summary>
    private double At(double t) => Square(1 - Math.Sqrt(gamma)) + (4 * Math.Sqrt(gamma) * Square(Math.Sin(t)));

    private double AngleOf(double lambda) => Math.Asin(Math.Sqrt((lambda - Square(1 - Math.Sqrt(gamma))) / (4 * Math.Sqrt(gamma))));

    private static double Square(double x) => x * x;
}
