using Eigenscope.Learning;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Learning;

/// <summary>Polynomials and what they are made of.</summary>
public sealed class FactorizationTests
{
    [Theory]
    [InlineData(new[] { 36, -60, 25 }, new[] { "1:λ − 6/5:2" })]
    [InlineData(new[] { 0, 0, 0, 0, 1 }, new[] { "1:λ:4" })]
    [InlineData(new[] { 6, 0, -5, 0, 1 }, new[] { "2:λ² − 3:1", "2:λ² − 2:1" })]
    [InlineData(new[] { 4, 0, -4, 0, 1 }, new[] { "2:λ² − 2:2" })]
    [InlineData(new[] { -2, 0, 0, 1 }, new[] { "3:λ³ − 2:1" })]
    [InlineData(new[] { 1, 0, -10, 0, 1 }, new[] { "4:λ⁴ − 10λ² + 1:1" })]
    [InlineData(new[] { -2, 2, -1, 1 }, new[] { "1:λ − 1:1", "2:λ² + 2:1" })]
    [InlineData(new[] { 2, 0, 3, 0, 1 }, new[] { "2:λ² + 1:1", "2:λ² + 2:1" })]
    [InlineData(new[] { 96, 84, 35, 8, 1 }, new[] { "2:λ² + 3λ + 12:1", "2:λ² + 5λ + 8:1" })]
    [InlineData(new[] { 4, 0, 0, 0, 1 }, new[] { "2:λ² − 2λ + 2:1", "2:λ² + 2λ + 2:1" })]
    [InlineData(new[] { 1, 0, 0, 0, 1 }, new[] { "4:λ⁴ + 1:1" })]
    public void Known_factors(int[] ascending, string[] factors)
    {
        var found = Factorization.Of(new Polynomial(ascending.Select(c => (Rational)c)).Monic).Select(part => $"{part.Factor.Degree}:{ExactText.Of(part.Factor)}:{part.Multiplicity}");
        Assert.Equal(factors.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_factors_multiply_to_the_polynomial_and_their_roots_are_its_roots() =>
        Property.Holds(
            from coefficients in Gen.Choose(-12, 12).ListOf(4)
            from denominator in Gen.Choose(1, 4)
            select new Polynomial([.. coefficients.Select(c => new Rational(c, denominator)), 1]),
            400,
            polynomial =>
            {
                var factors = Factorization.Of(polynomial);
                var product = factors.SelectMany(part => Enumerable.Repeat(part.Factor, part.Multiplicity)).Aggregate(Polynomial.Constant(1), (a, b) => a * b);
                Assert.Equal(polynomial.Coefficients, product.Coefficients);
                foreach (var root in factors.SelectMany(part => RealRoot.Of(part.Factor)))
                {
                    root.RefineBelow(new Rational(1, 1_000_000));
                    var (low, high) = root.Bounds;
                    Assert.True(low == high ? polynomial.At(low).IsZero : factors.Any(part => part.Factor.At(low).Sign != part.Factor.At(high).Sign));
                }
            });

    [Fact]
    public void A_product_of_two_quadratic_polynomials_comes_apart() =>
        Property.Holds(
            from coefficients in Gen.Choose(-9, 9).ListOf(4)
            from denominator in Gen.Choose(1, 4)
            select (First: new Polynomial([new Rational(coefficients[0], denominator), coefficients[1], 1]), Second: new Polynomial([coefficients[2], new Rational(coefficients[3], denominator), 1])),
            400,
            pair => Assert.All(Factorization.Of(pair.First * pair.Second), part => Assert.InRange(part.Factor.Degree, 1, 2)));

    [Fact]
    public void A_number_times_its_inverse_is_one() =>
        Property.Holds(
            from entries in Gen.Choose(-9, 9).ListOf(3)
            select new Polynomial(entries.Select(c => (Rational)c)),
            200,
            value =>
            {
                foreach (var field in new[] { new NumberField(new Polynomial([-2, 0, 0, 1])), new NumberField(new Polynomial([1, 0, -10, 0, 1])), new NumberField(new Polynomial([-5, 0, 1])) })
                {
                    var number = field.Of(value);
                    if (!number.IsZero)
                    {
                        Assert.Equal(Rational.One, (number / number).Rational);
                        Assert.Equal(Rational.One, (number * field.Of(field.Inverse(number.Value))).Rational);
                    }
                }
            });

    [Fact]
    public void Cancelling_powers_lose_no_digits()
    {
        // (sqrt(2) - 1414213562373095 / 10^15) is 5e-17, by far below the rounding of its terms.
        var root = RealRoot.Of(new Polynomial([-2, 0, 1]))[1];
        var number = new NumberField(new Polynomial([-2, 0, 1])).Of(new Polynomial([-new Rational(1414213562373095, 1_000_000_000_000_000), 1]));
        Assert.Equal(4.880168872420969807e-17, number.ToDouble(root), 1e-31);
    }

    [Theory]
    [InlineData(1, 2, 5, "1 + 2√5")]
    [InlineData(0, -1, 12, "−2√3")]
    [InlineData(3, 1, 4, "5")]
    [InlineData(0, 1, 0, "0")]
    public void Square_factors_leave_the_root(int a, int b, int radicand, string text) => Assert.Equal(text, Surd.Of(a, b, radicand).ToString());

    [Theory]
    [InlineData(3, 2, 2, "1 + √2")]
    [InlineData(3, -2, 2, "−1 + √2")]
    [InlineData(5, 2, 6, "√3 + √2")]
    [InlineData(325, 1, 103705, "√(325 + √103705)")]
    public void Nested_roots_are_undone_where_they_can_be(int a, int b, int radicand, string text) => Assert.Equal(text, ExactText.Root(Surd.Of(a, b, radicand)));
}
