namespace Eigenscope.Transforms;

/// <summary>The table of methods.</summary>
internal static partial class MergeMethods
{
    /// <summary>Every method.</summary>
    public static IReadOnlyList<MergeMethod> All { get; } = [.. Elementwise, .. Spectral];

    /// <summary>The method of a name; null where there is none.</summary>
    public static MergeMethod? Of(string name) => All.FirstOrDefault(method => method.Name == name);
}
