using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>A monic polynomial of degree up to 4 as a product of irreducible ones over the rational numbers.</summary>
/// <remarks>
/// Repeated factors are found by Yun's algorithm (1976), rational roots from the isolated real ones: times the common denominator they are whole numbers. In a product of two quadratic
/// factors of degree 4 the sum of their constants is a rational root of the resolvent cubic (Ferrari).
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
        var (rest, linear) = (squareFree, new List<Polynomial>());
        foreach (var root in RationalRoots(squareFree))
        {
            linear.Add(new Polynomial([-root, 1]));
            rest = rest.DivRem(linear[^1]).Quotient;
        }

        return rest.Degree switch
        {
            0 => linear,
            4 when Quadratics(rest) is var (first, second) => [.. linear, first, second],
            _ => [.. linear, rest],
        };
    }

    /// <summary>The rational roots, ascending.</summary>
    /// <param name="squareFree">Monic, without repeated roots.</param>
    private static IEnumerable<Rational> RationalRoots(Polynomial squareFree)
    {
        var denominator = squareFree.Coefficients.Aggregate(BigInteger.One, (d, c) => d * c.Denominator / BigInteger.GreatestCommonDivisor(d, c.Denominator));
        foreach (var root in RealRoot.Of(squareFree))
        {
            root.RefineBelow(new Rational(1, 2 * denominator));
            if (Nearest(root.Bounds.High, denominator) is var nearest && root.Holds(nearest) && squareFree.At(nearest).IsZero)
            {
                yield return nearest;
            }
        }
    }

    /// <summary>The two quadratic factors of a polynomial without rational roots, (x^2 + p x + q)(x^2 + r x + s); null where there are none.</summary>
    private static (Polynomial First, Polynomial Second)? Quadratics(Polynomial quartic)
    {
        var (b, c, d, e) = (quartic[3], quartic[2], quartic[1], quartic[0]);
        var resolvent = new Polynomial([(4 * c * e) - (b * b * e) - (d * d), (b * d) - (4 * e), -c, 1]);
        foreach (var sum in RationalRoots(resolvent))
        {
            if (Pair(b, c - sum) is var (p, r) && Pair(sum, e) is var (q, s))
            {
                q = (p * s) + (q * r) == d ? q : s;
                var first = new Polynomial([q, p, 1]);
                var (second, rest) = quartic.DivRem(first);
                if (rest.IsZero)
                {
                    return (first, second);
                }
            }
        }

        return null;
    }

    /// <summary>The two rational numbers of a sum and a product; null where they are none.</summary>
    private static (Rational Larger, Rational Smaller)? Pair(Rational sum, Rational product) =>
        ((sum * sum) - (4 * product)).Root() is { } root ? ((sum + root) / 2, (sum - root) / 2) : null;

    /// <summary>The multiple of 1 / denominator nearest to a number.</summary>
    private static Rational Nearest(Rational x, BigInteger denominator)
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
