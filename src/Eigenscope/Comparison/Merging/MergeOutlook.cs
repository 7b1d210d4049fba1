using System.Globalization;

namespace Eigenscope.Comparison;

/// <summary>What merging several models into their base would meet in one layer, by their changes D_i, each of weight 1.</summary>
/// <param name="Dispersion">The standard deviation of the logarithms of their effective ranks, from 0: 0.1 stands for a spread of about 10 %.</param>
/// <param name="Overlap">The mean over pairs, by the product of their norms, of the overlap of the subspaces that hold 99 % of each, left and right together, 0 to 1.</param>
/// <param name="Cosine">The mean cosine over pairs of changes, by the product of their norms, -1 to 1.</param>
/// <param name="Interference">Singular task interference |(U^T U - I) S (V^T V - I)|_1 / sum s over the leading directions of all changes together (Gargiulo et al. 2025), from 0.</param>
/// <param name="Signs">How far the changes pull single weights in opposite directions.</param>
public sealed record MergeOutlook(double Dispersion, double Overlap, double Cosine, double Interference, SignConflict Signs)
{
    /// <summary>Up to these a plain average is as good as any method: conventions, not derived.</summary>
    private const double MostDispersion = 0.1;
    private const double LeastOverlap = 0.5;

    /// <summary>Below this overlap changes hardly meet.</summary>
    private const double LittleOverlap = 0.2;
    private const double MuchCancelled = 0.5;

    /// <summary>What a merge will likely do, in words.</summary>
    public string Advice =>
        Cosine < -0.1 ? $"the changes oppose each other (cosine {Text(Cosine)}): merging will undo part of each"
        : Dispersion <= MostDispersion && Overlap >= LeastOverlap ? $"the changes are alike in rank and share most of their directions: an average keeps what they have in common"
        : Overlap < LittleOverlap ? $"the changes lie in different directions (overlap {Text(Overlap)}): their sum keeps both, an average weakens each{Losses}"
        : $"the changes share some directions (overlap {Text(Overlap)}) and differ in others: expect some loss in each{Losses}";

    private string Losses => Signs.Cancelled > MuchCancelled ? $"; {Text(100 * Signs.Cancelled.Value)} % of the movement of weights cancels" : "";

    /// <summary>The outlook for changes that are not zero; null for fewer than two.</summary>
    internal static MergeOutlook? Of(IReadOnlyList<TaskChange> tasks, CancellationToken cancellation)
    {
        if (tasks.Count < 2)
        {
            return null;
        }

        var logs = tasks.Select(task => Math.Log(task.EffectiveRank)).ToList();
        var mean = logs.Average();
        var pairs = (from i in Enumerable.Range(0, tasks.Count) from j in Enumerable.Range(0, i) select (A: tasks[i], B: tasks[j])).ToList();
        var weights = pairs.Sum(pair => pair.A.Norm * pair.B.Norm);
        return new(
            Math.Sqrt(logs.Average(log => (log - mean) * (log - mean))),
            pairs.Sum(pair => pair.A.Norm * pair.B.Norm * OverlapOf(pair.A, pair.B)) / weights,
            pairs.Sum(pair => pair.A.Norm * pair.B.Norm * (WeightChange.Of(pair.A.Matrix, pair.B.Matrix, cancellation: cancellation).Cosine ?? 0)) / weights,
            TaskInterference.Of(tasks),
            SignConflict.Of([.. tasks.Select(task => task.Matrix)], cancellation));
    }

    /// <summary>The root of the product of the overlaps of both sides.</summary>
    internal static double OverlapOf(TaskChange a, TaskChange b)
    {
        var k = Math.Min(a.Rank, b.Rank);
        var (left, right) = (Subspaces.Of([.. a.Vectors.Left.Take(k)], [.. b.Vectors.Left.Take(k)]), Subspaces.Of([.. a.Vectors.Right.Take(k)], [.. b.Vectors.Right.Take(k)]));
        return Math.Sqrt(left.Overlap * right.Overlap);
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
