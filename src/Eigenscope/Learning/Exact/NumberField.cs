namespace Eigenscope.Learning;

/// <summary>The rational numbers and one root lambda of an irreducible polynomial: sums of powers of lambda, in which one divides exactly.</summary>
/// <param name="modulus">The polynomial, monic, irreducible; of degree 1 the numbers are the rational ones.</param>
internal sealed class NumberField(Polynomial modulus)
{
    /// <summary>The rational numbers.</summary>
    public static NumberField Rationals { get; } = new(Polynomial.Variable);

    /// <summary>The polynomial.</summary>
    public Polynomial Modulus => modulus;

    /// <summary>lambda.</summary>
    public FieldNumber Generator => Of(Polynomial.Variable);

    /// <summary>A rational number.</summary>
    public FieldNumber Of(Rational value) => Of(Polynomial.Constant(value));

    /// <summary>A sum of powers of lambda.</summary>
    public FieldNumber Of(Polynomial value) => new(this, value.DivRem(modulus).Remainder);

    /// <summary>1 / x for x other than 0, by Euclid's algorithm: s x + t modulus = 1.</summary>
    public Polynomial Inverse(Polynomial x)
    {
        var (a, b) = (modulus, x);
        var (s, next) = (Polynomial.Constant(0), Polynomial.Constant(1));
        while (b.Degree > 0)
        {
            var (quotient, rest) = a.DivRem(b);
            (a, b, s, next) = (b, rest, next, s - (quotient * next));
        }

        return next * (Rational.One / b[0]);
    }
}

/// <summary>A number of a <see cref="NumberField"/>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The number as a polynomial in lambda, of lower degree than that of the field.</param>
internal readonly record struct FieldNumber(NumberField Field, Polynomial Value)
{
    /// <summary>How often an interval is halved before it is tried again.</summary>
    private const int Halvings = 32;

    /// <summary>True for 0.</summary>
    public bool IsZero => Value.IsZero;

    /// <summary>The number where it is rational; null else.</summary>
    public Rational? Rational => Value.Degree <= 0 ? Value[0] : null;

    /// <summary>The nearest float64 but for the last digit, however much its powers cancel; an infinity or 0 where it lies beyond them.</summary>
    /// <param name="root">Which of the roots lambda is.</param>
    public double ToDouble(RealRoot root)
    {
        if (Rational is { } rational)
        {
            return rational.ToDouble();
        }

        for (; ; )
        {
            var (low, high) = RangeOver(root.Bounds);
            var (a, b) = (low.ToDouble(), high.ToDouble());
            if (low.Sign == high.Sign && low.Sign != 0 && (a == b || Math.Abs(b - a) <= Math.BitIncrement(Math.Abs(a)) - Math.Abs(a)))
            {
                return a;
            }

            for (var step = 0; step < Halvings; step++)
            {
                root.Refine();
            }
        }
    }

    /// <summary>The sum.</summary>
    public static FieldNumber operator +(FieldNumber a, FieldNumber b) => new(a.Field, a.Value + b.Value);

    /// <summary>The difference.</summary>
    public static FieldNumber operator -(FieldNumber a, FieldNumber b) => new(a.Field, a.Value - b.Value);

    /// <summary>A multiple.</summary>
    public static FieldNumber operator *(FieldNumber a, Rational factor) => new(a.Field, a.Value * factor);

    /// <summary>The product.</summary>
    public static FieldNumber operator *(FieldNumber a, FieldNumber b) => a.Field.Of(a.Value * b.Value);

    /// <summary>The quotient; the divisor is not 0.</summary>
    public static FieldNumber operator /(FieldNumber a, FieldNumber b) => a.Field.Of(a.Value * a.Field.Inverse(b.Value));

    /// <summary>What the value may be where lambda is anywhere in an interval.</summary>
    private (Rational Low, Rational High) RangeOver((Rational Low, Rational High) lambda)
    {
        var (low, high) = (Learning.Rational.Zero, Learning.Rational.Zero);
        for (var k = Value.Degree; k >= 0; k--)
        {
            Rational[] ends = [low * lambda.Low, low * lambda.High, high * lambda.Low, high * lambda.High];
            (low, high) = (ends.Min() + Value[k], ends.Max() + Value[k]);
        }

        return (low, high);
    }
}
