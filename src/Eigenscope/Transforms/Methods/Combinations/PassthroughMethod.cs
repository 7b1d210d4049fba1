namespace Eigenscope.Transforms;

/// <summary>One model as it is, times <c>scale</c>.</summary>
internal sealed class PassthroughMethod : MergeMethod
{
    /// <inheritdoc/>
    public override string Name => "passthrough";

    /// <inheritdoc/>
    public override string Meaning => "one model as it is, or scaled";

    /// <inheritdoc/>
    public override BaseUse Base => BaseUse.Optional;

    /// <inheritdoc/>
    public override int LeastModels => 0;

    /// <inheritdoc/>
    public override int MostModels => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [new("scale", ParameterKind.Number, 1.0, "what every element is multiplied by") { IsPerModel = true }];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        if (task.Inputs.Count != 1)
        {
            throw new MergeException(task.Name, $"passthrough takes one model, not {task.Inputs.Count}");
        }

        var scale = task.Inputs[0].Parameters.Number("scale");
        return new LinearCombination(task, MergeVectors.All(task), CombinationGroups.Whole, [scale], new MergeFacts(scale == 1 ? "copy" : "scaled"));
    }
}
