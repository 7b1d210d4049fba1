namespace Eigenscope.Transforms;

/// <summary>Finds what a misspelt word was to be.</summary>
internal static class NearestName
{
    /// <summary>A clause that names the word with the fewest edits from what was written; the first of several, and empty where there are no words.</summary>
    public static string Clause(string written, IEnumerable<string> words) => Of(written, words) is { } nearest ? $"; the nearest is '{nearest}'" : "";

    /// <summary>The word with the fewest edits from what was written, case aside; the first of several, null where there are no words.</summary>
    public static string? Of(string written, IEnumerable<string> words) => words.MinBy(word => Distance(written.ToLowerInvariant(), word.ToLowerInvariant()));

    /// <summary>The fewest characters to be inserted, removed or replaced to make one text of another (Levenshtein 1966).</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
