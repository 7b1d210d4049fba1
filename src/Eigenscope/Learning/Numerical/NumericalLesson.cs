using Eigenscope.LinearAlgebra;

namespace Eigenscope.Learning;

/// <summary>The steps of a decomposition that is too large to be worked by hand: what the solver finds, and what it says.</summary>
internal static class NumericalLesson
{
    private const int MostRows = 12;
    private const int Shown = 3;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LessonStep> Of(DenseMatrix w)
    {
        var found = Decomposition.Of(w);
        return [Values(w, found), Directions(w, found), Reconstruction(w, found)];
    }

    private static LessonStep Values(DenseMatrix w, Decomposition found)
    {
        var (rank, floor) = Rank(w, found);
        var total = found.Values.Sum(sigma => sigma * sigma);
        var shares = found.Values.Select((_, k) => total > 0 ? found.Values.Take(k + 1).Sum(sigma => sigma * sigma) / total : 0).ToList();
        var step = new StepBuilder($"The singular values");
        step.Say($"{w.Rows} × {w.Columns} is more than one wants to work by hand: the characteristic polynomial would have degree {found.Values.Length}. The steps are the same, and a solver takes them in another order that does not lose digits.");
        step.Tabulate(["", "σ", "λ = σ²", "share of all λ up to here"], Chosen(found.Values.Length).Select(k => (IReadOnlyList<string>)
            (k < 0 ? ["⋮", "⋮", "⋮", "⋮"] : [$"σ{Digits.Subscript(k + 1)}", Digits.Text(found.Values[k]), Digits.Text(found.Values[k] * found.Values[k]), Digits.Percent(shares[k])])));
        step.Say(rank == 0 ? (LessonText)$"{(found.Values.Length == 1 ? "It is" : "All are")} {0}: the matrix has rank {0}, and sends every vector to {0}."
            : rank == found.Values.Length ? (LessonText)$"{(rank == 1 ? (LessonText)$"It is" : $"All {rank} are")} above what rounding makes of a {0}, which is about {Digits.Error(floor)}: the matrix has full rank."
            : (LessonText)$"{rank} of {found.Values.Length} {Counted.Is(rank)} above what rounding makes of a {0}, which is about {Digits.Error(floor)}: the matrix has rank {rank}.");
        if (found.Values[0] > 0)
        {
            step.Draw(ValueFigure(found.Values));
        }

        return step.Step;
    }

    private static LessonStep Directions(DenseMatrix w, Decomposition found)
    {
        var step = new StepBuilder($"The directions");
        step.Say($"U holds {Counted.Of(found.Left.Count, "output direction")} of {Counted.Of(w.Rows, "number")}{(found.Left.Count == 1 ? "" : " each")}, V {(found.Left.Count == 1 ? "an input direction" : "as many input directions")} of {w.Columns}.{(found.Left.Count > Shown ? " The first columns of both:" : "")}");
        var shown = Math.Min(Shown, found.Left.Count);
        step.Write(StepBuilder.Text($"U ="), Cells.Columns([.. found.Left.Take(shown)], 4), StepBuilder.Text($", V ="), Cells.Columns([.. found.Right.Take(shown)], 4));
        return found.AddClaims(step, w).Step;
    }

    private static LessonStep Reconstruction(DenseMatrix w, Decomposition found)
    {
        var total = found.Values.Sum(sigma => sigma * sigma);
        var step = new StepBuilder($"Fewer directions");
        step.Say($"The sum of the first k terms σ u vᵀ is the nearest matrix of rank k to W (Eckart and Young): what is lost is what the other singular values hold.");
        step.Tabulate(["rank", "share kept", "numbers to store"], Ranks(found.Values.Length).Select(k => (IReadOnlyList<string>)
            [Digits.Text(k), Digits.Percent(total > 0 ? found.Values.Take(k).Sum(sigma => sigma * sigma) / total : 1), Digits.Text(k * (w.Rows + w.Columns))]));
        return step.Say($"W itself holds {w.Rows * w.Columns} numbers.").Step;
    }

    /// <summary>The number of singular values above n eps sigma_1, and that floor.</summary>
    public static (int Rank, double Floor) Rank(DenseMatrix w, Decomposition found)
    {
        var floor = Math.Max(w.Rows, w.Columns) * (double.BitIncrement(1) - 1) * found.Values[0];
        return (found.Values.Count(sigma => sigma > floor), floor);
    }

    /// <summary>Singular values over their index.</summary>
    public static CurveFigure ValueFigure(IReadOnlyList<double> descending) => new(
        "singular-values", "Singular values", descending.Count == 1 ? (LessonText)$"The only singular value." : $"All {descending.Count} singular values, from the largest down.", "index", "singular value",
        [new LessonCurve("σ", [.. Enumerable.Range(1, descending.Count).Select(k => (double)k)], descending, descending.Count <= 40 ? CurveKind.Points : CurveKind.Line)])
    { IsLogY = descending[^1] > 0 };

    private static IEnumerable<int> Chosen(int count) => count <= MostRows ? Enumerable.Range(0, count) : [.. Enumerable.Range(0, MostRows - 2), -1, count - 1];

    private static IEnumerable<int> Ranks(int count)
    {
        for (var k = 1; k < count; k *= 2)
        {
            yield return k;
        }

        yield return count;
    }
}
