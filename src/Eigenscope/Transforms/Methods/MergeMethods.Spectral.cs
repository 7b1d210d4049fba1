namespace Eigenscope.Transforms;

/// <summary>Methods that work on singular vectors.</summary>
internal static partial class MergeMethods
{
    private static IReadOnlyList<MergeMethod> Spectral =>
    [
        new StarMethod(),
        new TaskSingularVectorsMethod(),
        new IsotropicMethod(),
        new IsotropicCommonTaskMethod(),
        new KnotsMethod(),
        new SpectralAwareMethod(),
    ];
}
