using Eigenscope.Statistics;

namespace Eigenscope.Experiments;

/// <summary>Differences of paired runs: the same seed, and so the same first weights and mini-batches.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardError">Its standard error, from their scatter.</param>
/// <param name="Up">How many are positive.</param>
/// <param name="Count">How many pairs there are.</param>
/// <param name="PValue">Of Wilcoxon's signed-rank test, to either side; null where all are zero.</param>
internal sealed record Pairs(double Mean, double StandardError, int Up, int Count, double? PValue)
{
    /// <summary>Of second less first.</summary>
    public static Pairs Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] differences = [.. first.Zip(second, (a, b) => b - a).Where(double.IsFinite)];
        if (differences.Length == 0)
        {
            return new(double.NaN, double.NaN, 0, 0, null);
        }

        var mean = Experiments.Mean.Of(differences);
        return new(mean.Value, mean.StandardError, differences.Count(difference => difference > 0), differences.Length, SignedRankTest.Of(differences).Test?.PValue);
    }
}
