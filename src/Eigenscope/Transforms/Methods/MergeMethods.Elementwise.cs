namespace Eigenscope.Transforms;

/// <summary>Methods that work element by element, with numbers of the whole tensor at most.</summary>
internal static partial class MergeMethods
{
    private static IReadOnlyList<MergeMethod> Elementwise => [];
}
