using System.Globalization;
using Eigenscope.Statistics;
using Eigenscope.Tracking;

namespace Eigenscope.Cli.Terminal;

/// <summary>The tables of <c>track</c>: a line for each checkpoint, then a line for each layer.</summary>
internal static class TrajectoryTable
{
    private const int SparklineWidth = 16;
    private const int UnreadShown = 8;

    /// <summary>A line of the first table.</summary>
    internal sealed record CheckpointRow(Trajectory Trajectory, int Index)
    {
        public TrackedCheckpoint Tracked => Trajectory.Checkpoints[Index];

        public CheckpointSummary Summary => Trajectory.Summaries[Index];

        /// <summary>The mean overlap of leading left subspaces with those of the checkpoint before.</summary>
        public double? Overlap => Mean(layer => layer.SincePrevious[Index]?.Left.Overlap);

        private double? Mean(Func<LayerTrajectory, double?> value) => Trajectory.Layers.Where(layer => layer.Points[Index] is { IsCounted: true }).Select(value).OfType<double>().ToList() is { Count: > 0 } values ? values.Average() : null;
    }

    /// <summary>The columns of a checkpoint.</summary>
    internal static IReadOnlyList<TableColumn<CheckpointRow>> CheckpointColumns { get; } =
    [
        new("layers", row => Numbers.Text(row.Summary.Counted), 6),
        new("alpha", row => Numbers.Fixed(row.Summary["alpha"], 2), 0),
        new("stable rank", row => Numbers.Fixed(row.Summary["stable_rank"], 2), 2),
        new("log‖W‖²", row => Numbers.Fixed(row.Summary["log_norm"], 3), 4),
        new("overlap", row => Numbers.Fixed(row.Overlap, 3), 3),
        new("phases", Phases, 1, LeftAligned: true),
        new("", Note, 5, row => row.Tracked.Failure is null ? "yellow" : "red", LeftAligned: true),
    ];

    private static readonly TableColumn<LayerTrajectory>[] LayerColumns =
    [
        new("role", layer => layer.Last.Role, 9, LeftAligned: true),
        new("alpha over time", layer => Sparkline.Of(layer["alpha"], SparklineWidth), 3, LeftAligned: true),
        new("first", layer => Numbers.Fixed(First(layer["alpha"]), 2), 1),
        new("last", layer => Numbers.Fixed(Last(layer["alpha"]), 2), 0),
        new("stable rank", layer => $"{Numbers.Fixed(First(layer["stable_rank"]), 1)} → {Numbers.Fixed(Last(layer["stable_rank"]), 1)}", 5),
        new("overlap with first", layer => Numbers.Fixed(layer.SinceFirst.LastOrDefault(rotation => rotation is not null)?.Left.Overlap, 3), 6),
        new("chance", layer => Numbers.Fixed(layer.SinceFirst.LastOrDefault(rotation => rotation is not null)?.Left.ChanceOverlap, 3), 8),
        new("phase", PhaseCourse, 2, LeftAligned: true),
        new("verdict at last", layer => layer.Last.Failure is null ? layer.Last.Verdict ?? "" : "failed", 4, layer => layer.Last.Failure is null ? null : "red", LeftAligned: true),
    ];

    public static void Print(TextScreen screen, Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        TableColumns.Print(screen, trajectory.Unit, [.. trajectory.Checkpoints.Select((_, i) => new CheckpointRow(trajectory, i))], StepOf, CheckpointColumns);
        screen.Line();
        var prefix = CommonPrefix.ToLeaveOut([.. trajectory.Layers.Select(layer => layer.Name)], screen.Width);
        TableColumns.Print(screen, prefix.Length == 0 ? "layer" : $"{prefix}…", trajectory.Layers, layer => NameAfter(prefix, layer), LayerColumns);
        screen.Line();
        PrintMeaning(screen, trajectory);
        PrintFailures(screen, trajectory);
        foreach (var (rule, met) in rules)
        {
            screen.Line(met is null ? $"{rule}: at no checkpoint" : string.Create(CultureInfo.InvariantCulture, $"{rule}: first at {StepOf(new(trajectory, met.Checkpoint))} ({met.Value:G6})"));
        }
    }

