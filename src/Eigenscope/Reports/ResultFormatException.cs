namespace Eigenscope.Reports;

/// <summary>A file is no result of eigenscope, or a broken one. The message is one line: the file, where, what is wrong.</summary>
public sealed class ResultFormatException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public ResultFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what was thrown on the way.</summary>
    public ResultFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
