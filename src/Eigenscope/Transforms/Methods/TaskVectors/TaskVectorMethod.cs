namespace Eigenscope.Transforms;

/// <summary>
/// W0 + lambda times the weighted sum of sparse changes D_i = W_i - W0; with an election of signs only the changes of the elected sign are added (<see cref="SignElection"/>). Changes are made sparse first, then
/// rescaled, then weighted. <c>normalize</c> divides by the weights: by those that took part in an element's sum where there is an election, else by all of them.
/// </summary>
/// <remarks>
/// <c>rescale</c> keeps the sum of the magnitudes of a change: |D|_1 / |D'|_1, as mergekit has it; in the papers' variants of random masks it divides by the probabilities instead.
/// Of mergekit's formulas <c>default</c> mends these: a negative weight enters the divisor of an election by its magnitude, because it votes and is added with its sign turned; weights that cancel are refused
/// where there is no election (mergekit divides by 1); rescaling is done however small the sums are (mergekit leaves out those below 1e-7). <c>variant: mergekit</c> does all as mergekit, in float64.
/// Votes that add up to zero elect plus.
/// </remarks>
/// <param name="name">The name of the method.</param>
/// <param name="meaning">What it does, in a clause.</param>
/// <param name="sparsification">How changes are made sparse.</param>
/// <param name="elects">True where signs are elected.</param>
/// <param name="normalize">The default of <c>normalize</c>.</param>
/// <param name="rescale">The default of <c>rescale</c>.</param>
internal class TaskVectorMethod(string name, string meaning, Sparsification sparsification, bool elects, bool normalize, bool rescale) : MergeMethod
{
    /// <summary>Sums of weights and magnitudes that mergekit takes for zero.</summary>
    private const double MergekitLeastWeight = 1e-8;
    private const double MergekitLeastMagnitude = 1e-7;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Meaning => meaning;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        CommonParameters.Weight,
        CommonParameters.Density,
        .. sparsification.Parameters,
        CommonParameters.Normalize(normalize, elects ? "whether an element is divided by the weights of the models that are added" : "whether the weights are divided by their sum"),
        new("rescale", ParameterKind.Flag, rescale, "whether what is kept of a change is scaled up for what is dropped"),
        CommonParameters.Lambda,
        CommonParameters.Int8Mask,
        CommonParameters.Variant([.. sparsification.Variants]),
    ];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) => sparsification.Bytes(models) + TaskVectorFacts.Bytes(shape, models);

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var vectors = Rescaled(task, Vectors(task));
        return elects
            ? new TaskVectorMerge(task, vectors, Election(task, vectors), 1, "elected_sum")
            : new TaskVectorMerge(task, vectors, null, task.Parameters.Flag("normalize") ? Divisor(task, vectors) : 1, "sparse_sum");
    }

    /// <summary>The task vectors of the models whose weight is not zero, not rescaled.</summary>
    protected virtual IReadOnlyList<TaskVector> Vectors(MergeTask task)
    {
        var models = Weighted(task);
        var selections = sparsification.Select(task, models);
        return [.. models.Select((model, i) => new TaskVector(model, task.Inputs[model].Parameters.Number("weight"), selections[i]))];
    }

    /// <summary>The election of a tensor.</summary>
    protected virtual SignElection Election(MergeTask task, IReadOnlyList<TaskVector> vectors)
    {
        var factors = vectors.Select(vector => vector.Factor).ToArray();
        var signed = task.Parameters.Is(CommonParameters.Mergekit);
        return new SignElection(factors, factors, task.Parameters.Flag("normalize") ? [.. vectors.Select(vector => signed ? vector.Weight : Math.Abs(vector.Weight))] : null);
    }

    /// <summary>The models that have an influence.</summary>
    protected static IReadOnlyList<int> Weighted(MergeTask task) => [.. task.Tasks.Where(model => task.Inputs[model].Parameters.Number("weight") != 0)];

    private static IReadOnlyList<TaskVector> Rescaled(MergeTask task, IReadOnlyList<TaskVector> vectors) =>
        task.Parameters.Flag("rescale") && !task.Parameters.Is(CommonParameters.Paper)
            ? TaskVector.KeepingMagnitude(task, vectors, task.Parameters.Is(CommonParameters.Mergekit) ? MergekitLeastMagnitude : 0)
            : vectors;

    private static double Divisor(MergeTask task, IReadOnlyList<TaskVector> vectors)
    {
        var weights = vectors.Select(vector => vector.Weight).ToArray();
        if (task.Parameters.Is(CommonParameters.Mergekit))
        {
            return Math.Abs(weights.Sum()) < MergekitLeastWeight ? 1 : weights.Sum();
        }

        return WeightSum.Of(task, weights);
    }
}
