using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>The noise of training between checkpoints.</summary>
/// <param name="Variance">s^2, the variance that an entry gains in a step, from 0.</param>
/// <param name="Blocks">The number of stretches between checkpoints that were compared; 1 where there was nothing to compare.</param>
/// <param name="Basis">How it was got.</param>
public sealed record NoiseEstimate(double Variance, int Blocks, string Basis)
{
    /// <summary>Blocks are at least this many times 1 / (1 - mu), so that the noise of one is nearly independent of that of the next.</summary>
    private const double Memory = 10;

    /// <summary>
    /// From the differences of successive movements: over stretches of n and n' steps, D / n - D' / n' has the variance s^2 (1 / n + 1 / n'), if the drift is the same in both; for
    /// equal stretches that is half the mean square of D' - D, over n. Drift that changes adds to it.
    /// </summary>
    /// <returns>The estimate; null where there are fewer than two stretches.</returns>
    internal static NoiseEstimate? Of(IReadOnlyList<TimedWeights> history, double momentum, CancellationToken cancellation)
    {
        var kept = Spread(history, momentum > 0 ? Memory / (1 - momentum) : 0);
        if (kept.Count < 3)
        {
            return null;
        }

        var entries = (double)history[0].Weights.Rows * history[0].Weights.Columns;
        var sum = 0.0;
        for (var i = 2; i < kept.Count; i++)
        {
            double first = kept[i - 1].Step - kept[i - 2].Step, second = kept[i].Step - kept[i - 1].Step;
            var change = new WeightedSum(1 / second, Movement(kept[i - 1], kept[i]), -1 / first, Movement(kept[i - 2], kept[i - 1]));
            sum += Entries.SquaredNorm(change, cancellation) / entries / ((1 / first) + (1 / second));
        }

        return new(sum / (kept.Count - 2), kept.Count - 1, $"differences of successive movements over {kept.Count - 1} stretches between checkpoints");
    }

    internal static MatrixDifference Movement(TimedWeights from, TimedWeights to) => new(to.Weights, from.Weights);

    /// <summary>Checkpoints that lie at least so many steps apart, the last one among them, ascending.</summary>
    private static List<TimedWeights> Spread(IReadOnlyList<TimedWeights> history, double least)
    {
        var kept = new List<TimedWeights> { history[^1] };
        for (var i = history.Count - 2; i >= 0; i--)
        {
            if (kept[^1].Step - history[i].Step >= least)
            {
                kept.Add(history[i]);
            }
        }

        kept.Reverse();
        return kept;
    }
}
