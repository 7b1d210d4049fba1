namespace Eigenscope.Transforms;

/// <summary>The spherical mean of the directions of all models with equal weights, times the mean of their lengths: <see cref="SphericalMean"/>. The base is a model like the others where it is listed.</summary>
internal sealed class KarcherMethod : MergeMethod
{
    /// <inheritdoc/>
    public override string Name => "karcher";

    /// <inheritdoc/>
    public override string Meaning => "spherical mean of the models";

    /// <inheritdoc/>
    public override BaseUse Base => BaseUse.Optional;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("max_iter", ParameterKind.Number, 10.0, "the most steps") { Least = 1 },
        new("tol", ParameterKind.Number, 1e-5, "the angle of a step that ends them, in radians") { Least = 0 },
    ];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) => GramMatrices.Bytes(shape, models + 1, CombinationGroups.Whole);

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var vectors = MergeVectors.All(task);
        var gram = GramMatrices.Of(task, vectors, CombinationGroups.Whole);
        var mean = SphericalMean.Of(gram, [.. Enumerable.Repeat(1.0, vectors.Count)], (int)task.Parameters.Number("max_iter"), task.Parameters.Number("tol"));
        var norms = Enumerable.Range(0, vectors.Count).Select(i => gram.Norm(0, i)).Where(norm => norm > 0).DefaultIfEmpty();
        var length = norms.Average();
        return new LinearCombination(task, vectors, CombinationGroups.Whole, Array.ConvertAll(mean.Coefficients, c => length * c), mean.Facts("spherical_mean"));
    }
}
