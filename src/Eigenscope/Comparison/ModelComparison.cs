using Eigenscope.Analysis;
using Eigenscope.Models;

namespace Eigenscope.Comparison;

/// <summary>Models side by side, and what is between each of them and the one that they are compared with.</summary>
/// <param name="Models">The models. Their names and sizes stay usable after they are disposed.</param>
/// <param name="Reference">The position of the model that the others are compared with.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Layers">The layers that have a counterpart, in the order of the reference.</param>
/// <param name="Unmatched">The weight matrices that have none.</param>
/// <param name="Groups">The layers by groups.</param>
/// <param name="Summaries">A summary for each compared model.</param>
public sealed record ModelComparison(
    IReadOnlyList<Model> Models,
    int Reference,
    ComparisonOptions Options,
    IReadOnlyList<LayerComparison> Layers,
    IReadOnlyList<UnmatchedLayer> Unmatched,
    GroupComparison Groups,
    IReadOnlyList<ComparisonSummary> Summaries)
{
    /// <summary>Positions of the models whose layers were paired by relative depth.</summary>
    public IReadOnlyList<int> ByDepth { get; init; } = [];

    /// <summary>Positions of the models that are adapters, and stand for the reference with them on it.</summary>
    public IReadOnlyList<int> Adapters { get; init; } = [];

    /// <summary>How many tensors of each model are no weight matrices (biases, scales of norms, ...) or were not chosen, and are not compared.</summary>
    public IReadOnlyList<int> Skipped { get; init; } = [];

    /// <summary>What merging the compared models would meet, over all layers; null for fewer than two, or where nothing was comparable.</summary>
    public MergeSummary? Merge { get; init; }

    /// <summary>True where at least one layer of any model failed.</summary>
    public bool HasFailures { get; init; }

    /// <summary>Compares models.</summary>
    /// <param name="models">At least two open models.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of every finished layer, from any thread.</param>
    /// <param name="cancellation">Stops the run within a fraction of a second.</param>
    /// <exception cref="ArgumentException">There are fewer than two models.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ModelComparison Of(IReadOnlyList<Model> models, ComparisonOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (models.Count < 2)
        {
            throw new ArgumentException("at least two models are compared", nameof(models));
        }

        var plan = new ComparisonPlan(models, options);
        var found = new ComparedPart[plan.Parts.Count];
        using var run = new ComparisonRun(plan, progress, cancellation);
        run.Run(plan.Parts, _ => false, part => found[part.Part.Id] = part);
        return plan.Result(found);
    }
}
