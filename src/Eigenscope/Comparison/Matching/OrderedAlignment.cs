namespace Eigenscope.Comparison;

/// <summary>
/// Pairs equal items of two sequences such that their order stays, as many as possible; among equally many the pairs that are least scattered (Needleman and Wunsch 1970, with Gotoh's affine gaps 1982).
/// </summary>
internal static class OrderedAlignment
{
    private const int Match = 1000;
    private const int GapBegins = 1;

    /// <summary>The pairs of positions, ascending.</summary>
    public static List<(int A, int B)> Of<T>(IReadOnlyList<T> a, IReadOnlyList<T> b)
        where T : IEquatable<T>
    {
        var scores = new int[a.Count + 1, b.Count + 1, 2];
        for (var i = a.Count - 1; i >= 0; i--)
        {
            for (var j = b.Count - 1; j >= 0; j--)
            {
                var gap = Math.Max(scores[i + 1, j, 1], scores[i, j + 1, 1]);
                var pair = a[i].Equals(b[j]) ? Match + scores[i + 1, j + 1, 0] : int.MinValue;
                (scores[i, j, 0], scores[i, j, 1]) = (Math.Max(pair, gap - GapBegins), Math.Max(pair, gap));
            }
        }

        return [.. Pairs(a, b, scores)];
    }

    private static IEnumerable<(int A, int B)> Pairs<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, int[,,] scores)
        where T : IEquatable<T>
    {
        var (i, j, inGap) = (0, 0, 0);
        while (i < a.Count && j < b.Count)
        {
            if (a[i].Equals(b[j]) && scores[i, j, inGap] == Match + scores[i + 1, j + 1, 0])
            {
                yield return (i++, j++);
                inGap = 0;
            }
            else
            {
                (i, j) = scores[i + 1, j, 1] >= scores[i, j + 1, 1] ? (i + 1, j) : (i, j + 1);
                inGap = 1;
            }
        }
    }
}
