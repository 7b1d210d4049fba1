namespace Eigenscope.Reports.Page;

/// <summary>What a file that <c>--format json</c> wrote holds: results of analyses, or a comparison.</summary>
/// <param name="Results">The results; none beside a comparison.</param>
/// <param name="Comparison">The comparison; null beside results.</param>
public sealed record SavedDocument(IReadOnlyList<ResultDocument> Results, ComparisonDocument? Comparison)
{
    /// <summary>Reads a document, or an array of results. Its schema tells which it is.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="source">What messages call it, such as its path.</param>
    /// <exception cref="ResultFormatException">It is neither.</exception>
    public static SavedDocument Parse(ReadOnlyMemory<byte> utf8, string source)
    {
        var root = ResultDocument.Read(utf8, source);
        return ResultDocument.SchemaOf(root) == ComparisonJson.Schema ? new([], ComparisonDocument.Check(root, source)) : new(ResultDocument.Parse(root, source), null);
    }
}
