namespace Eigenscope.Learning;

/// <summary>Which rows of a small matrix are made of others.</summary>
internal static class RowDependence
{
    /// <summary>A sentence for each independent way in which rows add up to 0; none where all rows are independent.</summary>
    public static IReadOnlyList<LessonText> Of(LessonMatrix w)
    {
        var zero = ExactEigenvalue.Of(Polynomial.Variable)[0];
        var turned = ExactMatrix.Of(w, transposed: true);
        var entries = new FieldNumber[turned.GetLength(0), turned.GetLength(1)];
        for (var i = 0; i < entries.GetLength(0); i++)
        {
            for (var j = 0; j < entries.GetLength(1); j++)
            {
                entries[i, j] = zero.Field.Of(turned[i, j]);
            }
        }

        var eliminated = ExactElimination.Of(entries);
        return [.. eliminated.Free.Select(free => Sentence(eliminated, free))];
    }

    /// <summary>Row k as a sum of multiples of the rows before it.</summary>
    private static LessonText Sentence(ExactElimination eliminated, int free)
    {
        var terms = eliminated.Pivots.Select((pivot, row) => (Row: pivot + 1, Factor: eliminated.Reduced[row, free].Rational!.Value)).Where(term => !term.Factor.IsZero).ToList();
        return terms.Count == 0
            ? (LessonText)$"row {free + 1} = {0}"
            : $"row {free + 1} = {string.Join(" + ", terms.Select(term => term.Factor == Rational.One ? $"row {term.Row}" : $"{ExactText.Factor(term.Factor.ToString())}·row {term.Row}"))}";
    }
}
