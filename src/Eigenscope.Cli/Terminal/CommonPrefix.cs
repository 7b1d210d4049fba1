namespace Eigenscope.Cli.Terminal;

/// <summary>What all names of a table begin with, up to a dot; a narrow table leaves it out, so that the telling end of each name stays.</summary>
internal static class CommonPrefix
{
    private const int NarrowWidth = 120;

    /// <summary>The prefix to leave out in a table of a given width; empty where there is room for all.</summary>
    public static string ToLeaveOut(IReadOnlyList<string> names, int width)
    {
        if (names.Count < 2 || width >= NarrowWidth)
        {
            return "";
        }

        var (first, last) = (names.Min(StringComparer.Ordinal)!, names.Max(StringComparer.Ordinal)!);
        var shared = first.Zip(last).TakeWhile(pair => pair.First == pair.Second).Count();
        return first[..(first[..shared].LastIndexOf('.') + 1)];
    }
}
