namespace Eigenscope.Transforms;

/// <summary>TIES (Yadav et al. 2023): the largest elements of each change are kept, a sign is elected for every element, and the changes of that sign are averaged with their weights.</summary>
/// <remarks>
/// By <c>default</c> and in mergekit's variant elements are kept tensor by tensor. In the <c>paper</c>'s a change is trimmed over the whole model (<see cref="TiesSurvey"/>), an element whose votes add up to
/// zero takes the sign that was elected more often over the whole model, and the average is by the number of the models that agree.
/// </remarks>
internal sealed class TiesMethod()
    : TaskVectorMethod("ties", "largest changes, of the elected sign, averaged", new MagnitudeSparsification(), elects: true, normalize: true, rescale: false)
{
    /// <inheritdoc/>
    public override object? Survey(IReadOnlyList<MergeTask> tasks)
    {
        var asked = tasks.Where(task => task.Parameters.Is(CommonParameters.Paper)).ToArray();
        return asked.Length == 0 ? null : TiesSurvey.Of(asked);
    }

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task) =>
        task.Parameters.Is(CommonParameters.Paper) && task.Survey is not TiesSurvey ? throw new MergeException(task.Name, "ties after its paper needs all tensors surveyed first") : base.Begin(task);

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskVector> Vectors(MergeTask task) => task.Survey is TiesSurvey survey && task.Parameters.Is(CommonParameters.Paper)
        ? [.. Weighted(task).Select(model => survey.Vector(task, model))]
        : base.Vectors(task);

    /// <inheritdoc/>
    protected override SignElection Election(MergeTask task, IReadOnlyList<TaskVector> vectors)
    {
        var election = base.Election(task, vectors);
        return task.Survey is TiesSurvey survey && task.Parameters.Is(CommonParameters.Paper)
            ? election with { Divisors = election.Divisors is null ? null : [.. vectors.Select(_ => 1.0)], ZeroIsPositive = survey.MajorityIsPositive }
            : election;
    }
}
