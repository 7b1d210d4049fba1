namespace Eigenscope.Learning;

/// <summary>The steps of a decomposition by hand, from the Gram matrix to the matrix again.</summary>
internal static class HandLesson
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LessonStep> Of(HandDecomposition hand) =>
    [
        GramStep.Of(hand),
        CharacteristicStep.Of(hand),
        EigenvalueStep.Of(hand),
        SingularValueStep.Of(hand),
        NearVectorStep.Of(hand),
        FarVectorStep.Of(hand),
        ReconstructionStep.Of(hand),
    ];
}
