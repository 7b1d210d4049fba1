namespace Eigenscope.Transforms;

/// <summary>
/// Model Stock (Jang et al. 2024): W0 + lambda t (mean(W_i) - W0) with t = N c / (1 + (N - 1) c), where c is the mean cosine between the changes of N models; of the whole tensor, or of each row by its own
/// cosine (<c>filter_wise</c>).
/// </summary>
/// <remarks>
/// mergekit replaces the product of two lengths by 1e-6 where it is less, so that small changes are left out, and takes negative cosines as they are, for which t has no meaning; <c>variant: mergekit</c> does so
/// too. By <c>default</c> the cosines are exact, zero where a change is zero, and c is at least 0.
/// </remarks>
internal sealed class ModelStockMethod : MergeMethod
{
    private const double MergekitFloor = 1e-6;

    /// <inheritdoc/>
    public override string Name => "model_stock";

    /// <inheritdoc/>
    public override string Meaning => "mean of the models, drawn to the base as far as their changes disagree";

    /// <inheritdoc/>
    public override int LeastModels => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("filter_wise", ParameterKind.Flag, false, "whether each row has a ratio of its own"),
        CommonParameters.Lambda,
        CommonParameters.Variant(CommonParameters.Mergekit),
    ];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) =>
        GramMatrices.Bytes(shape, models, Groups(parameters)) + LinearCombination.Bytes(shape, models, Groups(parameters));

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var (vectors, groups) = (MergeVectors.Changes(task), Groups(task.Parameters));
        var gram = GramMatrices.Of(task, vectors, groups);
        var mergekit = task.Parameters.Is(CommonParameters.Mergekit);
        var factor = task.Parameters.Number("lambda") / vectors.Count;
        var coefficients = new double[checked(vectors.Count * gram.Groups)];
        var (cosines, ratios) = (0.0, 0.0);
        for (var group = 0L; group < gram.Groups; group++)
        {
            var cosine = MeanCosine(gram, group, mergekit);
            var ratio = vectors.Count * cosine / (1 + ((vectors.Count - 1) * cosine));
            coefficients.AsSpan(checked((int)(group * vectors.Count)), vectors.Count).Fill(factor * ratio);
            (cosines, ratios) = (cosines + cosine, ratios + ratio);
        }

        return new LinearCombination(task, vectors, groups, coefficients, new MergeFacts("model_stock")
        {
            Values = [new("mean_cosine", cosines / gram.Groups), new("ratio", ratios / gram.Groups)],
        });
    }

    private static CombinationGroups Groups(TensorParameters parameters) => parameters.Flag("filter_wise") ? CombinationGroups.Rows : CombinationGroups.Whole;

    private static double MeanCosine(GramMatrices gram, long group, bool mergekit)
    {
        if (gram.Count < 2)
        {
            return 1;
        }

        var sum = 0.0;
        for (var i = 0; i < gram.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += mergekit ? gram[group, i, j] / Math.Max(gram.Norm(group, i) * gram.Norm(group, j), MergekitFloor) : gram.Cosine(group, i, j) ?? 0;
            }
        }

        var mean = sum / (gram.Count * (gram.Count - 1) / 2);
        return mergekit ? mean : Math.Max(0, mean);
    }
}
