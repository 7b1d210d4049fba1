using System.Globalization;
using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>An exact fraction in lowest terms.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    /// <summary>A fraction.</summary>
    /// <param name="numerator">What is divided.</param>
    /// <param name="denominator">What it is divided by.</param>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (this.numerator, this.denominator) = (numerator / divisor, denominator / divisor);
    }

    /// <summary>0.</summary>
    public static Rational Zero => default;

    /// <summary>1.</summary>
    public static Rational One => new(1, 1);

    /// <summary>The upper number, with the sign.</summary>
    public BigInteger Numerator => numerator;

    /// <summary>The lower number, at least 1.</summary>
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => numerator.Sign;

    /// <summary>True for 0.</summary>
    public bool IsZero => numerator.IsZero;

    /// <summary>True where the denominator is 1.</summary>
    public bool IsWhole => Denominator.IsOne;

    /// <summary>The number without its sign.</summary>
    public Rational Magnitude => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>The nearest float64; an infinity or 0 where it lies beyond them.</summary>
    public double ToDouble()
    {
        if (IsZero)
        {
            return 0;
        }

        var shift = 64 - (int)(BigInteger.Abs(Numerator).GetBitLength() - Denominator.GetBitLength());
        var scaled = BigInteger.Abs(Numerator) << Math.Max(shift, 0);
        var quotient = BigInteger.DivRem(scaled, Denominator << Math.Max(-shift, 0), out var rest);
        var excess = (int)quotient.GetBitLength() - 63;
        var isInexact = !rest.IsZero || !(quotient & ((BigInteger.One << excess) - 1)).IsZero;
        var leading = (long)(quotient >> excess) | (isInexact ? 1L : 0L);
        return Sign * Math.ScaleB(leading, excess - shift);
    }

    /// <summary>The rational square root; null where there is none.</summary>
    public Rational? Root() =>
        Sign >= 0 && Integers.Root(Numerator) is { } upper && Integers.Root(Denominator) is { } lower ? new Rational(upper, lower) : null;

    /// <summary>Whole numbers as such, else numerator / denominator.</summary>
    public override string ToString() => (IsWhole ? Numerator.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}")).Replace('-', '\u2212');

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <inheritdoc/>
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(int value) => new(value, 1);

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(BigInteger value) => new(value, 1);

    /// <summary>The sum.</summary>
    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational a, Rational b) => a + -b;

    /// <summary>The opposite.</summary>
    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    /// <summary>The product.</summary>
    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The quotient.</summary>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>True where they are equal.</summary>
    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    /// <summary>True where they differ.</summary>
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>True where the first is less.</summary>
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    /// <summary>True where the first is greater.</summary>
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    /// <summary>True where the first is not greater.</summary>
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    /// <summary>True where the first is not less.</summary>
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;
}
