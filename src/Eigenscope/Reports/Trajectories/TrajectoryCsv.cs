using System.Globalization;
using Eigenscope.Tracking;

namespace Eigenscope.Reports;

/// <summary>A trajectory as CSV: one row for each layer and checkpoint.</summary>
public static class TrajectoryCsv
{
    private static readonly string[] Leading = ["step", "path", "name", "part_of", "role", "block", "kind", "dtype", "rows", "cols", "status", "reason"];

    private static readonly string[] Rotations =
    [
        "rotation_rank", "left_overlap", "left_chance_overlap", "left_largest_angle", "right_overlap", "right_chance_overlap", "right_largest_angle",
        "left_overlap_since_first", "right_overlap_since_first",
    ];

    /// <summary>The rows under a header, layer by layer; UTF-8.</summary>
    public static byte[] Of(Trajectory trajectory)
    {
        var metrics = trajectory.Options.Analysis.Metrics.Select(metric => metric.Name).ToList();
        var rows = from layer in trajectory.Layers
                   from i in Enumerable.Range(0, layer.Points.Count)
                   where layer.Points[i] is not null
                   select Row(trajectory.Checkpoints[i], layer, i, metrics);
        return CsvReport.Table(rows.Prepend([.. Leading, .. metrics, .. Rotations, "phase", "tail_law", "verdict", "verdict_reason", "warnings"]));
    }

    private static IEnumerable<string?> Row(TrackedCheckpoint checkpoint, LayerTrajectory layer, int i, List<string> metrics)
    {
        var (point, step, first) = (layer.Points[i]!, layer.SincePrevious[i], layer.SinceFirst[i]);
        double?[] rotation = [step?.Rank, .. Side(step?.Left), .. Side(step?.Right), first?.Left.Overlap, first?.Right.Overlap];
        return
        [
            Text(checkpoint.Checkpoint.Step), checkpoint.Checkpoint.Path, point.Name, point.PartOf, point.Role, Text(point.Block), point.Kind, point.DType, Text(point.Rows), Text(point.Columns),
            point.Failure is null ? "analyzed" : "failed", point.Failure,
            .. metrics.Select(name => Text(point[name])),
            .. rotation.Select(Text),
            point.Phase?.Text(), point.TailLaw?.Text(), point.Verdict, point.VerdictReason, string.Join("; ", point.Warnings),
        ];
    }

    private static double?[] Side(SideRotation? side) => [side?.Overlap, side?.ChanceOverlap, side?.LargestAngle];

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
