namespace Eigenscope.Transforms;

/// <summary>
/// The weighted spherical mean m of the directions u_i of several models, or of their changes from a base where there is one, times sum_i w_i |W_i|: <see cref="SphericalMean"/>.
/// </summary>
/// <remarks>
/// mergekit takes the direction of sum_i w_i u_i, where the mean of the logarithms is taken for zero, though only the straight mean is; <c>variant: mergekit</c> does so too. For two models and equal
/// weights both are one direction. A spherical mean has no negative weights: they are refused by <c>default</c>. Vectors no longer than <c>eps</c> have no direction.
/// </remarks>
internal sealed class MultislerpMethod : MergeMethod
{
    private const int Steps = 100;
    private const double Tolerance = 1e-10;

    /// <inheritdoc/>
    public override string Name => "multislerp";

    /// <inheritdoc/>
    public override string Meaning => "weighted spherical mean of the models, or of their changes from a base";

    /// <inheritdoc/>
    public override BaseUse Base => BaseUse.Optional;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        CommonParameters.Weight,
        new("normalize_weights", ParameterKind.Flag, true, "whether the weights are divided by their sum"),
        new("eps", ParameterKind.Number, 1e-8, "the length up to which a vector has no direction") { Least = 0 },
        CommonParameters.Lambda,
        CommonParameters.Variant(CommonParameters.Mergekit),
    ];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) => GramMatrices.Bytes(shape, models, CombinationGroups.Whole);

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var vectors = MergeVectors.ChangesWherePossible(task);
        var weights = vectors.Places.Select(i => task.Inputs[i].Parameters.Number("weight")).ToArray();
        var divisor = task.Parameters.Flag("normalize_weights") ? WeightSum.Of(task, weights) : 1;
        weights = Array.ConvertAll(weights, w => w / divisor);
        var closed = task.Parameters.Is(CommonParameters.Mergekit);
        if (!closed && weights.Any(w => w < 0))
        {
            throw new MergeException(task.Name, "multislerp takes no negative weight; variant: mergekit does");
        }

        var gram = GramMatrices.Of(task, vectors, CombinationGroups.Whole);
        var mean = SphericalMean.Of(gram, weights, closed ? 0 : Steps, Tolerance, task.Parameters.Number("eps"));
        var length = weights.Select((w, i) => w * gram.Norm(0, i)).Sum() * (task.Base is null ? 1 : task.Parameters.Number("lambda"));
        return new LinearCombination(task, vectors, CombinationGroups.Whole, Array.ConvertAll(mean.Coefficients, c => length * c), mean.Facts(closed ? "mean_direction" : "spherical_mean"));
    }
}
