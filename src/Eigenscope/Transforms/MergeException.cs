namespace Eigenscope.Transforms;

/// <summary>A merge, or another change of weights, that cannot be done as it was asked for. The message is one line: what is wrong, where, and what would be right.</summary>
public sealed class MergeException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The line.</param>
    public MergeException(string message)
        : base(OneLine(message))
    {
    }

    /// <summary>Makes the exception for a tensor.</summary>
    /// <param name="tensor">The name of the tensor.</param>
    /// <param name="what">What is wrong and what would be right, without a final full stop.</param>
    public MergeException(string tensor, string what)
        : this($"{tensor}: {what}")
    {
    }

    /// <summary>Control characters that a name may carry are shown as escapes.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
