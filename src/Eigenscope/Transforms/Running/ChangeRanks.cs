using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>How complex the changes of a matrix are, for methods that do not look at singular values: their effective ranks, and how far these differ.</summary>
internal static class ChangeRanks
{
    private const string EffectiveRank = "effective_rank";

    /// <summary>
    /// The tensor with <c>effective_rank</c> of every model's change, exp(-sum p ln p) with p = sigma / sum sigma (Roy and Vetterli 2007), and their <c>dispersion</c>, the standard deviation of the
    /// logarithms, each model counted once. As it is where it is no matrix, has no base, or has them already.
    /// </summary>
    /// <param name="tensor">What was made.</param>
    /// <param name="planned">The plan of it.</param>
    /// <param name="most">The longest smaller side of a matrix that is looked at.</param>
    /// <param name="execution">How the work is done.</param>
    public static MergedTensor With(MergedTensor tensor, PlannedTensor planned, int most, Execution execution)
    {
        if (planned is not { Method: not null, Base: not null } || tensor.Inputs.Any(input => input.Values.ContainsKey(EffectiveRank)))
        {
            return tensor;
        }

        var task = MergeTasks.Of(planned, 0, survey: null, execution);
        if (!task.IsMatrix || Math.Min(task.Shape[0], task.Count / task.Shape[0]) > most)
        {
            return tensor;
        }

        double?[] ranks = [.. task.Inputs.Select(input => input.IsBase ? null : RankOf(task, input, execution))];
        double[] logarithms = [.. ranks.OfType<double>().Select(rank => Math.Log(rank))];
        var values = new Dictionary<string, double?>(tensor.Values, StringComparer.Ordinal);
        if (logarithms.Length > 1)
        {
            values.TryAdd("dispersion", Deviation(logarithms));
        }

        return tensor with { Values = values, Inputs = [.. tensor.Inputs.Select((input, i) => task.Inputs[i].IsBase ? input : With(input, ranks[i]))] };
    }

    private static MergedInput With(MergedInput input, double? rank) => input with { Values = new Dictionary<string, double?>(input.Values, StringComparer.Ordinal) { [EffectiveRank] = rank } };

    private static double? RankOf(MergeTask task, MergeInput input, Execution execution)
    {
        try
        {
            var sigma = Spectrum.OfGram(new MatrixDifference(new ElementsMatrix(input.Elements), new ElementsMatrix(task.Base!)), execution).SingularValues;
            var sum = sigma.Sum();
            return sum > 0 ? Math.Exp(-sigma.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum))) : null;
        }
        catch (NonFiniteElementException)
        {
            return null;
        }
    }

    private static double Deviation(double[] x)
    {
        var mean = x.Average();
        return Math.Sqrt(x.Average(value => (value - mean) * (value - mean)));
    }
}
