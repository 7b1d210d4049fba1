namespace Eigenscope.Transforms;

/// <summary>
/// The arc between two models, or between their changes from a base where there is one, at t = w_2 / (w_1 + w_2), or 1/2 where the weights cancel; of the whole tensor, or of each row or column by its own angle
/// (<c>nuslerp_flatten: false</c>). Tensors are not normalised; where the sine of the angle is below 1e-8, the straight line.
/// </summary>
/// <remarks>
/// <c>nuslerp_row_wise: true</c> means rows, the elements along the last axis, and <c>false</c> columns. mergekit has them the other way round for matrices [outputs, inputs], which is <c>variant: mergekit</c>.
/// A tensor with one axis is one row either way.
/// </remarks>
internal sealed class NuslerpMethod : MergeMethod
{
    private const double LeastSine = 1e-8;

    /// <inheritdoc/>
    public override string Name => "nuslerp";

    /// <inheritdoc/>
    public override string Meaning => "the arc between two models, or between their changes from a base";

    /// <inheritdoc/>
    public override BaseUse Base => BaseUse.Optional;

    /// <inheritdoc/>
    public override int LeastModels => 2;

    /// <inheritdoc/>
    public override int MostModels => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        CommonParameters.Weight,
        new("nuslerp_flatten", ParameterKind.Flag, true, "whether the tensor is one vector"),
        new("nuslerp_row_wise", ParameterKind.Flag, false, "whether rows instead of columns are vectors, where the tensor is not one"),
        CommonParameters.Lambda,
        CommonParameters.Variant(CommonParameters.Mergekit),
    ];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) =>
        GramMatrices.Bytes(shape, 2, Groups(shape, parameters)) + LinearCombination.Bytes(shape, 2, Groups(shape, parameters));

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var vectors = new MergeVectors(task.Tasks, task.Base is not null);
        if (vectors.Count != 2)
        {
            throw new MergeException(task.Name, $"nuslerp takes two models beside the base, not {vectors.Count}");
        }

        var groups = Groups(task.Shape, task.Parameters);
        var gram = GramMatrices.Of(task, vectors, groups);
        var (t, factor) = (Place(task), task.Base is null ? 1 : task.Parameters.Number("lambda"));
        var coefficients = new double[checked(2 * gram.Groups)];
        var linear = 0L;
        for (var group = 0L; group < gram.Groups; group++)
        {
            var arc = SphericalInterpolation.Of(gram.Cosine(group, 0, 1), t, c => Math.Sqrt((1 - c) * (1 + c)) < LeastSine);
            (coefficients[2 * group], coefficients[(2 * group) + 1]) = (factor * arc.First, factor * arc.Second);
            linear += arc.IsLinear ? 1 : 0;
        }

        return new LinearCombination(task, vectors, groups, coefficients, Facts(gram, linear));
    }

    private static double Place(MergeTask task)
    {
        var (first, second) = (task.Inputs[task.Tasks[0]].Parameters.Number("weight"), task.Inputs[task.Tasks[1]].Parameters.Number("weight"));
        return Math.Abs(first + second) < LeastSine ? 0.5 : second / (first + second);
    }

    private static CombinationGroups Groups(IReadOnlyList<long> shape, TensorParameters parameters)
    {
        if (parameters.Flag("nuslerp_flatten") || shape.Count < 2)
        {
            return CombinationGroups.Whole;
        }

        return parameters.Flag("nuslerp_row_wise") != parameters.Is(CommonParameters.Mergekit) ? CombinationGroups.Rows : CombinationGroups.Columns;
    }

    private static MergeFacts Facts(GramMatrices gram, long linear)
    {
        var reason = linear == 0 ? null : gram.Groups == 1 ? "the vectors are parallel, or one is zero" : $"{linear} of {gram.Groups} pairs of vectors are parallel, or one is zero";
        return new MergeFacts(linear == gram.Groups ? "lerp" : "slerp", reason)
        {
            Values = gram.Groups == 1 && gram.Cosine(0, 0, 1) is { } cosine ? [new("cosine", cosine)] : [],
        };
    }
}
