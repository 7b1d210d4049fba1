namespace Eigenscope.Learning;

/// <summary>How lessons write how many there are of something.</summary>
internal static class Counted
{
    /// <summary>Such as 1 direction, or 2 directions.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one of them, whose plural has an s.</param>
    public static LessonText Of(int count, string one) => $"{count} {(count == 1 ? one : $"{one}s")}";

    /// <summary>The verb behind it.</summary>
    public static string Is(int count) => count == 1 ? "is" : "are";
}
