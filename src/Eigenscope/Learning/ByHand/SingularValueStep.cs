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
        step.Say(m == 1 && hand.Rank == 1 ? (LessonText)$"It is above {0}: the matrix has full rank, {m}."
            : hand.Rank == m ? (LessonText)$"All {m} are above {0}: the matrix has full rank, {m}."
            : hand.Rank == 0 ? (LessonText)$"{(m == 1 ? "It is" : "All are")} {0}: the matrix has rank {0}, and sends every vector to {0}."
            : (LessonText)$"{hand.Rank} of {m} {Counted.Is(hand.Rank)} above {0}: the matrix has rank {hand.Rank}. A singular value of {0} is a direction that the matrix forgets.");
        return step.Step;
    }

    private static string Exactly(HandTriplet triplet) => triplet.Eigenvalue.Surd is { } lambda && ExactText.Short(ExactText.Root(lambda)) is { } root ? root : $"√λ{Digits.Subscript(triplet.Number)}";
}
