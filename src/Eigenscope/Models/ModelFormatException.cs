namespace Eigenscope.Models;

/// <summary>Why a file could not be read as a model: a closed list, each with a bad file among the tests.</summary>
public enum ModelFault
{
    /// <summary>The path does not exist.</summary>
    Missing,

    /// <summary>The path exists and may not be opened.</summary>
    Unreadable,

    /// <summary>A folder without any weight file.</summary>
    NoWeights,

    /// <summary>No reader recognises the content.</summary>
    UnknownFormat,

    /// <summary>A known format or feature that is not supported, with what to do instead.</summary>
    Unsupported,

    /// <summary>The file ends before what its own header promises.</summary>
    Truncated,

    /// <summary>The header itself cannot be parsed.</summary>
    BadHeader,

    /// <summary>The header is well formed and states something impossible: overlap, wrong size, overflow.</summary>
    Inconsistent,

    /// <summary>The file asks for code to be run.</summary>
    Unsafe,

    /// <summary>A size beyond the reader's limits.</summary>
    TooLarge,
}

/// <summary>A model file that cannot be read. The message is one line: file, where, what is wrong, what would be right.</summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="file">The path of the file or folder.</param>
    /// <param name="what">What is wrong and what would be right, without a final full stop.</param>
    /// <param name="offset">The byte offset of the fault, where it has one.</param>
    /// <param name="inner">The exception that revealed it, if any.</param>
    public ModelFormatException(ModelFault fault, string file, string what, long? offset = null, Exception? inner = null)
        : base(Line(file, what, offset), inner)
    {
        Fault = fault;
        File = file;
        Offset = offset;
    }

    /// <summary>The kind of fault.</summary>
    public ModelFault Fault { get; }

    /// <summary>The path of the file or folder.</summary>
    public string File { get; }

    /// <summary>The byte offset of the fault, where it has one.</summary>
    public long? Offset { get; }

    private static string Line(string file, string what, long? offset)
    {
        var text = offset is { } at ? $"{file}: byte {at}: {what}" : $"{file}: {what}";
        return OneLine(text);
    }

    /// <summary>Control characters that a hostile name may carry are shown as escapes, so that a message stays one line.</summary>
    private static string OneLine(string text) =>
        text.Any(char.IsControl)
            ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
            : text;
}
