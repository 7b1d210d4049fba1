namespace Eigenscope.Learning;

/// <summary>What a program prints, and the same by hand.</summary>
internal static class SmallMatrixLesson
{
    private const int Printed = 8;

    public static LessonTopic Topic { get; } = new(
        "small-matrix", "What a program prints", "U, s and Vh as a numerical library gives them, read number by number and worked again by hand.", LessonSubject.Matrix, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix ?? LessonMatrix.Of(new[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } });
        return new(topic, w, [MatrixSteps.Matrix(w, $"A library answers a call for the SVD with three arrays: U, s and Vh. The h stands for the Hermitian transpose, which for real numbers is the transpose: Vh = Vᵀ."), Printout(w), .. MatrixSteps.Decomposed(w), Zero(w)]);
    }

    private static LessonStep Printout(LessonMatrix w)
    {
        var (dense, found) = (w.ToDense(), Decomposition.Of(w.ToDense()));
        var step = new StepBuilder($"What a program prints");
        step.Write(StepBuilder.Text($"U ({dense.Rows} × {found.Values.Length}) ="), Cells.Columns(found.Left, Printed));
        step.Write($"s ({found.Values.Length}) = {Digits.List(found.Values, sigma => Digits.Text(sigma, Printed + 1))}");
        step.Write(StepBuilder.Text($"Vh ({found.Values.Length} × {dense.Columns}) ="), Cells.Rows(found.Right, Printed));
        step.Say($"The sign of a pair u, v is free: where both are turned round, their product stays. So libraries differ in signs and agree in everything else.");
        return found.AddClaims(step, dense).Step;
    }

    private static LessonStep Zero(LessonMatrix w)
    {
        var worked = WorkedMatrix.Of(w);
        var (step, smallest) = (new StepBuilder($"Zero and nearly zero"), worked.Found.Values[^1]);
        return step.Say(worked.IsOfFullRank && smallest > worked.Floor
            ? (LessonText)$"The smallest singular value is {smallest}, above {Digits.Error(worked.Floor)}, which rounding alone may leave: it is no zero."
            : $"{Rounded.Sentence(worked)}{(w.IsByHand && !worked.IsOfFullRank ? (LessonText)$" By hand it is exactly zero." : LessonText.None)}").Step;
    }
}
