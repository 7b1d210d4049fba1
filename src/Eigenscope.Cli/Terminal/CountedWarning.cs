using System.Text.RegularExpressions;
using Eigenscope.Transforms;

namespace Eigenscope.Cli.Terminal;

/// <summary>A warning of tensors, of which those that differ in numbers alone are told once.</summary>
/// <param name="Text">The first of them.</param>
/// <param name="First">The name of the tensor that has it.</param>
/// <param name="Tensors">How many tensors have one like it.</param>
internal sealed partial record CountedWarning(string Text, string First, int Tensors)
{
    /// <summary>The warnings of tensors, in the order in which they first come.</summary>
    public static IReadOnlyList<CountedWarning> Of(IEnumerable<MergedTensor> tensors) =>
    [
        .. tensors.SelectMany(tensor => tensor.Warnings.Select(text => (tensor.Name, Text: text)))
            .GroupBy(warning => Number().Replace(warning.Text, "#"), StringComparer.Ordinal)
            .Select(group => new CountedWarning(group.First().Text, group.First().Name, group.Select(warning => warning.Name).Distinct(StringComparer.Ordinal).Count())),
    ];

    /// <summary>A number that is no part of a word, such as BF16.</summary>
    [GeneratedRegex("""(?<![\p{L}\p{N}_])\d[\d.,]*""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
