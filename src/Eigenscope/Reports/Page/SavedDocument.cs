namespace Eigenscope.Reports.Page;

/// <summary>What a file that <c>--format json</c> wrote holds: results of analyses, or a comparison, or a trajectory, or a merge.</summary>
/// <param name="Results">The results; none beside one of the others.</param>
/// <param name="Comparison">The comparison; null where it is something else.</param>
/// <param name="Trajectory">The trajectory; null where it is something else.</param>
public sealed record SavedDocument(IReadOnlyList<ResultDocument> Results, ComparisonDocument? Comparison, TrajectoryDocument? Trajectory)
{
    /// <summary>The merge; null where it is something else.</summary>
    public MergeDocument? Merge { get; init; }

    /// <summary>What makes a page of its own; null for results of analyses.</summary>
    public string? Alone => Comparison is not null ? "a comparison" : Trajectory is not null ? "a trajectory" : Merge is not null ? "a merge" : null;

    /// <summary>Reads a document, or an array of results. Its schema tells which it is.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="source">What messages call it, such as its path.</param>
    /// <exception cref="ResultFormatException">It is none of these.</exception>
    public static SavedDocument Parse(ReadOnlyMemory<byte> utf8, string source)
    {
        var root = ResultDocument.Read(utf8, source);
        return ResultDocument.SchemaOf(root) switch
        {
            ComparisonJson.Schema => new([], ComparisonDocument.Check(root, source), null),
            TrajectoryJson.Schema => new([], null, TrajectoryDocument.Check(root, source)),
            MergeJson.Schema => new([], null, null) { Merge = MergeDocument.Check(root, source) },
            _ => new(ResultDocument.Parse(root, source), null, null),
        };
    }
}
