namespace Eigenscope.Learning;

/// <summary>The eigenvectors of the Gram matrix.</summary>
internal static class NearVectorStep
{
    public static LessonStep Of(HandDecomposition hand)
    {
        var names = new HandNames(hand.IsTall);
        var step = new StepBuilder($"{names.NearMatrix}");
        step.Say($"They are the eigenvectors of {names.Gram}. For each eigenvalue, solve ({names.Gram} − λI) x = {0} by eliminating one unknown after the other, choose what is free, and divide by the length.");
        foreach (var eigenvalue in hand.Eigenvalues)
        {
            Add(step, hand, names, eigenvalue);
        }

        var vectors = hand.Triplets.Select(triplet => triplet.Near.Unit).ToList();
        return step.Write(StepBuilder.Text($"{names.NearMatrix[..1]} ="), Cells.Columns(vectors)).Step;
    }

    private static void Add(StepBuilder step, HandDecomposition hand, HandNames names, ExactEigenvalue eigenvalue)
    {
        var n = hand.Gram.GetLength(0);
        var eliminated = HandDecomposition.Shifted(eigenvalue, hand.Gram);
        var unknowns = Cells.Column(Enumerable.Range(1, n).Select(i => $"x{Digits.Subscript(i)}"));
        var lambda = ExactText.Of(eigenvalue, eigenvalue.Field.Generator);
        step.Write(StepBuilder.Text($"λ = {lambda}:"), Cells.Of(eigenvalue, HandDecomposition.ShiftedMatrix(eigenvalue, hand.Gram)), unknowns, StepBuilder.Text($"= {0}"));
        step.Write($"so {Equations(eigenvalue, eliminated)}");
        if (eigenvalue.Multiplicity > 1)
        {
            step.Say($"{eigenvalue.Multiplicity} unknowns are free, so there are {eigenvalue.Multiplicity} directions. Any {eigenvalue.Multiplicity} at right angles will do; Gram and Schmidt's way takes from each its share in those before it.");
        }

        foreach (var triplet in hand.Triplets.Where(triplet => triplet.Eigenvalue == eigenvalue))
        {
            step.Write(Direction(triplet.Near, 'x', names.Near, triplet.Number));
        }
    }

    private static string Equations(ExactEigenvalue eigenvalue, ExactElimination eliminated) =>
        eliminated.Pivots.Count == 0 ? "every x will do" : string.Join(", ", Enumerable.Range(0, eliminated.Pivots.Count).Select(row => ExactText.Equation(eigenvalue, eliminated, row, 'x')));

    /// <summary>A direction, its length and its unit vector.</summary>
    public static FormulaPiece[] Direction(ExactVector x, char letter, string name, int number)
    {
        var place = Digits.Subscript(number);
        return
        [
            StepBuilder.Text($"{letter} ="), Cells.Column(x),
            StepBuilder.Text($"|{letter}| = {ExactText.Root(x.Eigenvalue, x.SquaredLength)}, {name}{place} = {letter} / |{letter}| ="), Cells.Column(x.Unit),
        ];
    }
}
