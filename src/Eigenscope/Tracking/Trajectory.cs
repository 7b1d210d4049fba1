using Eigenscope.Analysis;
using Eigenscope.Statistics;

namespace Eigenscope.Tracking;

/// <summary>A layer over a training: what was found of it at every checkpoint.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Points">One a checkpoint, in their order; null where the checkpoint has no such layer.</param>
/// <param name="SincePrevious">The rotation since the checkpoint before it that has the layer; null for the first, and where it is not known.</param>
/// <param name="SinceFirst">The rotation since the first checkpoint that has the layer.</param>
public sealed record LayerTrajectory(string Name, IReadOnlyList<TrackedLayer?> Points, IReadOnlyList<Rotation?> SincePrevious, IReadOnlyList<Rotation?> SinceFirst)
{
    /// <summary>What is known of the layer itself, as at its last checkpoint.</summary>
    public TrackedLayer Last => Points.OfType<TrackedLayer>().Last();

    /// <summary>A metric over the checkpoints; null where it is undefined.</summary>
    public IReadOnlyList<double?> this[string metric] => [.. Points.Select(point => point?[metric])];
}

/// <summary>A training seen through its checkpoints.</summary>
/// <param name="Options">What was followed.</param>
/// <param name="Checkpoints">The checkpoints, in the order of the training.</param>
/// <param name="Layers">Every layer that some checkpoint has, in the order of the models.</param>
public sealed record Trajectory(TrackOptions Options, IReadOnlyList<TrackedCheckpoint> Checkpoints, IReadOnlyList<LayerTrajectory> Layers)
{
    /// <summary>The layers of each checkpoint in a few numbers.</summary>
    public IReadOnlyList<CheckpointSummary> Summaries { get; } = [.. Checkpoints.Select(CheckpointSummary.Of)];

    /// <summary>What the steps of checkpoints count: step, epoch, ...</summary>
    public string Unit => Checkpoints[0].Checkpoint.Unit;

    /// <summary>True where something could not be had.</summary>
    public bool HasFailures => Checkpoints.Any(checkpoint => checkpoint.HasFailures);

    /// <summary>The mean of a metric over the counted layers, at every checkpoint; null where it is undefined.</summary>
    public IReadOnlyList<double?> Mean(string metric) => [.. Summaries.Select(summary => summary[metric])];
}

/// <summary>A checkpoint in a few numbers: means over the layers that count in summaries.</summary>
/// <param name="Counted">How many layers that are.</param>
/// <param name="Failed">Layers that failed, parts included.</param>
/// <param name="Metrics">The mean of every metric over the layers in which it is defined, in the order of the rows.</param>
/// <param name="Phases">How many layers are in each phase, in the order of <see cref="Phase"/>; those with none are left out.</param>
/// <param name="Verdicts">How many layers have each verdict.</param>
public sealed record CheckpointSummary(int Counted, int Failed, IReadOnlyList<SummaryMetric> Metrics, IReadOnlyList<KeyValuePair<Phase, int>> Phases, IReadOnlyList<KeyValuePair<string, int>> Verdicts)
{
    /// <summary>The mean of a metric; null where no layer has it.</summary>
    public double? this[string metric] => Metrics.FirstOrDefault(item => item.Metric == metric).Mean;

    internal static CheckpointSummary Of(TrackedCheckpoint checkpoint)
    {
        var layers = checkpoint.Layers.Where(layer => layer.IsCounted).ToList();
        string[] names = [.. layers.SelectMany(layer => layer.Metrics).Select(item => item.Key).Distinct(StringComparer.Ordinal)];
        return new(
            layers.Count,
            checkpoint.Layers.Count(layer => layer.Failure is not null),
            [.. names.Select(name => Mean(name, layers))],
            Counts(layers.Select(layer => layer.Phase).OfType<Phase>(), Comparer<Phase>.Default),
            Counts(layers.Select(layer => layer.Verdict).OfType<string>(), StringComparer.Ordinal));
    }

    private static SummaryMetric Mean(string metric, List<TrackedLayer> layers)
    {
        var values = layers.Select(layer => layer[metric]).OfType<double>().ToList();
        return new(metric, values.Count == 0 ? null : values.Average(), values.Count);
    }

    private static IReadOnlyList<KeyValuePair<T, int>> Counts<T>(IEnumerable<T> kinds, IComparer<T> order)
        where T : notnull => [.. kinds.CountBy(kind => kind).OrderBy(item => item.Key, order)];
}
