namespace Eigenscope.Statistics;

/// <summary>A spectrum as that of a random part and a signal, W = W_rand + Delta_sig, split by a fit of the bulk; and as a mixture of a bulk and a tail.</summary>
/// <remarks>
/// A signal of singular value theta sqrt(N) sigma that stands out of noise of variance sigma^2 is seen as y sqrt(N) sigma with y^2 = (1 + theta^2)(gamma + theta^2) / theta^2, gamma = M / N
/// (Benaych-Georges and Nadakuditi 2012); theta is found from y, so that what noise adds to each is taken off again. Signals below the threshold theta = gamma^(1/4) do not stand out and are not
/// counted: rank and energy are lower bounds.
/// </remarks>
/// <param name="Rank">The rank of the signal: the number of eigenvalues beyond the random part.</param>
/// <param name="EnergyShare">The sum of theta^2 N sigma^2 over the sum of all eigenvalues, 0 to 1.</param>
/// <param name="SoftRank">The MP soft rank lambda_plus / lambda_max (Martin and Mahoney 2021), 0 to 1, and 1 where no eigenvalue lies beyond the edge.</param>
/// <param name="TailWeight">The weight of the tail in the mixture (1 - w) bulk + w tail of densities: the share of eigenvalues beyond the random part, 0 to 1.</param>
/// <param name="TailEnergy">The share of the sum of eigenvalues that the tail holds as it is seen, noise in it included, 0 to 1.</param>
/// <param name="Strengths">theta sqrt(N) sigma of each signal, descending, in units of the singular values of W.</param>
public sealed record SignalPart(int Rank, double EnergyShare, double SoftRank, double TailWeight, double TailEnergy, IReadOnlyList<double> Strengths)
{
    /// <summary>The weight of the bulk, 1 - <see cref="TailWeight"/>.</summary>
    public double BulkWeight => 1 - TailWeight;

    /// <summary>The share of the sum of eigenvalues in the bulk, 1 - <see cref="TailEnergy"/>.</summary>
    public double BulkEnergy => 1 - TailEnergy;

    /// <summary>Splits a spectrum.</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0, the largest positive.</param>
    /// <param name="fit">The random part that was fitted to them.</param>
    /// <returns>The signal part.</returns>
    public static SignalPart Of(ReadOnlySpan<double> ascending, BulkFit fit)
    {
        var all = Sum(ascending);
        var tail = ascending[^fit.Spikes..];
        var noise = Math.Sqrt(fit.Rows * fit.Variance);
        var shrinkage = new SignalShrinkage((double)fit.Columns / fit.Rows);
        var strengths = new double[fit.Spikes];
        var energy = 0.0;
        for (var i = 0; i < strengths.Length; i++)
        {
            strengths[i] = shrinkage.Strength(Math.Sqrt(tail[^(i + 1)]) / noise) * noise;
            energy += strengths[i] * strengths[i];
        }

        return new SignalPart(fit.Spikes, energy / all, Math.Min(1, fit.LambdaPlus / ascending[^1]), (double)fit.Spikes / ascending.Length, Sum(tail) / all, strengths);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var x in values)
        {
            sum += x;
        }

        return sum;
    }
}
