namespace Eigenscope.Transforms;

/// <summary>
/// A method that works on singular vectors of the changes D_i = W_i - W0 of a matrix: W0 + lambda times a merged change. A tensor that is no matrix gets the average of the changes in its place, as
/// the published programs give it. Kernels are matrices of [outputs, all else].
/// </summary>
internal abstract class SpectralMethod : MergeMethod
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<ParameterDefinition> Parameters =>
    [
        CommonParameters.Weight with { Default = 1.0, Least = 0, Meaning = HasWeights ? "the share of the model beside the others" : "0 leaves the model out; all others count alike" },
        CommonParameters.Lambda,
        CommonParameters.Variant(CommonParameters.Paper) with { Meaning = "paper leaves out the guards of the rank" },
        .. Own,
    ];

    /// <summary>True where models count by their weights; false where each counts once.</summary>
    protected virtual bool HasWeights => false;

    /// <summary>The parameters of this method alone.</summary>
    protected virtual IReadOnlyList<ParameterDefinition> Own => [];

    /// <inheritdoc/>
    public sealed override ITensorMerge Begin(MergeTask task)
    {
        var changes = new TaskChanges(task, HasWeights);
        if (changes.Count == 0)
        {
            return new AverageMerge(task, changes.Weights, new MergeFacts("base", "every model has weight 0"));
        }

        return IsMatrix(task) ? Merged(changes) : new AverageMerge(task, changes.Weights, new MergeFacts("weighted_average", "it is no matrix"));
    }

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters)
    {
        var elements = shape.Aggregate(1L, (product, size) => checked(product * size));
        var rows = shape.Count == 0 ? 1 : Math.Max(1, shape[0]);
        return shape.Count < 2 || rows == 1 || elements == rows ? 0 : sizeof(double) * Doubles(rows, elements / rows, models);
    }

    /// <summary>Merges the changes of a matrix.</summary>
    protected abstract ITensorMerge Merged(TaskChanges changes);

    /// <summary>The doubles that it holds for a matrix.</summary>
    protected abstract long Doubles(long rows, long columns, int models);

    private static bool IsMatrix(MergeTask task) =>
        task.IsMatrix && !(task.Parameters.Is(CommonParameters.Paper) && task.Name.Contains("text_projection", StringComparison.Ordinal));
}
