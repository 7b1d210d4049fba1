using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>From sums over a tensor to what is told of it.</summary>
internal static class TensorFindings
{
    /// <summary>More than this share of a merged change lost by rounding is worth a warning.</summary>
    private const double LargeLoss = 0.1;

    /// <summary>What is told of a tensor that was merged.</summary>
    public static MergedTensor Of(PlannedTensor planned, string method, MergeFacts facts, MergeTask task, TaskSums sums, string digest)
    {
        var change = Math.Sqrt(sums.Change);
        var loss = task.Base is null || change == 0 ? (double?)null : Finite(Math.Sqrt(sums.Lost) / change);
        var values = new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            ["base_norm"] = task.Base is null ? null : Finite(Math.Sqrt(sums.Base)),
            ["merged_norm"] = Finite(Math.Sqrt(sums.Merged)),
            ["change_norm"] = task.Base is null ? null : Finite(change),
            ["relative_change"] = task.Base is null ? null : Ratio(change, Math.Sqrt(sums.Base)),
            ["average_change_norm"] = task.Base is null ? null : Finite(AverageNorm(sums, task.Tasks.Count)),
            ["sign_conflicts"] = Ratio(sums.Conflicts, sums.Shared),
            ["rounding_error"] = Ratio(Math.Sqrt(sums.Lost), Math.Sqrt(sums.Merged)),
            ["rounding_loss"] = loss,
        };
        foreach (var (name, value) in facts.Values)
        {
            values[name] = Finite(value);
        }

        return new(
            planned.Name, planned.Type.Name(), planned.Shape, method, facts.Route, facts.Reason, planned.Note, Inputs(facts, task, sums), Cosines(sums, task.Tasks.Count), values,
            [.. facts.Warnings, .. Warnings(planned, loss)], digest);
    }

    /// <summary>What is told of a tensor whose bytes were copied.</summary>
    public static MergedTensor OfCopy(PlannedTensor planned, string digest) => new(
        planned.Name, planned.Type.Name(), planned.Shape, "copy", "copied", null, planned.Note, [new(planned.Inputs[0].Model, new Dictionary<string, double?>(StringComparer.Ordinal))], [],
        new Dictionary<string, double?>(StringComparer.Ordinal), [], digest);

    private static IEnumerable<string> Warnings(PlannedTensor planned, double? loss)
    {
        if (loss > LargeLoss)
        {
            yield return FormattableString.Invariant($"rounding to {planned.Type.Name()} loses {loss:P0} of the merged change; out_dtype: float32 or --rounding stochastic keeps it");
        }
    }

    private static List<MergedInput> Inputs(MergeFacts facts, MergeTask task, TaskSums sums)
    {
        var inputs = new List<MergedInput>();
        for (int i = 0, k = 0; i < task.Inputs.Count; i++)
        {
            var values = new Dictionary<string, double?>(StringComparer.Ordinal);
            if (!task.Inputs[i].IsBase)
            {
                var norm = Math.Sqrt(sums.Product(k, k));
                values["change_norm"] = Finite(norm);
                values["relative_change"] = task.Base is null ? null : Ratio(norm, Math.Sqrt(sums.Base));
                values["cosine_to_merged"] = Ratio(sums.WithMerged[k], norm * Math.Sqrt(sums.Change));
                k++;
            }

            foreach (var (name, numbers) in facts.PerModel)
            {
                values[name] = i < numbers.Length ? Finite(numbers[i]) : null;
            }

            inputs.Add(new(task.Inputs[i].Model, values));
        }

        return inputs;
    }

    private static List<double?> Cosines(TaskSums sums, int count)
    {
        var cosines = new List<double?>();
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                cosines.Add(Ratio(sums.Product(i, j), Math.Sqrt(sums.Product(i, i)) * Math.Sqrt(sums.Product(j, j))));
            }
        }

        return cosines;
    }

    /// <summary>The norm of the plain average of the changes: what a merged change is compared with.</summary>
    private static double AverageNorm(TaskSums sums, int count)
    {
        var square = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                square += sums.Product(i, j);
            }
        }

        return Math.Sqrt(Math.Max(0, square)) / count;
    }

    private static double? Ratio(double a, double b) => b > 0 ? Finite(a / b) : null;

    private static double? Finite(double x) => double.IsFinite(x) ? x : null;
}