    /// <summary>How far the training was at a checkpoint; its name where no number tells.</summary>
    internal static string StepOf(CheckpointRow row) => row.Tracked.Checkpoint is { Step: { } step } ? step.ToString(CultureInfo.InvariantCulture) : Path.GetFileName(Path.TrimEndingDirectorySeparator(row.Tracked.Checkpoint.Path));

    private static string Phases(CheckpointRow row) => string.Join(", ", row.Summary.Phases.Select(item => $"{item.Value} {Short(item.Key)}"));

    private static string Note(CheckpointRow row) => row.Tracked.Failure is not null ? "not read" : row.Summary.Failed > 0 ? $"{row.Summary.Failed} failed" : row.Tracked.IsPresent ? "" : "deleted";

    private static string Short(Phase phase) => phase switch
    {
        Phase.RandomLike => "random",
        Phase.BleedingOut => "bleeding",
        Phase.BulkSpikes => "spikes",
        Phase.BulkDecay => "decay",
        Phase.HeavyTailed => "heavy",
        _ => "collapse",
    };

    /// <summary>The phases that a layer went through, each change once.</summary>
    private static string PhaseCourse(LayerTrajectory layer)
    {
        var course = new List<string>();
        foreach (var phase in layer.Points.Select(point => point?.Phase).OfType<Phase>().Select(Short).Where(phase => course.Count == 0 || course[^1] != phase))
        {
            course.Add(phase);
        }

        return course.Count > 3 ? $"{course[0]} → … → {course[^1]}" : string.Join(" → ", course);
    }

    private static double? First(IReadOnlyList<double?> values) => values.FirstOrDefault(value => value is not null);

    private static double? Last(IReadOnlyList<double?> values) => values.LastOrDefault(value => value is not null);

    private static string NameAfter(string prefix, LayerTrajectory layer)
    {
        var name = layer.Name.StartsWith(prefix, StringComparison.Ordinal) ? layer.Name[prefix.Length..] : layer.Name;
        return layer.Last.PartOf is { } whole ? $"  {layer.Name[(whole.Length + 1)..]}" : name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
    }

    private static void PrintMeaning(TextScreen screen, Trajectory trajectory)
    {
        var (first, last) = (trajectory.Mean("alpha").FirstOrDefault(value => value is not null), trajectory.Mean("alpha").LastOrDefault(value => value is not null));
        var order = trajectory.Checkpoints[0].Checkpoint.Source switch { StepSource.Name => "the numbers in their names", StepSource.Metadata => "what the trainer wrote beside them", _ => "the times of writing" };
        screen.Line($"{Plural.Of(trajectory.Checkpoints.Count, "checkpoint")}, in the order of {order}; mean alpha {Numbers.Fixed(first, 2)} → {Numbers.Fixed(last, 2)}; overlap: of the {trajectory.Options.Top} leading left singular vectors with those of the checkpoint before");
    }

    private static void PrintFailures(TextScreen screen, Trajectory trajectory)
    {
        foreach (var checkpoint in trajectory.Checkpoints.Where(one => one.Failure is not null))
        {
            screen.Line($"not read: {checkpoint.Failure}");
        }

        var failed = trajectory.Checkpoints.SelectMany(checkpoint => checkpoint.Layers.Where(layer => layer.Failure is not null).Select(layer => $"{checkpoint.Checkpoint.Path}: {layer.Name}: {layer.Failure}")).ToList();
        failed.Take(UnreadShown).ToList().ForEach(text => screen.Line($"failed: {text}"));
        if (failed.Count > UnreadShown)
        {
            screen.Line($"and {failed.Count - UnreadShown} more (--format json lists all)");
        }
    }
}
