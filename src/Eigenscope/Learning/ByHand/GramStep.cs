namespace Eigenscope.Learning;

/// <summary>The matrix times its transpose.</summary>
internal static class GramStep
{
    public static LessonStep Of(HandDecomposition hand)
    {
        var names = new HandNames(hand.IsTall);
        var (w, gram) = (hand.Matrix, hand.Gram);
        var step = new StepBuilder($"The Gram matrix {names.Gram}");
        step.Say($"Multiply W with its own transpose. Entry (i, j) of the product is {names.Line} i of W times {names.Line} j, entry by entry, summed: all scalar products of the {names.Lines}, which is what a Gram matrix is.");
        if (hand.IsTall)
        {
            step.Say($"W has more rows than columns, so {names.Gram} ({w.Columns} × {w.Columns}) is smaller than {names.Larger} ({w.Rows} × {w.Rows}). Both have the same eigenvalues but for {w.Rows - w.Columns} more {(w.Rows - w.Columns == 1 ? "zero" : "zeros")} of the larger one.");
        }

        var (plain, turned) = (Cells.Of(ExactMatrix.Of(w, transposed: false)), Cells.Of(ExactMatrix.Of(w, transposed: true)));
        step.Write(StepBuilder.Text($"{names.Gram} ="), names.IsTall ? turned : plain, names.IsTall ? plain : turned, StepBuilder.Text($"="), Cells.Of(gram));
        var n = gram.GetLength(0);
        step.Write(Product(hand, names, 0, Math.Min(1, n - 1)));
        if (IsDiagonal(gram))
        {
            step.Say(n == 1
                ? (LessonText)$"It is a single number: W is one {names.Line}, and its Gram matrix is the square of its length."
                : (LessonText)$"It is diagonal: the {names.Lines} of W stand at right angles to each other. Its eigenvectors are the coordinate axes, and its eigenvalues can be read off.");
        }

        var squares = Squares(w);
        return step.RequireExactly($"its diagonal adds up to the squares of all entries of W: {ExactText.Of(ExactMatrix.Trace(gram))} and {ExactText.Of(squares)}", ExactMatrix.Trace(gram) - squares).Step;
    }

    /// <summary>True where there is nothing beside the diagonal.</summary>
    public static bool IsDiagonal(Rational[,] a) =>
        Enumerable.Range(0, a.GetLength(0)).All(i => Enumerable.Range(0, a.GetLength(1)).All(j => i == j || a[i, j].IsZero));

    private static LessonText Product(HandDecomposition hand, HandNames names, int i, int j)
    {
        var w = ExactMatrix.Of(hand.Matrix, transposed: names.IsTall);
        var terms = Enumerable.Range(0, w.GetLength(1)).Select(k => $"{ExactText.Factor(ExactText.Of(w[i, k]))}·{ExactText.Factor(ExactText.Of(w[j, k]))}");
        return $"{names.Line} {i + 1} · {names.Line} {j + 1} = {string.Join(" + ", terms)} = {ExactText.Of(hand.Gram[i, j])}";
    }

    private static Rational Squares(LessonMatrix w)
    {
        var sum = Rational.Zero;
        for (var i = 0; i < w.Rows; i++)
        {
            for (var j = 0; j < w.Columns; j++)
            {
                sum += w[i, j] * w[i, j];
            }
        }

        return sum;
    }
}
