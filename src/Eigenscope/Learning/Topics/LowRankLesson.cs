namespace Eigenscope.Learning;

/// <summary>A redundancy that cannot be seen by looking.</summary>
internal static class LowRankLesson
{
    public static LessonTopic Topic { get; } = new(
        "low-rank", "A hidden redundancy", "A row that is made of others without looking like them, and how the SVD finds it.", LessonSubject.Matrix, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix ?? LessonMatrix.Of(new[,] { { 1, 2, 3, 4 }, { 5, 4, 3, 6 }, { 3, 3, 3, 5 } });
        return new(topic, w, [MatrixSteps.Matrix(w, $"No row of this matrix needs to be a multiple of another for one of them to be superfluous. Looking does not tell; the smallest singular value does."), .. MatrixSteps.Decomposed(w), Redundancy(w)]);
    }

    private static LessonStep Redundancy(LessonMatrix w)
    {
        var worked = WorkedMatrix.Of(w);
        var (rank, superfluous) = (worked.Rank, w.Rows - worked.Rank);
        var step = new StepBuilder($"What is redundant");
        step.Say(superfluous == 0
            ? (LessonText)$"Nothing: {(worked.IsOfFullRank ? (LessonText)$"no singular value is {0}, and " : LessonText.None)}no row is made of the others."
            : $"The rank is {rank}, and W has {Counted.Of(w.Rows, "row")}: {superfluous} of them {Counted.Is(superfluous)} made of the others.{(w.IsByHand ? (LessonText)$" Solving for the combination of rows that is {0} gives:" : LessonText.None)}");
        foreach (var sentence in w.IsByHand ? RowDependence.Of(w) : [])
        {
            step.Write(sentence);
        }

        return rank == 0 ? step.Step
            : rank == 1 ? step.Say($"One direction holds all of it.").Step
            : step.Say($"What is nearly redundant is seen by the singular values: kept to rank {rank - 1}, W would lose {Digits.Percent(Lost(worked.Found, rank - 1))} of its squared norm. Trained layers are rarely of low rank exactly, and often nearly.").Step;
    }

    private static double Lost(Decomposition found, int rank) => found.Values.Skip(rank).Sum(sigma => sigma * sigma) / found.Values.Sum(sigma => sigma * sigma);
}
