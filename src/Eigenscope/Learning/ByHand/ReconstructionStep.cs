namespace Eigenscope.Learning;

/// <summary>The three factors multiplied out.</summary>
internal static class ReconstructionStep
{
    private const int Decimals = 4;

    public static LessonStep Of(HandDecomposition hand)
    {
        var (w, found) = (hand.Matrix.ToDense(), Decomposition.Of(hand));
        var step = new StepBuilder($"Put together, and multiplied back");
        step.Say($"W = U diag(σ) Vᵀ: V's directions come in, each is stretched by its σ, and leaves along U's.{(hand.Far.Count > hand.Triplets.Count ? (LessonText)$" What has no singular value adds nothing, so it is left out here." : LessonText.None)}");
        step.Write(StepBuilder.Text($"W ="), Cells.Columns(found.Left), Cells.Diagonal(found.Values, found.Values.Length, found.Values.Length), Cells.Rows(found.Right));
        if (found.Values.Length == 2)
        {
            AddEntries(step, hand, found);
        }

        found.AddClaims(step, w);
        var solver = Decomposition.Of(w);
        return step.Require(
            $"the solver that reads whole models finds the same singular values: {string.Join(", ", solver.Values.Select(sigma => Digits.Text(sigma, 9)))}",
            found.Values.Zip(solver.Values, (mine, its) => Math.Abs(mine - its)).Max(),
            1e-12 * Math.Max(solver.Values[0], double.Epsilon)).Step;
    }

    /// <summary>Each entry as the sum of two products.</summary>
    private static void AddEntries(StepBuilder step, HandDecomposition hand, Decomposition found)
    {
        var scaled = found.Left.Select((u, k) => Array.ConvertAll(u, x => x * found.Values[k])).ToList();
        var write = Writer(found.Values[0]);
        step.Say($"First U times the singular values, then every entry of the product with Vᵀ:");
        step.Write(StepBuilder.Text($"U diag(σ) ="), Cells.Of(hand.Matrix.Rows, scaled.Count, (i, k) => write(scaled[k][i])));
        for (var i = 0; i < hand.Matrix.Rows; i++)
        {
            for (var j = 0; j < hand.Matrix.Columns; j++)
            {
                var (a, b, c, d) = (scaled[0][i], found.Right[0][j], scaled[1][i], found.Right[1][j]);
                step.Write($"row {i + 1}, column {j + 1}: {ExactText.Factor(write(a))}·{ExactText.Factor(Digits.Rounded(b, Decimals))} + {ExactText.Factor(write(c))}·{ExactText.Factor(Digits.Rounded(d, Decimals))} = {write(a * b)} {(c * d < 0 ? "−" : "+")} {write(Math.Abs(c * d))} = {write((a * b) + (c * d))}");
            }
        }
    }

    /// <summary>Writes numbers beside a largest one: with some decimals, or with powers of ten where that one is far from 1.</summary>
    private static Func<double, string> Writer(double largest) => largest is 0 or >= 0.01 and < 1e6
        ? x => Digits.Rounded(x, Decimals)
        : x => Math.Abs(x) <= Decomposition.Rounding * largest ? Digits.Rounded(0, Decimals) : Digits.Text(x, Decimals + 1);
}
