namespace Eigenscope.Learning;

/// <summary>The roots of the characteristic polynomial.</summary>
internal static class EigenvalueStep
{
    public static LessonStep Of(HandDecomposition hand)
    {
        var (names, polynomial) = (new HandNames(hand.IsTall), hand.Characteristic);
        var step = new StepBuilder($"The eigenvalues of {names.Gram}");
        Solve(step, polynomial);
        step.Tabulate(["eigenvalue", "exactly", "as a decimal", "times"], hand.Eigenvalues.Select((eigenvalue, i) => Row(hand, eigenvalue, i)));
        foreach (var repeated in hand.Eigenvalues.Where(eigenvalue => eigenvalue.Multiplicity > 1))
        {
            step.Say($"{Name(repeated)} occurs {repeated.Multiplicity} times: its eigenvectors fill a space of {repeated.Multiplicity} dimensions, in which no direction is preferred.");
        }

        var trace = ExactMatrix.Trace(hand.Gram).ToDouble();
        var sum = hand.Eigenvalues.Sum(eigenvalue => eigenvalue.Multiplicity * eigenvalue.Value);
        return step
            .Say($"None of them is negative, and that is no accident: x·({names.Gram} x) is the square of the length of {names.ToFar} x.")
            .Require($"they add up to the trace, {trace}: {sum}", Math.Abs(sum - trace), 2 * Decomposition.Rounding * trace)
            .Step;
    }

    /// <summary>Says how the roots of a polynomial are found.</summary>
    public static void Solve(StepBuilder step, Polynomial polynomial)
    {
        if (polynomial.Degree == 2)
        {
            AddFormula(step, polynomial);
            return;
        }

        var factors = Factorization.Of(polynomial);
        if (factors.Count > 1 || factors[0].Multiplicity > 1)
        {
            step.Write($"{ExactText.Of(polynomial)} = {ExactText.Of(factors)}");
            step.Say($"A product is 0 where one of its factors is.");
        }

        foreach (var (factor, _) in factors.Where(part => part.Factor.Degree > 1))
        {
            if (factor.Degree == 2)
            {
                AddFormula(step, factor);
            }
            else
            {
                AddSearch(step, factor);
            }
        }
    }

    /// <summary>The name of an eigenvalue: λ = 25.</summary>
    private static LessonText Name(ExactEigenvalue eigenvalue) => $"λ = {ExactText.Of(eigenvalue, eigenvalue.Field.Generator)}";

    private static IReadOnlyList<string> Row(HandDecomposition hand, ExactEigenvalue eigenvalue, int index)
    {
        var first = 1 + hand.Eigenvalues.Take(index).Sum(before => before.Multiplicity);
        var last = first + eigenvalue.Multiplicity - 1;
        return
        [
            first == last ? $"λ{Digits.Subscript(first)}" : $"λ{Digits.Subscript(first)} to λ{Digits.Subscript(last)}",
            ExactText.Short(eigenvalue.Surd?.ToString()) ?? $"a root of {ExactText.Of(eigenvalue.Field.Modulus)}",
            Digits.Text(eigenvalue.Value, 9),
            Digits.Text(eigenvalue.Multiplicity),
        ];
    }

    /// <summary>The quadratic formula with numbers.</summary>
    private static void AddFormula(StepBuilder step, Polynomial quadratic)
    {
        var (b, c) = (-quadratic[1], quadratic[0]);
        var discriminant = (b * b) - (4 * c);
        step.Say($"A quadratic polynomial λ² − bλ + c is 0 at λ = (b ± √(b² − {4}c)) / {2}.");
        LessonText formula = $"λ = ({ExactText.Of(b)} ± √({ExactText.Factor(ExactText.Of(b))}² − {4}·{ExactText.Factor(ExactText.Of(c))})) / {2} = ({ExactText.Of(b)} ± √{ExactText.Factor(ExactText.Of(discriminant))}) / {2}";
        if (discriminant.Sign < 0)
        {
            step.Write(formula).Say($"There is no real root of a negative number: these are a pair of complex numbers.");
            return;
        }

        List<string> roots = [.. ExactEigenvalue.Of(quadratic).Select(root => ExactText.Of(root, root.Field.Generator))];
        formula = discriminant.Root() is { } root ? $"{formula} = ({ExactText.Of(b)} ± {ExactText.Of(root)}) / {2}" : formula;
        step.Write(roots is [var upper, var lower] ? (LessonText)$"{formula}, which is {upper} and {lower}" : $"{formula} = {roots[0]}, twice");
    }

    /// <summary>Where no square root gives the roots: between which places they lie.</summary>
    private static void AddSearch(StepBuilder step, Polynomial factor)
    {
        var roots = RealRoot.Of(factor);
        step.Say($"{ExactText.Of(factor)} has no rational root{(factor.Degree > 3 ? " and no quadratic factor with rational coefficients" : "")}. {(roots.Count == 0 ? "It has no real root either" : factor.Degree == 3 ? "No square roots give its roots, and the formula for cubics leads through complex numbers even where all of them are real" : "A formula with roots of roots exists, and is too long to be of use")}.{(roots.Count == 0 ? LessonText.None : (LessonText)$" So each {(roots.Count < factor.Degree ? "that is real " : "")}is closed in: the polynomial changes its sign between two places, and the interval is halved until it is as narrow as the numbers of a computer are apart.")}");
        if (roots.Count > 0)
        {
            step.Tabulate(["between", "and", "lies"], roots.Zip(ExactEigenvalue.Of(factor).Reverse(), (root, eigenvalue) => Bracket(root, eigenvalue.Value)));
        }

        if (roots.Count < factor.Degree)
        {
            step.Say($"{(roots.Count == 0 ? (LessonText)$"All" : $"The other")} {factor.Degree - roots.Count} are complex.");
        }
    }

    /// <summary>Two places around a root, as near as two or three digits tell, and the root.</summary>
    private static IReadOnlyList<string> Bracket(RealRoot root, double value)
    {
        while (root.Bounds is var (a, b) && b - a >= new Rational(1, 2) && (b - a) * 64 >= a.Magnitude + b.Magnitude)
        {
            root.Refine();
        }

        var (low, high) = root.Bounds;
        return [Digits.Text(low.ToDouble(), 9), Digits.Text(high.ToDouble(), 9), Digits.Text(value, 9)];
    }
}
