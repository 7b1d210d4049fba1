using Eigenscope.Statistics;

namespace Eigenscope.Transforms;

/// <summary>Spreads a share of numbers over matrices: ranks r_i with sum r_i (m_i + n_i) as near as whole ranks allow to the share of sum m_i n_i.</summary>
/// <remarks>
/// AlphaPruning (Lu and others 2024, eq. 2): the share that matrix i loses is s_i = c (1 - e + 2 e (alpha_i - alpha_min) / (alpha_max - alpha_min)), e the spread, and c such that sum s_i m_i n_i is
/// what is to be cut. Where an s_i would leave less than rank 1, the matrix has rank 1 and c is found again for the others. What rounding a rank down leaves goes to the next matrix.
/// </remarks>
internal static class RatioAllocation
{
    /// <summary>Only eigenvalues above this share of the largest count for the exponent.</summary>
    private const double Threshold = 1e-12;

    /// <summary>The exponent of a spectrum: Hill's estimator over its upper half; null where there is none.</summary>
    public static double? Alpha(LayerSpectra spectra)
    {
        var eigenvalues = spectra.Eigenvalues;
        return HillEstimator.UpperHalf([.. eigenvalues.Where(lambda => lambda > Threshold * eigenvalues[^1])]).Alpha;
    }

    /// <summary>The ranks.</summary>
    /// <param name="sides">Rows and columns of each matrix.</param>
    /// <param name="alphas">The exponent of each; that of the least where one is null.</param>
    /// <param name="ratio">The share of the numbers that is left.</param>
    /// <param name="spread">e; 0 for the same share of each.</param>
    public static int[] Ranks(IReadOnlyList<(int Rows, int Columns)> sides, IReadOnlyList<double?> alphas, double ratio, double spread)
    {
        var weights = Weights(alphas, spread);
        var cut = Cuts(sides, weights, ratio);
        var (ranks, carry) = (new int[sides.Count], 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            var (rows, columns) = sides[i];
            var budget = ((1 - cut[i]) * rows * columns) + carry;
            ranks[i] = (int)Math.Clamp(Math.Floor((budget / (rows + columns)) + 1e-9), 1, Math.Min(rows, columns));
            carry = budget - ((double)ranks[i] * (rows + columns));
        }

        return ranks;
    }

    private static double[] Weights(IReadOnlyList<double?> alphas, double spread)
    {
        double[] known = [.. alphas.OfType<double>()];
        var (least, most) = known.Length == 0 ? (0, 0) : (known.Min(), known.Max());
        return [.. alphas.Select(alpha => most > least ? 1 - spread + (2 * spread * ((alpha ?? least) - least) / (most - least)) : 1)];
    }

    /// <summary>The share that each matrix loses.</summary>
    private static double[] Cuts(IReadOnlyList<(int Rows, int Columns)> sides, double[] weights, double ratio)
    {
        double[] numbers = [.. sides.Select(side => (double)side.Rows * side.Columns)];
        double[] most = [.. sides.Select((side, i) => Math.Max(0, 1 - ((side.Rows + side.Columns) / numbers[i])))];
        var cuts = new double[weights.Length];
        var free = Enumerable.Range(0, cuts.Length).ToList();
        for (var left = (1 - ratio) * numbers.Sum(); free.Count > 0;)
        {
            var weighted = free.Sum(i => weights[i] * numbers[i]);
            if (weighted == 0)
            {
                weights = Array.ConvertAll(weights, _ => 1.0);
                continue;
            }

            var scale = Math.Max(0, left) / weighted;
            var full = free.FindAll(i => scale * weights[i] >= most[i]);
            foreach (var i in full.Count > 0 ? full : free)
            {
                cuts[i] = Math.Min(most[i], scale * weights[i]);
                left -= cuts[i] * numbers[i];
            }

            free = full.Count > 0 ? [.. free.Except(full)] : [];
        }

        return cuts;
    }
}
