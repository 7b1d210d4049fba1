using System.Globalization;
using System.Numerics;
using Eigenscope.Learning;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Learning;

public sealed class RationalTests
{
    [Fact]
    public void A_decimal_becomes_the_float64_that_the_platform_reads_for_it() =>
        Property.Holds(
            from digits in Gen.Choose(1, 40)
            from point in Gen.Choose(-60, 60)
            from text in Gen.Choose(0, 9).ListOf(digits)
            select (Digits: string.Concat(text), Point: point),
            2000,
            item =>
            {
                var whole = BigInteger.Parse(item.Digits, CultureInfo.InvariantCulture);
                var exact = item.Point >= 0 ? new Rational(whole * BigInteger.Pow(10, item.Point), 1) : new Rational(whole, BigInteger.Pow(10, -item.Point));
                Assert.Equal(double.Parse($"{item.Digits}E{item.Point}", CultureInfo.InvariantCulture), exact.ToDouble());
            });

    [Fact]
    public void Fractions_form_a_field() =>
        Property.Holds(
            from numbers in Gen.Choose(-50, 50).ListOf(6)
            select numbers.ToArray(),
            500,
            n =>
            {
                Rational Of(int i) => new(n[i], Math.Abs(n[i + 3]) + 1);
                var (a, b, c) = (Of(0), Of(1), Of(2));
                Assert.Equal(a * (b + c), (a * b) + (a * c));
                Assert.Equal(a, a - b + b);
                Assert.True(b.IsZero || a / b * b == a);
                Assert.True(BigInteger.GreatestCommonDivisor(a.Numerator, a.Denominator).IsOne && a.Denominator.Sign > 0);
                Assert.Equal(a.ToDouble().CompareTo(b.ToDouble()), a.CompareTo(b));
            });

    [Theory]
    [InlineData(9, 4, "3/2")]
    [InlineData(2, 1, null)]
    [InlineData(0, 1, "0")]
    [InlineData(-4, 1, null)]
    public void Only_squares_have_a_root(int numerator, int denominator, string? root) => Assert.Equal(root, new Rational(numerator, denominator).Root()?.ToString());

    [Fact]
    public void Roots_of_large_squares_are_exact()
    {
        var root = BigInteger.Pow(3, 200) + 7;
        Assert.Equal(root, Integers.Root(root * root));
        Assert.Null(Integers.Root((root * root) + 1));
    }

    [Fact]
    public void Nothing_is_divided_by_zero()
    {
        Assert.Throws<DivideByZeroException>(() => new Rational(1, 0));
        Assert.Throws<DivideByZeroException>(() => Rational.One / Rational.Zero);
        Assert.Equal("−1/3", new Rational(2, -6).ToString());
        Assert.Equal("0", default(Rational).ToString());
    }
}
