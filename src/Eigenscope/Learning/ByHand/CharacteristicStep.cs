namespace Eigenscope.Learning;

/// <summary>The characteristic polynomial of the Gram matrix.</summary>
internal static class CharacteristicStep
{
    public static LessonStep Of(HandDecomposition hand)
    {
        var (names, gram, polynomial) = (new HandNames(hand.IsTall), hand.Gram, hand.Characteristic);
        var step = new StepBuilder($"The characteristic polynomial");
        step.Say($"λ is an eigenvalue of {names.Gram} where {names.Gram} − λI sends some vector other than 0 to 0, that is, where its determinant is 0.");
        step.Write(StepBuilder.Text($"{names.Gram} − λI ="), Shifted(gram));
        switch (gram.GetLength(0))
        {
            case 1:
                step.Write($"det({names.Gram} − λI) = {ExactText.Of(gram[0, 0])} − λ");
                break;
            case 2:
                step.Write($"det({names.Gram} − λI) = {Minus(gram[0, 0])}{Minus(gram[1, 1])} − {ExactText.Factor(ExactText.Of(gram[0, 1]))}·{ExactText.Factor(ExactText.Of(gram[1, 0]))} = {ExactText.Of(polynomial)}");
                break;
            default:
                AddMinors(step, polynomial);
                break;
        }

        return step.RequireExactly($"the polynomial at λ = {0} is the determinant of {names.Gram}, up to the sign of an odd power: {ExactText.Of(Determinant(gram))}", polynomial[0] - (polynomial.Degree % 2 == 0 ? Determinant(gram) : -Determinant(gram))).Step;
    }

    private static void AddMinors(StepBuilder step, Polynomial polynomial)
    {
        var n = polynomial.Degree;
        step.Say($"Multiplied out{(n % 2 == 0 ? "" : $", and turned round so that λ{Digits.Superscript(n)} has no sign")}, its coefficients are sums of principal minors (determinants of what is left when rows and the same columns are struck out), with alternating signs:");
        step.Tabulate(["power", "coefficient", "which is"], Enumerable.Range(1, n).Select(k => (IReadOnlyList<string>)
        [
            k == n ? "1" : k == n - 1 ? "λ" : $"λ{Digits.Superscript(n - k)}",
            ExactText.Of(polynomial[n - k]),
            $"{(k % 2 == 0 ? "" : "minus ")}{(k == 1 ? "the trace, the sum of the diagonal" : k == n ? "the determinant" : $"the sum of the principal {k} × {k} minors")}",
        ]));
        step.Write($"p(λ) = {ExactText.Of(polynomial)}");
    }

    private static CellMatrix Shifted(Rational[,] gram) =>
        Cells.Of(gram.GetLength(0), gram.GetLength(1), (i, j) => i == j ? gram[i, j].IsZero ? "−λ" : $"{ExactText.Of(gram[i, j])} − λ" : ExactText.Of(gram[i, j]));

    private static string Minus(Rational entry) => entry.IsZero ? "(−λ)" : $"({ExactText.Of(entry)} − λ)";

    /// <summary>By the first row (Laplace).</summary>
    private static Rational Determinant(Rational[,] a)
    {
        var n = a.GetLength(0);
        var sum = n == 0 ? Rational.One : Rational.Zero;
        for (var column = 0; column < n; column++)
        {
            var (minor, struck) = (new Rational[n - 1, n - 1], column);
            for (var i = 1; i < n; i++)
            {
                for (var j = 0; j < n - 1; j++)
                {
                    minor[i - 1, j] = a[i, j < struck ? j : j + 1];
                }
            }

            sum += (column % 2 == 0 ? a[0, column] : -a[0, column]) * Determinant(minor);
        }

        return sum;
    }
}
