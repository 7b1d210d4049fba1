namespace Eigenscope.Learning;

/// <summary>Why eigenvalues do not fit layers: what goes in and what comes out are different things.</summary>
internal static class TwoSpacesLesson
{
    private const int MostNamed = 3;
    private const double LeastNamed = 0.25;

    public static LessonTopic Topic { get; } = new(
        "two-spaces", "Two spaces", "Why eigenvalues do not fit rectangular layers: a barista's ingredients and flavours, and the directions that belong together.", LessonSubject.Matrix, Work);

    private static Lesson Work(LessonTopic topic, LessonInput input)
    {
        var w = input.Matrix?.NamedAs(Barista()) ?? Barista();
        return new(topic, w, [MatrixSteps.Matrix(w, About(w)), NoEigenvectors(w), .. MatrixSteps.Decomposed(w), Directions(w)]);
    }

    /// <summary>What goes in and what comes out: the barista's, as far as the matrix has as many of both.</summary>
    private static LessonText About(LessonMatrix w) => (w.RowNames, w.ColumnNames) switch
    {
        ({ }, { }) => $"A barista has {w.Columns} ingredients, and the guests taste {w.Rows} things. Column by column the matrix says what a spoon of an ingredient adds to each flavour; a recipe goes in, a taste comes out.",
        ({ }, null) => $"Its {Counted.Of(w.Columns, "column")} {(w.Columns == 1 ? "belongs" : "belong")} to what goes in. Its {w.Rows} rows belong to what comes out, and have the names of the flavours that a barista's guests taste.",
        (null, { }) => $"Its {w.Columns} columns belong to what goes in, and have the names of a barista's ingredients. Its {Counted.Of(w.Rows, "row")} {(w.Rows == 1 ? "belongs" : "belong")} to what comes out.",
        _ => $"Its {Counted.Of(w.Columns, "column")} {(w.Columns == 1 ? "belongs" : "belong")} to what goes in, its {Counted.Of(w.Rows, "row")} to what comes out.",
    };

    private static LessonMatrix Barista()
    {
        var plain = LessonMatrix.Of(new[,] { { 0, 1, 4, 1 }, { 2, 0, 0, 3 }, { 3, -2, -2, 0 } });
        return new LessonMatrix(ExactMatrix.Of(plain, transposed: false)) { RowNames = ["sweetness", "aroma", "bitterness"], ColumnNames = ["beans", "cream", "sugar", "cinnamon"] };
    }

    private static LessonStep NoEigenvectors(LessonMatrix w)
    {
        var step = new StepBuilder($"Which direction stays the same?");
        step.Say($"That is what eigenvectors answer: W v = λv, the output along the input.");
        if (w.Rows != w.Columns)
        {
            return step.Say($"Here it cannot even be asked: v has {Counted.Of(w.Columns, "number")} and W v has {w.Rows}. {(w is not { RowNames: { }, ColumnNames: { } } ? "What goes in and what comes out live in different spaces" : "No mixture of ingredients stays a mixture of ingredients: it becomes a taste")}, and the two cannot be compared.").Step;
        }

        step.Say($"This matrix is square, so the question can be asked. Its own eigenvalues are the roots of det(W − λI){(w.IsByHand ? ":" : ",")}");
        if (!w.IsByHand)
        {
            return step.Say($"at {w.Rows} × {w.Rows} no work for a hand; and what a layer gives is no layer input anyway, so singular values are what one wants.").Step;
        }

        var polynomial = Polynomial.Characteristic(ExactMatrix.Of(w, transposed: false));
        EigenvalueStep.Solve(step.Write($"p(λ) = {ExactText.Of(polynomial)}"), polynomial);
        var real = ExactEigenvalue.Of(polynomial).Sum(eigenvalue => eigenvalue.Multiplicity);
        return step.Say(real == 0
            ? (LessonText)$"None of the {w.Rows} is real: W turns every direction, and no vector keeps its own. Singular values are always real, and there are always {w.Rows}."
            : real < w.Rows
            ? (LessonText)$"Only {real} of {w.Rows} {Counted.Is(real)} real; to the others, which are complex, belongs no direction that W keeps. Singular values are always real, and there are always {w.Rows}."
            : (LessonText)$"{(real == 1 ? (LessonText)$"It is real. Even so it says" : $"All {real} are real. Even so they say")} how often W, used again and again on its own output, would stretch; a layer is used once, and what comes out goes elsewhere.").Step;
    }

    private static LessonStep Directions(LessonMatrix w)
    {
        var worked = WorkedMatrix.Of(w);
        var (found, rank, unheard) = (worked.Found, worked.Rank, w.Columns - worked.Rank);
        var step = new StepBuilder($"The directions that belong together");
        step.Say($"The SVD asks two questions instead. Which combinations of inputs have the strongest effect (the columns of V, in the space of inputs)? And which combinations of outputs come of them (the columns of U, in the space of outputs)?");
        step.Tabulate(["", "strength", "this combination in", "gives this combination out"], Enumerable.Range(0, Math.Min(8, found.Values.Length)).Select(k => (IReadOnlyList<string>)
        [
            Digits.Text(k + 1), Digits.Text(found.Values[k]), Combination(found.Right[k], w.ColumnNames, "input"), k < rank ? Combination(found.Left[k], w.RowNames, "output") : "nothing",
        ]));
        step.Say($"The combinations of one side stand at right angles to each other, so that each row of the table works for itself. A minus means less of it; turning a whole row round, in and out, changes nothing.");
        step.Say(unheard > 0
            ? (LessonText)$"{Counted.Of(unheard, "direction")} of inputs {(unheard == 1 ? "has" : "have")} no effect at all{(w.IsByHand ? (LessonText)$", {(unheard == 1 ? "" : "such as ")}{Combination(Unheard(w), w.ColumnNames, "input")}" : LessonText.None)}: W sends {(unheard == 1 || w.IsByHand ? "it" : "them")} to {0}."
            : $"Every direction of inputs has some effect.");
        return step.Require($"the table is W: each combination in, times its strength, gives its combination out", found.ImageError(worked.Dense), Decomposition.Rounding * Math.Max(w.Rows, w.Columns) * found.Values[0]).Step;
    }

    /// <summary>A direction of inputs that W sends to 0.</summary>
    private static double[] Unheard(LessonMatrix w)
    {
        var hand = HandDecomposition.Of(w);
        return hand.IsTall ? hand.Triplets[^1].Near.Unit : hand.FarKernel[^1].Unit;
    }

    /// <summary>The largest entries of a vector with their names.</summary>
    private static string Combination(double[] vector, IReadOnlyList<string>? names, string kind)
    {
        var largest = vector.Max(Math.Abs);
        var named = vector.Index().Where(item => Math.Abs(item.Item) >= LeastNamed * largest).OrderByDescending(item => Math.Abs(item.Item)).Take(MostNamed);
        var text = string.Join(" ", named.Select((item, place) => $"{(item.Item < 0 ? "− " : place > 0 ? "+ " : "")}{Digits.Text(Math.Abs(item.Item), 2)} {names?[item.Index] ?? $"{kind} {item.Index + 1}"}"));
        return vector.Count(x => Math.Abs(x) >= LeastNamed * largest) > MostNamed ? $"{text} …" : text;
    }
}
