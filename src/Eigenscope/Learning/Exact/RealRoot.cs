using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>A real root of a polynomial without repeated roots: an interval that holds it and no other, as narrow as is wanted.</summary>
/// <remarks>Roots are counted by Sturm's theorem (1829) and closed in by halving, in whole numbers, so that nothing is lost to rounding.</remarks>
internal sealed class RealRoot
{
    private readonly BigInteger[] polynomial;
    private readonly int signAbove;
    private BigInteger low;
    private BigInteger high;
    private int exponent;

    private RealRoot(BigInteger[] polynomial, BigInteger low, BigInteger high, int exponent)
    {
        (this.polynomial, this.low, this.high, this.exponent) = (polynomial, low, high, exponent);
        signAbove = Sign(polynomial, high, exponent);
        if (signAbove == 0)
        {
            this.low = high;
        }
    }

    /// <summary>The ends of the interval, which holds the upper one and not the lower one; equal where the root is that number.</summary>
    public (Rational Low, Rational High) Bounds => (new(low, BigInteger.One << exponent), new(high, BigInteger.One << exponent));

    /// <summary>The real roots, ascending.</summary>
    /// <param name="polynomial">Of degree at least 1, without repeated roots.</param>
    public static IReadOnlyList<RealRoot> Of(Polynomial polynomial)
    {
        var sequence = Sequence(polynomial).ConvertAll(Whole);
        var bound = polynomial.Coefficients.SkipLast(1).Select(c => (c / polynomial.Coefficients[^1]).Magnitude).DefaultIfEmpty(Rational.Zero).Max() + 1;
        var power = BigInteger.One << (int)BigInteger.Divide(bound.Numerator, bound.Denominator).GetBitLength();
        var roots = new List<RealRoot>();
        Isolate(sequence, -power, power, 0, roots);
        return roots;
    }

    /// <summary>True where a number lies in the interval.</summary>
    public bool Holds(Rational x) => Bounds is var (a, b) && x <= b && (a < x || x == b);

    /// <summary>Halves the interval.</summary>
    public void Refine()
    {
        if (low == high)
        {
            return;
        }

        var middle = low + high;
        (low, high, exponent) = (2 * low, 2 * high, exponent + 1);
        var sign = Sign(polynomial, middle, exponent);
        (low, high) = sign == 0 ? (middle, middle) : sign == signAbove ? (low, middle) : (middle, high);
    }

    /// <summary>Halves the interval until it is narrower than a width.</summary>
    public void RefineBelow(Rational width)
    {
        while (low != high && Bounds is var (a, b) && b - a >= width)
        {
            Refine();
        }
    }

    private static void Isolate(IReadOnlyList<BigInteger[]> sequence, BigInteger low, BigInteger high, int exponent, List<RealRoot> roots)
    {
        switch (Changes(sequence, low, exponent) - Changes(sequence, high, exponent))
        {
            case 0:
                return;
            case 1:
                roots.Add(new RealRoot(sequence[0], low, high, exponent));
                return;
            default:
                var middle = low + high;
                Isolate(sequence, 2 * low, middle, exponent + 1, roots);
                Isolate(sequence, middle, 2 * high, exponent + 1, roots);
                return;
        }
    }

    /// <summary>p, p' and the negative remainders of Euclid's algorithm.</summary>
    private static List<Polynomial> Sequence(Polynomial p)
    {
        var sequence = new List<Polynomial> { p, p.Derivative };
        while (sequence[^2].DivRem(sequence[^1]).Remainder is { IsZero: false } rest)
        {
            sequence.Add(rest * -1);
        }

        return sequence;
    }

    /// <summary>The coefficients times a positive number that makes them whole.</summary>
    private static BigInteger[] Whole(Polynomial polynomial)
    {
        var multiple = polynomial.Coefficients.Aggregate(BigInteger.One, (m, c) => m * c.Denominator / BigInteger.GreatestCommonDivisor(m, c.Denominator));
        return [.. polynomial.Coefficients.Select(c => (c * multiple).Numerator)];
    }

    private static int Changes(IReadOnlyList<BigInteger[]> sequence, BigInteger at, int exponent)
    {
        var (changes, last) = (0, 0);
        foreach (var sign in sequence.Select(p => Sign(p, at, exponent)).Where(sign => sign != 0))
        {
            changes += last != 0 && sign != last ? 1 : 0;
            last = sign;
        }

        return changes;
    }

    /// <summary>The sign of p(m / 2^k), by Horner's rule for 2^(k degree) p.</summary>
    private static int Sign(BigInteger[] p, BigInteger m, int k)
    {
        var value = BigInteger.Zero;
        for (var i = p.Length - 1; i >= 0; i--)
        {
            value = (value * m) + (p[i] << (k * (p.Length - 1 - i)));
        }

        return value.Sign;
    }
}
