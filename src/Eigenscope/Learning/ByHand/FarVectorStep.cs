namespace Eigenscope.Learning;

/// <summary>The vectors of the other side.</summary>
internal static class FarVectorStep
{
    public static LessonStep Of(HandDecomposition hand)
    {
        var names = new HandNames(hand.IsTall);
        var step = new StepBuilder($"{names.FarMatrix}");
        if (hand.Rank > 0)
        {
            step.Say($"They need no second eigenvalue problem: {names.Far} = {names.ToFar} {names.Near} / σ. (They are eigenvectors of {names.Larger}, with the same eigenvalues.) Only the direction y of {names.ToFar} x counts; its length is divided out.");
        }

        foreach (var triplet in hand.Triplets.Where(triplet => !triplet.Eigenvalue.IsZero))
        {
            step.Write([StepBuilder.Text($"σ{Digits.Subscript(triplet.Number)}: {names.ToFar} x points along"), .. NearVectorStep.Direction(triplet.Far, 'y', names.Far, triplet.Number)]);
        }

        AddKernel(step, hand, names);
        AddSymmetry(step, hand);
        return step.Write(StepBuilder.Text($"{names.FarMatrix[..1]} ="), Cells.Columns([.. hand.Far.Select(y => y.Unit)])).Step;
    }

    private static void AddKernel(StepBuilder step, HandDecomposition hand, HandNames names)
    {
        if (hand.FarKernel.Count == 0)
        {
            return;
        }

        var (zeros, more) = (hand.Triplets.Count - hand.Rank, hand.Far.Count - hand.Triplets.Count);
        step.Say($"{names.ToNear} sends {(hand.FarKernel.Count < hand.Far.Count ? (LessonText)$"{hand.FarKernel.Count} of the {hand.Far.Count} directions" : hand.Far.Count == 1 ? (LessonText)$"the only direction" : $"every direction")} of this side to {0}; solving {names.ToNear} y = {0} gives {(hand.FarKernel.Count == 1 ? "it" : "them")}.{(zeros > 0 ? (LessonText)$" {Some(zeros, hand)} {(zeros == 1 ? "belongs" : "belong")} to σ = {0}." : LessonText.None)}{(more > 0 ? (LessonText)$" {Some(more, hand)} {(more == 1 ? "completes" : "complete")} the basis: {(more == 1 ? "it has" : "they have")} no singular value at all, because {names.Gram} has no more than {hand.Triplets.Count}." : LessonText.None)}");
        foreach (var (index, y) in hand.FarKernel.Index())
        {
            step.Write(NearVectorStep.Direction(y, 'y', names.Far, hand.Rank + index + 1));
        }
    }

    /// <summary>Some of what is sent to 0, or all of it.</summary>
    private static LessonText Some(int count, HandDecomposition hand) =>
        count < hand.FarKernel.Count ? $"{count} of them" : count == 1 ? (LessonText)$"It" : $"They";

    /// <summary>What a symmetric matrix makes of the two sides.</summary>
    private static void AddSymmetry(StepBuilder step, HandDecomposition hand)
    {
        if (!IsSymmetric(hand.Matrix) || hand.Rank == 0)
        {
            return;
        }

        var signs = hand.Triplets.Where(triplet => !triplet.Eigenvalue.IsZero).Select(Sign).ToList();
        step.Say(signs.All(sign => sign == 1)
            ? (hand.Rank == hand.Triplets.Count ? (LessonText)$"W is symmetric and none of its eigenvalues is negative: U and V are the same." : (LessonText)$"W is symmetric and none of its eigenvalues is negative: u and v are the same wherever σ is above 0.")
            : signs.All(sign => sign != 0)
                ? (LessonText)$"W is symmetric, and yet U and V are not the same: W turns {signs.Count(sign => sign == -1)} of its directions round (its eigenvalue there is −σ), and a singular value is never negative, so v takes the sign."
                : $"W is symmetric, and yet U and V are not the same: some of its eigenvalues differ only in sign, so that their directions share one singular value, and any basis of the space that they span may stand in U.");
    }

    private static int Sign(HandTriplet triplet)
    {
        var (u, v) = (triplet.Near.Unit, triplet.Far.Unit);
        var cosine = u.Zip(v, (x, y) => x * y).Sum();
        return Math.Abs(cosine) > 1 - 1e-9 ? Math.Sign(cosine) : 0;
    }

    private static bool IsSymmetric(LessonMatrix w) =>
        w.Rows == w.Columns && Enumerable.Range(0, w.Rows).All(i => Enumerable.Range(0, i).All(j => w[i, j] == w[j, i]));
}
