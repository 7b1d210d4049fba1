namespace Eigenscope.Transforms;

/// <summary>
/// The arc from the base (<c>t</c> = 0) to the other model (<c>t</c> = 1) by the angle between the whole tensors as vectors, which are not normalised. Where the cosine of the angle is beyond 0.9995 in
/// magnitude, the straight line, as mergekit does: fine-tunes of one base mostly are so close.
/// </summary>
internal sealed class SlerpMethod : MergeMethod
{
    private const double Straight = 0.9995;

    /// <inheritdoc/>
    public override string Name => "slerp";

    /// <inheritdoc/>
    public override string Meaning => "the arc between the base and another model";

    /// <inheritdoc/>
    public override int MostModels => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [new("t", ParameterKind.Number, null, "the place on the arc: 0 is the base, 1 the other model") { Least = 0, Most = 1 }];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var vectors = new MergeVectors([MergeVectors.Base, task.OtherThanBase()], false);
        var cosine = GramMatrices.Of(task, vectors, CombinationGroups.Whole).Cosine(0, 0, 1);
        var arc = SphericalInterpolation.Of(cosine, task.Parameters.Number("t"), c => Math.Abs(c) > Straight);
        return new LinearCombination(task, vectors, CombinationGroups.Whole, [arc.First, arc.Second], Facts(cosine, arc.IsLinear));
    }

    private static MergeFacts Facts(double? cosine, bool isLinear) =>
        new(isLinear ? "lerp" : "slerp", !isLinear ? null : cosine is { } c ? $"the cosine {c:0.######} is beyond {Straight} in magnitude" : "a tensor is zero")
        {
            Values = cosine is { } value ? [new("cosine", value)] : [],
        };
}
