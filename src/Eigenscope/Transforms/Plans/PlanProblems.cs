namespace Eigenscope.Transforms;

/// <summary>What stands in the way of a plan, one line each. Of one kind, the first lines stand for all.</summary>
internal sealed class PlanProblems
{
    /// <summary>The most lines of one kind.</summary>
    public const int MostOfOneKind = 20;

    private const int MostNames = 3;

    private readonly List<string> kinds = [];
    private readonly Dictionary<string, List<string>> byKind = new(StringComparer.Ordinal);
    private readonly List<string> gapOrder = [];
    private readonly Dictionary<string, (List<string> Names, Func<string, string> Line)> gaps = new(StringComparer.Ordinal);

    /// <summary>Every line.</summary>
    public IReadOnlyList<string> Lines => [.. kinds.SelectMany(kind => Shortened(kind, byKind[kind])).Concat(gapOrder.Select(key => gaps[key].Line(Listed(gaps[key].Names)))).Select(SingleLine.Of)];

    /// <summary>Adds a line.</summary>
    /// <param name="kind">Its kind, as "and 37 more" is followed by it.</param>
    /// <param name="line">The line; one that is there is not added again.</param>
    public void Add(string kind, string line)
    {
        if (!byKind.TryGetValue(kind, out var lines))
        {
            kinds.Add(kind);
            byKind.Add(kind, lines = []);
        }

        if (!lines.Contains(line, StringComparer.Ordinal))
        {
            lines.Add(line);
        }
    }

    /// <summary>Adds a tensor to one line that is said of several.</summary>
    /// <param name="key">What the line is about.</param>
    /// <param name="tensor">The name of the tensor.</param>
    /// <param name="line">The line, of the names.</param>
    public void AddTensor(string key, string tensor, Func<string, string> line)
    {
        if (!gaps.TryGetValue(key, out var gap))
        {
            gapOrder.Add(key);
            gaps.Add(key, gap = ([], line));
        }

        gap.Names.Add(tensor);
    }

    /// <summary>The first of some names, and how many more there are.</summary>
    public static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(name => $"'{name}'")) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    private static IEnumerable<string> Shortened(string kind, List<string> lines) =>
        lines.Count <= MostOfOneKind ? lines : lines.Take(MostOfOneKind).Append($"and {lines.Count - MostOfOneKind} more: {kind}");
}
