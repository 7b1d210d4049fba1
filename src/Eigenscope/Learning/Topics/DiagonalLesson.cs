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
        var (dense, found) = (w.ToDense(), WorkedMatrix.Of(w).Found);
        var step = new StepBuilder($"What the SVD is after");
        var entries = ExactMatrix.Of(w, transposed: false);
        var rounding = Decomposition.Rounding * Math.Max(w.Rows, w.Columns) * found.Values[0];
        if (GramStep.IsDiagonal(entries))
        {
            double[] diagonal = [.. Enumerable.Range(0, found.Values.Length).Select(i => entries[i, i].Magnitude.ToDouble()).OrderDescending()];
            step.Say($"The singular values are the entries of the diagonal without their signs, in order of size, and both U and V have a single entry other than zero in every column: an axis.");
            step.Require($"the diagonal, sorted, is {Digits.List(diagonal, Digits.Text)}", diagonal.Zip(found.Values, (d, sigma) => Math.Abs(d - sigma)).Max(), rounding);
        }
        else
        {
            step.Say($"This matrix is not diagonal{Axes(entries, ExactMatrix.Of(w, transposed: true))}.");
        }

        step.Say($"In the basis of V on the one side and of U on the other, W is diagonal: UᵀW V = diag(σ). That is what every SVD looks for, two turns after which nothing is left beside the diagonal.");
        step.Require($"UᵀW V has nothing beside its diagonal", Beside(dense, found), rounding);
        return step.Say($"Directions at right angles are independent of each other: a change of W along one of them leaves what it does along the others as it was. That is why layers are compared, compressed and merged direction by direction.").Step;
    }

    /// <summary>On which sides the coordinate axes are directions: on that of outputs where the rows stand at right angles, on that of inputs where the columns do.</summary>
    private static LessonText Axes(Rational[,] w, Rational[,] turned)
    {
        var (outputs, inputs) = (ExactMatrix.Product(w, turned), ExactMatrix.Product(turned, w));
        return (GramStep.IsDiagonal(outputs), GramStep.IsDiagonal(inputs)) switch
        {
            (true, true) => $", and yet its directions may be taken along the axes, of either side: its rows stand at right angles to each other, and so do its columns",
            (true, false) => $", and the axes are its directions on the output side alone, where its rows stand at right angles to each other",
            (false, true) => $", and the axes are its directions on the input side alone, where its columns stand at right angles to each other",
            _ => $", and its axes are not its directions: the largest entry of W Wᵀ beside the diagonal is {ExactText.Of(LargestBeside(outputs))}, so some of its rows lean towards each other",
        };
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
