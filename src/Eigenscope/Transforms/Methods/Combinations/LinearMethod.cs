namespace Eigenscope.Transforms;

/// <summary>sum_i w_i W_i, divided by sum_i w_i unless <c>normalize</c> is false: model soups (Wortsman et al. 2022). The base counts where it is listed.</summary>
/// <remarks>Weights that add up to zero cannot be normalised and are refused; mergekit divides by zero.</remarks>
internal sealed class LinearMethod : MergeMethod
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    public override string Meaning => "weighted average of the models";

    /// <inheritdoc/>
    public override BaseUse Base => BaseUse.Optional;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [CommonParameters.Weight, CommonParameters.Normalize(true, "whether the weights are divided by their sum")];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var weights = task.Inputs.Select(input => input.Parameters.Number("weight")).ToArray();
        if (task.Parameters.Flag("normalize") && Array.TrueForAll(weights, w => w == 0))
        {
            throw new MergeException(task.Name, "all weights are 0, of which there is no average; give one model another, or normalize: false");
        }

        var divisor = task.Parameters.Flag("normalize") ? WeightSum.Of(task, weights) : 1;
        return new LinearCombination(
            task, MergeVectors.All(task), CombinationGroups.Whole, Array.ConvertAll(weights, w => w / divisor), new MergeFacts(divisor == 1 ? "weighted_sum" : "weighted_average"));
    }
}
