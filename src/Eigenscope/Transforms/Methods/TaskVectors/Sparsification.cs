namespace Eigenscope.Transforms;

/// <summary>How the change of a model is made sparse before it is weighted.</summary>
internal abstract class Sparsification
{
    /// <summary>The parameters that it has beside <c>density</c>.</summary>
    public virtual IReadOnlyList<ParameterDefinition> Parameters => [];

    /// <summary>The words of <c>variant</c> beside <c>default</c> that mean something to it.</summary>
    public virtual IReadOnlyList<string> Variants => [];

    /// <summary>The bytes that it holds for a tensor.</summary>
    public virtual long Bytes(int models) => 0;

    /// <summary>Which elements of the changes of some models are kept, in the order of the models.</summary>
    /// <param name="task">The tensor.</param>
    /// <param name="models">Places in <see cref="MergeTask.Inputs"/>.</param>
    public abstract IReadOnlyList<IElementSelection> Select(MergeTask task, IReadOnlyList<int> models);

    /// <summary>The change of a model from the base.</summary>
    public static MagnitudeSource Change(int model) => (_, block, to) => BlockOperations.Subtract(block.Model(model), block.Base, to);

    /// <summary>Finds the elements that are ranked, for all models in the same passes.</summary>
    protected static IReadOnlyList<IElementSelection> Ranked(MergeTask task, IReadOnlyList<int> models, IReadOnlyList<IElementSelection> selections)
    {
        MagnitudePasses.Run(task, [.. models.Select((model, i) => new RankedNumbers(Change(model), selections[i] is RankedElements ranked ? ranked.Searches : []))]);
        foreach (var ranked in selections.OfType<RankedElements>())
        {
            ranked.Settle(task.Blocks);
        }

        return selections;
    }
}

/// <summary>
/// The elements of the largest magnitudes: exactly int(density K) of the K elements of a tensor, of equal ones those with the lowest index; at least one unless the density is 0.
/// </summary>
/// <remarks>mergekit gives up where int(density K) is 0; <c>variant: mergekit</c> does so too. <c>paper</c>: <see cref="TiesSurvey"/>.</remarks>
internal sealed class MagnitudeSparsification : Sparsification
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = [CommonParameters.Mergekit, CommonParameters.Paper];

    /// <inheritdoc/>
    public override long Bytes(int models) => models * MagnitudeSearch.Bytes(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override IReadOnlyList<IElementSelection> Select(MergeTask task, IReadOnlyList<int> models) => Ranked(task, models, [.. models.Select(model => One(task, model))]);

    private static RankedElements One(MergeTask task, int model)
    {
        var density = task.Inputs[model].Parameters.Number("density");
        var count = (long)(density * task.Count);
        if (count == 0 && task.Parameters.Is(CommonParameters.Mergekit))
        {
            throw new MergeException(task.Name, $"density {density} of model {task.Inputs[model].Model} keeps none of {task.Count} elements, which mergekit refuses; raise it, or leave variant out");
        }

        return new RankedElements(new LeadingElements(density > 0 ? Math.Max(1, count) : 0, task.Count), new LeadingElements(0, task.Count));
    }
}

/// <summary>
/// Model breadcrumbs (Davari and Belilovsky 2023): int(density K) of the K elements of a tensor, from the largest on, after int(gamma K) that are largest of all; where there are not so many, fewer of the largest
/// are dropped. Of equal magnitudes that with the lower index counts as larger.
/// </summary>
/// <remarks>mergekit drops the whole change where int(gamma K) is 0: for gamma = 0 and, at the default of gamma, for tensors of fewer than 100 elements. <c>variant: mergekit</c> does so too.</remarks>
internal sealed class OutlierSparsification : Sparsification
{
    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [new("gamma", ParameterKind.Number, 0.01, "the share of the largest elements of the model's change that is dropped") { IsPerModel = true, Least = 0, Most = 1 }];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = [CommonParameters.Mergekit];

    /// <inheritdoc/>
    public override long Bytes(int models) => 2 * models * MagnitudeSearch.Bytes(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override IReadOnlyList<IElementSelection> Select(MergeTask task, IReadOnlyList<int> models) => Ranked(task, models, [.. models.Select(model => One(task, model))]);

    private static IElementSelection One(MergeTask task, int model)
    {
        var parameters = task.Inputs[model].Parameters;
        var density = parameters.Number("density");
        var kept = density > 0 ? Math.Max(1, (long)(density * task.Count)) : 0;
        if (task.Parameters.Is(CommonParameters.Mergekit))
        {
            if (density >= 1)
            {
                return new EveryElement();
            }

            kept = (long)(density * task.Count);
        }

        var outliers = (long)(parameters.Number("gamma") * task.Count);
        outliers = Math.Min(outliers, task.Count - kept);
        return outliers == 0 && task.Parameters.Is(CommonParameters.Mergekit)
            ? new NoElement()
            : new RankedElements(new LeadingElements(outliers + kept, task.Count), new LeadingElements(outliers, task.Count));
    }
}

/// <summary>DARE (Yu et al. 2024): every element with the probability <c>density</c>; in the <c>paper</c>'s variant, and with <c>rescale</c>, divided by it.</summary>
internal sealed class RandomSparsification : Sparsification
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = [CommonParameters.Mergekit, CommonParameters.Paper];

    /// <inheritdoc/>
    public override IReadOnlyList<IElementSelection> Select(MergeTask task, IReadOnlyList<int> models) =>
        [.. models.Select(model => One(task, task.Inputs[model], task.Parameters.Is(CommonParameters.Paper) && task.Parameters.Flag("rescale")))];

    private static IElementSelection One(MergeTask task, MergeInput input, bool rescaled) => input.Parameters.Number("density") switch
    {
        >= 1 => new EveryElement(),
        <= 0 => new NoElement(),
        var density => new RandomElements(task, input, density, rescaled),
    };
}

/// <summary>
/// DELLA (Deep, Bhardwaj and Poria 2024): every element with a probability by the rank of its magnitude in its row, density - epsilon to density + epsilon; in the <c>paper</c>'s variant, and with <c>rescale</c>,
/// each divided by its own. A tensor with one axis is one row; a density of 1 keeps all.
/// </summary>
internal sealed class RankedRandomSparsification : Sparsification
{
    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [new("epsilon", ParameterKind.Number, 0.15, "how far the probabilities of a row lie on either side of the density") { IsPerModel = true, Least = 0, Most = 0.5 }];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = [CommonParameters.Mergekit, CommonParameters.Paper];

    /// <inheritdoc/>
    public override IReadOnlyList<IElementSelection> Select(MergeTask task, IReadOnlyList<int> models) =>
        [.. models.Select(model => One(task, task.Inputs[model], task.Parameters.Is(CommonParameters.Paper) && task.Parameters.Flag("rescale")))];

    private static IElementSelection One(MergeTask task, MergeInput input, bool rescaled)
    {
        var (density, epsilon) = (input.Parameters.Number("density"), input.Parameters.Number("epsilon"));
        if (density >= 1)
        {
            return new EveryElement();
        }

        return density - epsilon > 0 && density + epsilon < 1
            ? new RankedRandomElements(task, input, density, epsilon, rescaled)
            : throw new MergeException(task.Name, $"density {density} and epsilon {epsilon} of model {input.Model} give probabilities from {density - epsilon} to {density + epsilon}; they must lie between 0 and 1");
    }
}
