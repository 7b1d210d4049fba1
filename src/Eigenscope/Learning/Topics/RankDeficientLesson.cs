namespace Eigenscope.Learning;

/// <summary>Rows that are multiples of one another.</summary>
internal static class RankDeficientLesson
{
    public static LessonTopic Topic { get; } = new(
        "rank-deficient", "A rank-deficient matrix", "Rows that repeat each other leave singular values of zero: the collapse of the rank.", LessonSubject.Matrix, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix ?? LessonMatrix.Of(new[,] { { 1, 2, 3, 4 }, { 2, 4, 6, 8 }, { 3, 6, 9, 12 } });
        return new(topic, w, [MatrixSteps.Matrix(w, $"A row that is a multiple of another, or a sum of others, says nothing new. How many rows say something is the rank."), .. MatrixSteps.Decomposed(w), Collapse(w)]);
    }

    private static LessonStep Collapse(LessonMatrix w)
    {
        var worked = WorkedMatrix.Of(w);
        var (rank, values) = (worked.Rank, worked.Found.Values);
        var step = new StepBuilder($"The collapse of the rank");
        foreach (var sentence in w.IsByHand ? RowDependence.Of(w) : [])
        {
            step.Write(sentence);
        }

        step.Say(worked.IsOfFullRank
            ? values.Length == 1
                ? (LessonText)$"Nothing has collapsed: the only singular value, {values[0]}, is above {0}."
                : (LessonText)$"Nothing has collapsed: all {values.Length} singular values are above {0}. The smallest, {values[^1]}, is {Digits.Percent(values[^1] / values[0])} of the largest; W would have to change by as much as that to lose a rank."
            : rank == 0 ? (LessonText)$"Everything has collapsed: of {Counted.Of(values.Length, "direction")} none is left."
            : $"Of {values.Length} directions {rank} {Counted.Is(rank)} left, however many numbers W holds: {w.Rows * w.Columns} numbers do the work of {rank * (w.Rows + w.Columns - rank)}, with which one can write any matrix of rank {rank} of this shape. In a network such a layer uses its weights badly: whatever comes in, only {Counted.Of(rank, "direction")} can come out.");
        return step.Say(Rounded.Sentence(worked)).Step;
    }
}
