namespace Eigenscope.Learning;

/// <summary>The whole decomposition of a small matrix by hand.</summary>
internal static class ByHandLesson
{
    public static LessonTopic Topic { get; } = new(
        "by-hand", "The SVD by hand", "From a matrix over its Gram matrix and characteristic polynomial to U, the singular values and V, and back again.", LessonSubject.Matrix, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix ?? LessonMatrix.Of(new[,] { { 3, 2 }, { 2, 3 } });
        return new(topic, w, [MatrixSteps.Matrix(w, $"Every matrix is a turn, a stretch along the axes, and another turn: W = U diag(σ) Vᵀ. These steps find the three."), .. MatrixSteps.Decomposed(w), Summary(w)]);
    }

    private static LessonStep Summary(LessonMatrix w)
    {
        var worked = WorkedMatrix.Of(w);
        var found = worked.Found;
        var step = new StepBuilder($"What to keep");
        step.Say($"The Gram matrix is the matrix times its own transpose: all scalar products of its rows, or of its columns.");
        step.Say($"The singular values are the roots of its eigenvalues; here they are {Digits.List(found.Values, sigma => w.IsByHand || sigma > worked.Floor ? Digits.Text(sigma, 9) : "about 0")}, and the rank is {worked.Rank}.");
        step.Say($"The left singular vectors are the eigenvectors of W Wᵀ, the right ones those of WᵀW. A real solver forms neither where digits count: squaring the matrix squares the range of its singular values.");
        step.Say($"No input of length {1} comes out longer than σ₁ = {found.Values[0]}, and v₁ comes out as long as that.");
        if (w.Rows == w.Columns && w.IsByHand)
        {
            var determinant = Polynomial.Characteristic(ExactMatrix.Of(w, transposed: false))[0].Magnitude.ToDouble();
            var product = found.Values.Aggregate((a, b) => a * b);
            step.Require($"the product of the singular values is the size of the determinant, the factor by which W changes volumes: {determinant}", Math.Abs(product - determinant), 8 * Decomposition.Rounding * Math.Pow(found.Values[0], w.Rows));
        }

        return step.Step;
    }
}
