namespace Eigenscope.Cli.Terminal;

/// <summary>Counted things.</summary>
internal static class Plural
{
    /// <summary>A number and its noun, such as <c>1 layer</c> and <c>2 layers</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">One of them.</param>
    public static string Of(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
