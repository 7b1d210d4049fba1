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
        var (dense, found) = (w.ToDense(), Decomposition.Of(w.ToDense()));
        var (rank, _) = NumericalLesson.Rank(dense, found);
        var step = new StepBuilder($"What is redundant");
        var sentences = w.IsByHand ? RowDependence.Of(w) : [];
        step.Say(rank == Math.Min(w.Rows, w.Columns) && sentences.Count == 0 ? (LessonText)$"Nothing: no singular value is {0}, and no row is made of the others."
            : sentences.Count > 0 ? (LessonText)$"The rank is {rank}, and W has {w.Rows} rows: {sentences.Count} of them {(sentences.Count == 1 ? "is" : "are")} made of the others. Solving for the combination of rows that is {0} gives:"
            : (LessonText)$"The rank is {rank}: of {w.Rows} rows {w.Rows - rank} are made of the others.");
        foreach (var sentence in sentences)
        {
            step.Write(sentence);
        }

        if (found.Values[0] > 0)
        {
            step.Say(rank > 1 || found.Values.Length == 1
                ? (LessonText)$"Near to it lies more: kept to rank {Math.Max(1, rank - 1)}, W would lose {Digits.Percent(Lost(found, Math.Max(1, rank - 1)))} of its squared norm. Trained layers are like this: rarely of low rank exactly, often nearly."
                : (LessonText)$"One direction holds all of it.");
        }

        return step.Step;
    }

    private static double Lost(Decomposition found, int rank) => found.Values.Skip(rank).Sum(sigma => sigma * sigma) / found.Values.Sum(sigma => sigma * sigma);
}
