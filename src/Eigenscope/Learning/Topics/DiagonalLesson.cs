namespace Eigenscope.Learning;

/// <summary>A matrix whose directions are the coordinate axes.</summary>
internal static class DiagonalLesson
{
    public static LessonTopic Topic { get; } = new(
        "diagonal", "A diagonal matrix", "Where the axes already are the directions: what every decomposition is looking for.", LessonSubject.Matrix, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix ?? LessonMatrix.Of(new[,] { { 3, 0, 0, 0 }, { 0, 2, 0, 0 }, { 0, 0, 1, 0 } });
        return new(topic, w, [MatrixSteps.Matrix(w, $"A diagonal matrix stretches along the axes and does nothing else, so its decomposition is known before one begins. Working it all the same shows what the steps are after."), .. MatrixSteps.Decomposed(w), Target(w)]);
    }

    private static LessonStep Target(LessonMatrix w)
    {
        var (dense, found) = (w.ToDense(), Decomposition.Of(w.ToDense()));
        var step = new StepBuilder($"What the SVD is after");
        var entries = ExactMatrix.Of(w, transposed: false);
        if (GramStep.IsDiagonal(entries))
        {
            double[] diagonal = [.. Enumerable.Range(0, found.Values.Length).Select(i => entries[i, i].Magnitude.ToDouble()).OrderDescending()];
            step.Say($"The singular values are the entries of the diagonal without their signs, in order of size, and both U and V have a single entry other than zero in every column: an axis.");
            step.Require($"the diagonal, sorted, is {string.Join(", ", diagonal.Select(value => Digits.Text(value)))}", diagonal.Zip(found.Values, (d, sigma) => Math.Abs(d - sigma)).Max(), 8 * dense.Columns * (double.BitIncrement(1) - 1) * found.Values[0]);
        }
        else
        {
            var gram = ExactMatrix.Product(entries, ExactMatrix.Of(w, transposed: true));
            step.Say($"This matrix is not diagonal, and its axes are not its directions{(GramStep.IsDiagonal(gram) ? (LessonText)$" on the input side, though its rows do stand at right angles" : $": the largest entry of W Wᵀ beside the diagonal is {LargestBeside(gram).ToString()}, so some of its rows lean towards each other")}.");
        }

        step.Say($"In the basis of V on the one side and of U on the other, W is diagonal: UᵀW V = diag(σ). That is what every SVD looks for, two turns after which nothing is left beside the diagonal.");
        step.Require($"UᵀW V has nothing beside its diagonal", Beside(dense, found), 8 * Math.Max(dense.Rows, dense.Columns) * (double.BitIncrement(1) - 1) * found.Values[0]);
        return step.Say($"Directions at right angles are independent of each other: a change of W along one of them leaves what it does along the others as it was. That is why layers are compared, compressed and merged direction by direction.").Step;
    }

    private static Rational LargestBeside(Rational[,] gram) =>
        Enumerable.Range(0, gram.GetLength(0)).SelectMany(i => Enumerable.Range(0, i).Select(j => gram[i, j])).DefaultIfEmpty(Rational.Zero).MaxBy(entry => entry.Magnitude);

    /// <summary>The largest entry of U^T W V beside the diagonal.</summary>
    private static double Beside(LinearAlgebra.DenseMatrix w, Decomposition found)
    {
        var largest = 0.0;
        for (var k = 0; k < found.Values.Length; k++)
        {
            for (var l = 0; l < found.Values.Length; l++)
            {
                var (u, v) = (found.Left[k], found.Right[l]);
                var entry = Enumerable.Range(0, w.Rows).Sum(i => u[i] * Enumerable.Range(0, w.Columns).Sum(j => w[i, j] * v[j]));
                largest = k == l ? largest : Math.Max(largest, Math.Abs(entry));
            }
        }

        return largest;
    }
}
