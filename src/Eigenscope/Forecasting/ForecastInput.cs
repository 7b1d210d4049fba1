namespace Eigenscope.Forecasting;

/// <summary>Refuses what no forecast can be made of.</summary>
internal static class ForecastInput
{
    public static void Check(IReadOnlyList<TimedWeights> history, IReadOnlyList<TimedWeights> later, ForecastOptions options, GradientStatistics? gradients)
    {
        if (history.Count < 2)
        {
            throw new ArgumentException($"a forecast needs at least two checkpoints, not {history.Count}", nameof(history));
        }

        TimedWeights[] all = [.. history, .. later];
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i].Step <= all[i - 1].Step)
            {
                throw new ArgumentException($"step {all[i].Step} does not come after step {all[i - 1].Step}", nameof(history));
            }

            if (all[i].Weights.Rows != all[0].Weights.Rows || all[i].Weights.Columns != all[0].Weights.Columns)
            {
                throw new ArgumentException(
                    $"the weights of step {all[i].Step} are {all[i].Weights.Rows} x {all[i].Weights.Columns}, those of step {all[0].Step} {all[0].Weights.Rows} x {all[0].Weights.Columns}", nameof(history));
            }
        }

        Check(options);
        if (gradients is not null)
        {
            Check(gradients, all[0]);
        }
    }

    private static void Check(ForecastOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Modes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 20, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Origins, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Targets, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window ?? 1, 1, nameof(options));
        if (!(options.Level is > 0 and < 1) || !(options.Momentum is >= 0 and < 1) || options.Horizons.Any(horizon => horizon < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "a level lies between 0 and 1, a momentum from 0 to below 1, and horizons are at least 1");
        }
    }

    private static void Check(GradientStatistics gradients, TimedWeights first)
    {
        if (gradients.Mean.Rows != first.Weights.Rows || gradients.Mean.Columns != first.Weights.Columns)
        {
            throw new ArgumentException($"the mean gradient is {gradients.Mean.Rows} x {gradients.Mean.Columns}, the weights are {first.Weights.Rows} x {first.Weights.Columns}", nameof(gradients));
        }

        if (!(gradients.LearningRate > 0) || !(gradients.NoiseVariance >= 0) || gradients.Batches < 1 || !(gradients.Momentum is >= 0 and < 1) || !(gradients.WeightDecay >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(gradients), "a learning rate is positive, a variance and a weight decay are not negative, a momentum lies from 0 to below 1, and batches are at least 1");
        }
    }
}
