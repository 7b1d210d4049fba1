namespace Eigenscope.Transforms;

/// <summary>What weights are divided by.</summary>
internal static class WeightSum
{
    /// <summary>Sums that are smaller than this part of the largest weight are rounding.</summary>
    private const double Least = 1e-8;

    /// <summary>sum_i w_i; 1 where all of them are zero.</summary>
    /// <exception cref="MergeException">They cancel.</exception>
    public static double Of(MergeTask task, IReadOnlyList<double> weights)
    {
        var (sum, largest) = (weights.Sum(), weights.Select(Math.Abs).DefaultIfEmpty().Max());
        if (largest == 0)
        {
            return 1;
        }

        return Math.Abs(sum) > Least * largest ? sum : throw new MergeException(task.Name, $"the weights {string.Join(", ", weights)} add up to {sum} and cannot be normalized; use others, or normalize: false");
    }
}
