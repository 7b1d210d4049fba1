using System.Globalization;

namespace Eigenscope.Models.Gguf;

/// <summary>Which part of a split model a file is.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Count">The number of parts.</param>
/// <param name="Tensors">The number of tensors of all parts, where it is stated.</param>
internal sealed record GgufSplit(int Number, int Count, long? Tensors)
{
    /// <summary>The most parts: the counts are 16 bits wide.</summary>
    public const int MaxParts = ushort.MaxValue;

    /// <summary>How the name of a part ends, such as <c>-00001-of-00003.gguf</c>.</summary>
    public string EndingOf(int number) => string.Create(CultureInfo.InvariantCulture, $"-{number + 1:D5}-of-{Count:D5}.gguf");
}
