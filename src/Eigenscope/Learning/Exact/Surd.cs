using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>a + b sqrt(r), exact.</summary>
/// <param name="A">a.</param>
/// <param name="B">b; 0 for a rational number.</param>
/// <param name="Radicand">r, positive and no square; 1 where b is 0.</param>
internal readonly record struct Surd(Rational A, Rational B, BigInteger Radicand)
{
    /// <summary>True for a rational number.</summary>
    public bool IsRational => B.IsZero;

    /// <summary>a + b sqrt(x) for a rational x from 0.</summary>
    public static Surd Of(Rational a, Rational b, Rational x)
    {
        if (x.IsZero || b.IsZero)
        {
            return new(a, Rational.Zero, BigInteger.One);
        }

        var (factor, rest) = Integers.SplitSquares(x.Numerator * x.Denominator);
        var outer = b * new Rational(factor, x.Denominator);
        return rest.IsOne ? new(a + outer, Rational.Zero, BigInteger.One) : new(a, outer, rest);
    }

    /// <summary>sqrt(x) for a rational x from 0.</summary>
    public static Surd RootOf(Rational x) => Of(Rational.Zero, Rational.One, x);

    /// <summary>The square root as a sum of two square roots of rational numbers, sqrt(x) + sign sqrt(y) with x &gt;= y; null where it is none, or the number is below 0.</summary>
    /// <remarks>With t = sqrt(a^2 - b^2 r) rational, x and y are (a + t) / 2 and (a - t) / 2.</remarks>
    public (Rational X, Rational Y, int Sign)? Root()
    {
        return A.Sign > 0 && ((A * A) - (B * B * Radicand)).Root() is { } t ? ((A + t) / 2, (A - t) / 2, B.Sign) : null;
    }

    /// <summary>Such as 3/2, 2√5/3, 325 + √103705 or (3 − √5)/2.</summary>
    public override string ToString()
    {
        if (IsRational)
        {
            return A.ToString();
        }

        var common = A.Denominator * B.Denominator / BigInteger.GreatestCommonDivisor(A.Denominator, B.Denominator);
        var (a, b) = ((A * common).Numerator, (B * common).Numerator);
        var root = $"{(BigInteger.Abs(b).IsOne ? "" : (Rational)BigInteger.Abs(b))}√{(Rational)Radicand}";
        var sum = a.IsZero ? $"{(b.Sign < 0 ? "−" : "")}{root}" : $"{(Rational)a} {(b.Sign < 0 ? "−" : "+")} {root}";
        return common.IsOne ? sum : $"{(a.IsZero ? sum : $"({sum})")}/{(Rational)common}";
    }
}
