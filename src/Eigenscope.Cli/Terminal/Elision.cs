namespace Eigenscope.Cli.Terminal;

/// <summary>Shortens names so that both their beginning and their end stay readable.</summary>
internal static class Elision
{
    /// <summary>The text in at most <paramref name="width"/> characters; the middle gives way. Control characters become a question mark.</summary>
    public static string Middle(string text, int width)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
        if (clean.Length <= width)
        {
            return clean;
        }

        var tail = (width - 1) * 2 / 3;
        return $"{clean[..(width - 1 - tail)]}…{clean[^tail..]}";
    }
}
