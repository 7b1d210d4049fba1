namespace Eigenscope.Transforms;

/// <summary>Methods that work on singular vectors.</summary>
internal static partial class MergeMethods
{
    private static IReadOnlyList<MergeMethod> Spectral => [new Star(), new TaskSingularVectors(), new Isotropic(), new IsotropicCommonTask(), new Knots(), new SpectralAware()];
}
