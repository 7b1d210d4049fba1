namespace Eigenscope.Learning;

/// <summary>What lessons about a matrix have in common.</summary>
internal static class MatrixSteps
{
    /// <summary>The matrix as it is, behind what the lesson says of it.</summary>
    public static LessonStep Matrix(LessonMatrix w, LessonText about)
    {
        var step = new StepBuilder($"The matrix");
        return step.Say(about).Write(StepBuilder.Text($"W ="), Cells.Of(w)).Say(Described(w)).Step;
    }

    /// <summary>Its decomposition: by hand up to 4 x 4, else by the solver; and what it does to a circle.</summary>
    public static IReadOnlyList<LessonStep> Decomposed(LessonMatrix w)
    {
        IReadOnlyList<LessonStep> steps = w.IsByHand ? HandLesson.Of(HandDecomposition.Of(w)) : NumericalLesson.Of(w.ToDense());
        return Math.Min(w.Rows, w.Columns) < 2 ? steps : [.. steps, Circle(w)];
    }

    private static LessonText Described(LessonMatrix w)
    {
        LessonText shape = $"It is {w.Rows} × {w.Columns}: {Counted.Of(w.Columns, "number")} {(w.Columns == 1 ? "goes" : "go")} in, {w.Rows} {(w.Rows == 1 ? "comes" : "come")} out.";
        var kinds = Kinds(w).ToList();
        return kinds.Count == 0 ? shape : $"{shape} {LessonText.Join(" ", kinds)}";
    }

    private static IEnumerable<LessonText> Kinds(LessonMatrix w)
    {
        var entries = ExactMatrix.Of(w, transposed: false);
        var isZero = entries.Cast<Rational>().All(entry => entry.IsZero);
        if (isZero)
        {
            yield return $"All of its entries are {0}.";
        }
        else if (GramStep.IsDiagonal(entries))
        {
            yield return $"It is diagonal: there is nothing beside the entries in row i and column i.";
        }
        else if (w.Rows == w.Columns && Enumerable.Range(0, w.Rows).All(i => Enumerable.Range(0, i).All(j => w[i, j] == w[j, i])))
        {
            yield return $"It is symmetric: equal to its transpose.";
        }

        if (w.Rows != w.Columns)
        {
            yield return $"It is not square, so it has no eigenvalues of its own; singular values it has.";
        }
    }

    private static LessonStep Circle(LessonMatrix w)
    {
        var worked = WorkedMatrix.Of(w);
        var (dense, found) = (worked.Dense, worked.Found);
        var (large, small) = (found.Values[0], found.Values[1]);
        var isSection = w.Rows != 2 || w.Columns != 2;
        var step = new StepBuilder($"What it does to a circle");
        step.Say(isSection
            ? (LessonText)$"Take the unit circle in the plane of v₁ and v₂. W makes an ellipse of it, in the plane of u₁ and u₂, with half-axes σ₁ = {large} and σ₂ = {small}."
            : (LessonText)$"W makes an ellipse of the unit circle. Its half-axes are σ₁ = {large} along u₁ and σ₂ = {small} along u₂: v₁ and v₂, at right angles, become σ₁u₁ and σ₂u₂, at right angles again. No other pair of directions does that, unless σ₁ = σ₂.");
        step.Say(large == 0 ? (LessonText)$"Here all of the circle falls onto one point."
            : worked.Rank == 1 ? (LessonText)$"Here the ellipse is flat: nothing but its long axis."
            : large - small <= worked.Floor ? (LessonText)$"Here both are equal: the ellipse is a circle."
            : (LessonText)$"It is {large / small} times as long as it is wide: the condition number of {(isSection ? "this part of W" : "W")}.");
        double[][] entries = isSection ? [[large, 0], [0, small]] : [[dense[0, 0], dense[0, 1]], [dense[1, 0], dense[1, 1]]];
        double[][] axes = [[1, 0], [0, 1]];
        return step.Draw(new EllipseFigure(
            $"The unit circle and what W makes of it: v₁ goes to σ₁u₁, of length {large}, v₂ to σ₂u₂, of length {small}.{(isSection ? (LessonText)$" Both are drawn in the plane of their two directions." : LessonText.None)}",
            entries, [large, small], isSection ? axes : [found.Left[0], found.Left[1]], isSection ? axes : [found.Right[0], found.Right[1]], isSection)).Step;
    }
}
