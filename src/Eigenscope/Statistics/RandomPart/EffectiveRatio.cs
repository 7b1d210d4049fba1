namespace Eigenscope.Statistics;

/// <summary>The ratio Q = N / M of the Marchenko-Pastur law that fits a bulk best where both Q and the variance are free: a diagnostic, never the fit.</summary>
/// <remarks>
/// Least squares of the ordered eigenvalues of the bulk against the quantiles of the law, from 2 to 98 % of the way up, the variance being the slope through the origin for each Q. Variance and
/// Q are strongly correlated, and both move with what is no noise; an effective Q well below N / M says that the bulk is wider than independent entries make it.
/// </remarks>
/// <param name="Q">The ratio, 1 to 1000.</param>
/// <param name="Variance">The variance that goes with it.</param>
/// <param name="Expected">N / M of the random part.</param>
public sealed record EffectiveRatio(double Q, double Variance, double Expected)
{
    private const double First = 0.02;
    private const double Last = 0.98;
    private const double Largest = 1000;
    private const double Golden = 0.6180339887498949;
    private const int Steps = 40;

    /// <summary>Fits the bulk that a fit has told apart.</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0.</param>
    /// <param name="fit">The fit to them.</param>
    /// <returns>The ratio; or null with the reason, where the best Q lies beyond 1000.</returns>
    public static (EffectiveRatio? Ratio, string? Reason) Of(ReadOnlySpan<double> ascending, BulkFit fit)
    {
        var bulk = ascending[fit.QuasiNull..^fit.Spikes].ToArray();
        var (low, high) = (0.0, Math.Log(Largest));
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
            (low, high) = Misfit(bulk, left).Error < Misfit(bulk, right).Error ? (low, right) : (left, high);
        }

        var q = Math.Exp((low + high) / 2);
        return q > Largest * 0.999
            ? (null, $"the bulk is narrower than that of any law of a ratio up to {Largest}")
            : (new EffectiveRatio(q, Misfit(bulk, Math.Log(q)).Slope / fit.Rows, (double)fit.Rows / fit.Columns), null);
    }

    /// <summary>The share of the sum of squares that the law leaves, and the slope in units of eigenvalues divided by N.</summary>
    private static (double Error, double Slope) Misfit(double[] bulk, double logQ)
    {
        var first = (int)(First * bulk.Length);
        var x = bulk.AsSpan(first, (int)(Last * bulk.Length) - first);
        var shares = new double[x.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = (first + i + 0.5) / bulk.Length;
        }

        var law = new MarchenkoPastur(Math.Exp(logQ), 1).Quantiles(shares);
        var (products, squares, total) = (0.0, 0.0, 0.0);
        for (var i = 0; i < law.Length; i++)
        {
            products += x[i] * law[i];
            squares += law[i] * law[i];
            total += x[i] * x[i];
        }

        return (1 - (products / squares * products / total), products / squares);
    }
}
