using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>A monic polynomial of degree up to 4 as a product of irreducible ones over the rational numbers.</summary>
/// <remarks>
/// Repeated factors are found by Yun's algorithm (1976), rational roots and quadratic factors from the isolated real roots: times the common denominator they are whole numbers, or have whole sums and products.
/// A factor of degree 4 with no real roots is left as it is, also where it is a product.
/// </remarks>
internal static class Factorization
{
    /// <summary>The factors, monic, each with how often it occurs.</summary>
    public static IReadOnlyList<(Polynomial Factor, int Multiplicity)> Of(Polynomial monic) =>
        [.. SquareFree(monic).SelectMany(part => Irreducible(part.Factor).Select(factor => (factor, part.Multiplicity)))];

    private static IEnumerable<(Polynomial Factor, int Multiplicity)> SquareFree(Polynomial f)
    {
        var common = Polynomial.GreatestCommonDivisor(f, f.Derivative);
        var (b, c) = (f.DivRem(common).Quotient, f.Derivative.DivRem(common).Quotient);
        for (var multiplicity = 1; b.Degree > 0; multiplicity++)
        {
            var d = c - b.Derivative;
            var factor = d.IsZero ? b.Monic : Polynomial.GreatestCommonDivisor(b, d);
            if (factor.Degree > 0)
            {
                yield return (factor, multiplicity);
            }

            (b, c) = (b.DivRem(factor).Quotient, d.DivRem(factor).Quotient);
        }
    }

    private static List<Polynomial> Irreducible(Polynomial squareFree)
    {
        var denominator = squareFree.Coefficients.Aggregate(BigInteger.One, (d, c) => d * c.Denominator / BigInteger.GreatestCommonDivisor(d, c.Denominator));
        var roots = RealRoot.Of(squareFree);
        var largest = roots.Select(root => root.Bounds.Low.Magnitude + root.Bounds.High.Magnitude).DefaultIfEmpty(Rational.Zero).Max() + 1;
        var (rest, linear) = (squareFree, new List<Polynomial>());
        foreach (var root in roots)
        {
            root.RefineBelow(Rational.One / (8 * largest * denominator * denominator));
            if (Divide(rest, [Whole(root.Bounds.High, denominator), 1]) is var (factor, quotient))
            {
                linear.Add(factor);
                rest = quotient;
            }
        }

        return rest.Degree switch
        {
            0 => linear,
            4 when Quadratics(rest, roots, denominator) is var (first, second) => [.. linear, first, second],
            _ => [.. linear, rest],
        };
    }

    /// <summary>Two quadratic factors: two of the roots belong to one of them.</summary>
    private static (Polynomial First, Polynomial Second)? Quadratics(Polynomial quartic, IReadOnlyList<RealRoot> roots, BigInteger denominator)
    {
        for (var j = 1; j < roots.Count; j++)
        {
            for (var i = 0; i < j; i++)
            {
                var (a, b) = (roots[i].Bounds.High, roots[j].Bounds.High);
                if (Divide(quartic, [-Whole(a * b, denominator * denominator), Whole(a + b, denominator), 1]) is { } pair)
                {
                    return pair;
                }
            }
        }

        return null;
    }

    /// <summary>The polynomial whose coefficients are the opposite of those given but for the leading one, and what it leaves of another; null where it is no divisor.</summary>
    private static (Polynomial Factor, Polynomial Quotient)? Divide(Polynomial whole, Rational[] opposite)
    {
        var factor = new Polynomial([.. opposite[..^1].Select(c => -c), opposite[^1]]);
        var (quotient, rest) = whole.DivRem(factor);
        return rest.IsZero ? (factor, quotient) : null;
    }

    /// <summary>The multiple of 1 / denominator nearest to a number.</summary>
    private static Rational Whole(Rational x, BigInteger denominator)
    {
        var scaled = (x * denominator) + new Rational(1, 2);
        return new Rational(Floor(scaled), denominator);
    }

    private static BigInteger Floor(Rational x)
    {
        var quotient = BigInteger.DivRem(x.Numerator, x.Denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
