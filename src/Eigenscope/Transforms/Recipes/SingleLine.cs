namespace Eigenscope.Transforms;

/// <summary>Texts that stay on one line, whatever names they hold.</summary>
internal static class SingleLine
{
    /// <summary>The text with control characters as escapes.</summary>
    public static string Of(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())) : text;
}
