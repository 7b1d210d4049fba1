namespace Eigenscope.Learning;

/// <summary>How exact numbers are written: as they are where that is short, else as decimals.</summary>
internal static class ExactText
{
    private const int Longest = 28;

    /// <summary>A fraction; as a decimal where it is long.</summary>
    public static string Of(Rational number) => Short(number.ToString()) ?? Digits.Text(number.ToDouble());

    /// <summary>A number of the eigenvalue's field.</summary>
    public static string Of(ExactEigenvalue eigenvalue, FieldNumber number) => Exactly(eigenvalue, number) ?? Digits.Text(eigenvalue.ToDouble(number));

    /// <summary>The square root of a number of the eigenvalue's field that is not negative.</summary>
    public static string Root(ExactEigenvalue eigenvalue, FieldNumber number) =>
        eigenvalue.SurdOf(number) is { } surd && Short(Root(surd)) is { } text ? text : Digits.Text(Math.Sqrt(eigenvalue.ToDouble(number)));

    /// <summary>The square root of a number that is not negative: such as 5, 2√3, (1 + √5)/2, √2 + √3, √(325 + √103705).</summary>
    public static string Root(Surd surd)
    {
        if (surd.IsRational)
        {
            return Surd.RootOf(surd.A).ToString();
        }

        if (surd.Root() is not var (x, y, sign))
        {
            return $"√({surd})";
        }

        var (first, second) = (Surd.RootOf(x), Surd.RootOf(y));
        return first.IsRational ? new Surd(first.A, sign * second.B, second.Radicand).ToString()
            : second.IsRational ? new Surd(sign * second.A, first.B, first.Radicand).ToString()
            : $"{first} {(sign < 0 ? "−" : "+")} {second}";
    }

    /// <summary>A number as a factor: in brackets where it is a sum, a product, a fraction or negative.</summary>
    public static string Factor(string number) => number.AsSpan().IndexOfAny(" /·") >= 0 || number.StartsWith('−') ? $"({number})" : number;

    /// <summary>A polynomial from the highest power down, such as λ² − 26λ + 25.</summary>
    public static string Of(Polynomial polynomial, string variable = "λ")
    {
        var text = "";
        for (var power = polynomial.Degree; power >= 0; power--)
        {
            var coefficient = polynomial[power];
            if (!coefficient.IsZero)
            {
                var sign = coefficient.Sign < 0 ? "−" : "+";
                text += text.Length == 0 ? coefficient.Sign < 0 ? "−" : "" : $" {sign} ";
                text += Term(coefficient.Magnitude, power, variable);
            }
        }

        return text.Length == 0 ? "0" : text;
    }

    /// <summary>A product of factors, such as λ(λ − 1)².</summary>
    public static string Of(IReadOnlyList<(Polynomial Factor, int Multiplicity)> factors) =>
        string.Concat(factors.OrderBy(part => part.Factor[0].IsZero ? 0 : 1).ThenBy(part => part.Factor.Degree).Select(part => $"{Bracketed(part.Factor, factors.Count > 1 || part.Multiplicity > 1)}{(part.Multiplicity > 1 ? Digits.Superscript(part.Multiplicity) : "")}"));

    /// <summary>Such as x₁ = 2 x₂ − x₃, for a row of a reduced echelon form.</summary>
    public static string Equation(ExactEigenvalue eigenvalue, ExactElimination elimination, int row, char unknown)
    {
        var text = "";
        foreach (var free in elimination.Free.Where(free => !elimination.Reduced[row, free].IsZero))
        {
            var factor = Of(eigenvalue, elimination.Reduced[row, free] * -1);
            var isNegative = !factor.Contains(' ') && factor.StartsWith('−');
            var magnitude = isNegative ? factor[1..] : factor;
            text += text.Length == 0 ? isNegative ? "−" : "" : isNegative ? " − " : " + ";
            text += $"{(magnitude == "1" ? "" : $"{(magnitude.Contains(' ') && !magnitude.StartsWith('(') ? $"({magnitude})" : magnitude)} ")}{unknown}{Digits.Subscript(free + 1)}";
        }

        return $"{unknown}{Digits.Subscript(elimination.Pivots[row] + 1)} = {(text.Length == 0 ? "0" : text)}";
    }

    private static string? Exactly(ExactEigenvalue eigenvalue, FieldNumber number) => eigenvalue.SurdOf(number) is { } surd ? Short(surd.ToString()) : null;

    /// <summary>A text that is short enough to be read; null else.</summary>
    public static string? Short(string? text) => text?.Length <= Longest ? text : null;

    private static string Term(Rational magnitude, int power, string variable)
    {
        var letters = power switch { 0 => "", 1 => variable, _ => variable + Digits.Superscript(power) };
        var number = Of(magnitude);
        return power == 0 ? number : magnitude == Rational.One ? letters : magnitude.IsWhole ? $"{number}{letters}" : $"({number}){letters}";
    }

    private static string Bracketed(Polynomial factor, bool isWanted) => factor.Degree == 1 && factor[0].IsZero ? Of(factor) : isWanted ? $"({Of(factor)})" : Of(factor);
}
