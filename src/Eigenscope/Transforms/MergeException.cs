namespace Eigenscope.Transforms;

/// <summary>A tensor that cannot be merged as a recipe wants it. The message is one line: tensor, model or parameter, what is wrong, what would be right.</summary>
internal sealed class MergeException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="tensor">The name of the tensor.</param>
    /// <param name="what">What is wrong and what would be right, without a final full stop.</param>
    public MergeException(string tensor, string what)
        : base(OneLine($"{tensor}: {what}")) => Tensor = tensor;

    /// <summary>The name of the tensor.</summary>
    public string Tensor { get; }

    /// <summary>Control characters that a name may carry are shown as escapes.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
