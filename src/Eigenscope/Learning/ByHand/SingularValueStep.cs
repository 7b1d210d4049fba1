namespace Eigenscope.Learning;

/// <summary>The square roots of the eigenvalues.</summary>
internal static class SingularValueStep
{
    public static LessonStep Of(HandDecomposition hand)
    {
        var (names, m) = (new HandNames(hand.IsTall), hand.Triplets.Count);
        var step = new StepBuilder($"The singular values");
        step.Say($"A singular value is the square root of an eigenvalue of {names.Gram}: σ = √λ.");
        step.Tabulate(["", "exactly", "as a decimal"], hand.Triplets.Select(triplet => (IReadOnlyList<string>)
        [
            $"σ{Digits.Subscript(triplet.Number)}", Exactly(triplet), Digits.Text(triplet.Eigenvalue.SingularValue, 9),
        ]));
        step.Say(hand.Rank == m ? (LessonText)$"All {m} are above {0}: the matrix has full rank, {m}."
            : hand.Rank == 0 ? (LessonText)$"All are {0}: the matrix has rank {0}, and sends every vector to {0}."
            : (LessonText)$"{hand.Rank} of {m} are above {0}: the matrix has rank {hand.Rank}. A singular value of {0} is a direction that the matrix forgets.");
        return step.Step;
    }

    private static string Exactly(HandTriplet triplet) => triplet.Eigenvalue.Surd is { } lambda ? ExactText.Root(lambda) : $"√λ{Digits.Subscript(triplet.Number)}";
}
