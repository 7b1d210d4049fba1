namespace Eigenscope.Transforms;

/// <summary>W0 + lambda sum_i w_i (W_i - W0): task arithmetic (Ilharco et al. 2023). With <c>normalize</c>, divided by sum_i w_i.</summary>
internal sealed class TaskArithmeticMethod : MergeMethod
{
    /// <inheritdoc/>
    public override string Name => "task_arithmetic";

    /// <inheritdoc/>
    public override string Meaning => "weighted sum of the changes from the base";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [CommonParameters.Weight, CommonParameters.Normalize(false, "whether the weights are divided by their sum"), CommonParameters.Lambda, CommonParameters.Int8Mask];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var weights = task.Tasks.Select(i => task.Inputs[i].Parameters.Number("weight")).ToArray();
        var divisor = task.Parameters.Flag("normalize") ? WeightSum.Of(task, weights) : 1;
        var factor = task.Parameters.Number("lambda") / divisor;
        return new LinearCombination(task, MergeVectors.Changes(task), CombinationGroups.Whole, Array.ConvertAll(weights, w => w * factor), new MergeFacts("sum_of_changes"));
    }
}
