using System.Globalization;

namespace Eigenscope.Cli.Terminal;

/// <summary>What a table calls the models of a merge: A, B, C, ... in their order.</summary>
internal static class ModelLetter
{
    public static string Of(int model) => model < 26 ? ((char)('A' + model)).ToString() : string.Create(CultureInfo.InvariantCulture, $"M{model}");
}
