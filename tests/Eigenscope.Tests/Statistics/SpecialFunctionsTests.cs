using System.Globalization;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>Values of special-functions.txt, a line each: name, arguments, value. They were computed to 50 digits with mpmath 1.2.</summary>
public sealed class SpecialFunctionsTests
{
    private static readonly ILookup<string, double[]> Values = File
        .ReadLines(Path.Combine(SharedFiles.Repository, "tests", "Eigenscope.Tests", "Statistics", "special-functions.txt"))
        .Select(line => line.Split(' '))
        .ToLookup(words => words[0], words => words[1..].Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray());

    private static readonly Dictionary<string, Func<double[], double>> Functions = new()
    {
        ["LogGamma"] = x => SpecialFunctions.LogGamma(x[0]),
        ["LogGammaNegative"] = x => SpecialFunctions.LogGamma(x[0]),
        ["Digamma"] = x => SpecialFunctions.Digamma(x[0]),
        ["DigammaNegative"] = x => SpecialFunctions.Digamma(x[0]),
        ["LogMinusDigamma"] = x => SpecialFunctions.LogMinusDigamma(x[0]),
        ["Trigamma"] = x => SpecialFunctions.Trigamma(x[0]),
        ["TrigammaNegative"] = x => SpecialFunctions.Trigamma(x[0]),
        ["Erf"] = x => SpecialFunctions.Erf(x[0]),
        ["Erfc"] = x => SpecialFunctions.Erfc(x[0]),
        ["LogErfc"] = x => SpecialFunctions.LogErfc(x[0]),
        ["ScaledErfc"] = x => SpecialFunctions.ScaledErfc(x[0]),
        ["NormalCdf"] = x => SpecialFunctions.NormalCdf(x[0]),
        ["LogNormalCdf"] = x => SpecialFunctions.LogNormalCdf(x[0]),
        ["NormalQuantile"] = x => SpecialFunctions.NormalQuantile(x[0]),
        ["RegularizedGammaP"] = x => SpecialFunctions.RegularizedGammaP(x[0], x[1]),
        ["RegularizedGammaQ"] = x => SpecialFunctions.RegularizedGammaQ(x[0], x[1]),
        ["LogUpperGamma"] = x => SpecialFunctions.LogUpperGamma(x[0], x[1]),
        ["RegularizedBeta"] = x => SpecialFunctions.RegularizedBeta(x[0], x[1], x[2]),
        ["Airy"] = x => SpecialFunctions.Airy(x[0]),
        ["AiryDerivative"] = x => SpecialFunctions.AiryPair(x[0]).Derivative,
        ["Log1p"] = x => SpecialFunctions.Log1p(x[0]),
        ["Expm1"] = x => SpecialFunctions.Expm1(x[0]),
    };

    [Theory]
    [InlineData("LogGamma", 1e-14)]
    [InlineData("LogGammaNegative", 1e-14)]
    [InlineData("Digamma", 1e-14)]
    [InlineData("DigammaNegative", 1e-14)]
    [InlineData("LogMinusDigamma", 1e-13)]
    [InlineData("Trigamma", 1e-14)]
    [InlineData("TrigammaNegative", 1e-13)]
    [InlineData("Erf", 1e-14)]
    [InlineData("Erfc", 1e-14)]
    [InlineData("LogErfc", 1e-14)]
    [InlineData("ScaledErfc", 1e-14)]
    [InlineData("NormalCdf", 1e-13)]
    [InlineData("LogNormalCdf", 1e-13)]
    [InlineData("NormalQuantile", 1e-13)]
    [InlineData("RegularizedGammaP", 3e-13)]
    [InlineData("RegularizedGammaQ", 3e-13)]
    [InlineData("RegularizedBeta", 1e-13)]
    [InlineData("Log1p", 2e-15)]
    [InlineData("Expm1", 2e-15)]
    public void The_relative_error_is_as_stated(string name, double bound)
    {
        var errors = Values[name].Select(row => (Error: Math.Abs((Functions[name](row) / row[^1]) - 1), Row: row)).ToList();
        var worst = errors.MaxBy(item => double.IsNaN(item.Error) ? double.MaxValue : item.Error);
        Assert.True(worst.Error <= bound, $"{name}({string.Join(", ", worst.Row[..^1])}): {worst.Error}");
    }

    [Fact]
    public void The_logarithm_of_the_upper_gamma_function_is_as_exact_as_its_terms()
    {
        Assert.All(Values["LogUpperGamma"], row =>
        {
            var scale = new[] { 1, Math.Abs(row[0] * Math.Log(row[1])), row[1], Math.Abs(row[2]) }.Max();
            Assert.Equal(row[2], SpecialFunctions.LogUpperGamma(row[0], row[1]), 1e-13 * scale);
        });
    }

    [Theory]
    [InlineData("Airy", 1e-14)]
    [InlineData("AiryDerivative", 1e-13)]
    public void The_airy_function_is_exact_relatively_where_it_decays_and_absolutely_where_it_oscillates(string name, double absolute)
    {
        Assert.All(Values[name], row => Assert.Equal(row[1], Functions[name](row), row[0] >= 0 ? 1e-13 * Math.Abs(row[1]) : absolute));
    }

    [Fact]
    public void Limits_are_exact()
    {
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.LogGamma(0));
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.LogGamma(-3));
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.LogGamma(double.PositiveInfinity));
        Assert.Equal(0, SpecialFunctions.LogGamma(1));
        Assert.Equal(0, SpecialFunctions.LogGamma(2));
        Assert.Equal(0, SpecialFunctions.Erf(0));
        Assert.Equal(1, SpecialFunctions.Erf(double.PositiveInfinity));
        Assert.Equal(0, SpecialFunctions.Erfc(double.PositiveInfinity));
        Assert.Equal(2, SpecialFunctions.Erfc(double.NegativeInfinity));
        Assert.Equal(0, SpecialFunctions.NormalQuantile(0.5));
        Assert.Equal(double.NegativeInfinity, SpecialFunctions.NormalQuantile(0));
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.NormalQuantile(1));
        Assert.Equal((0, 1), (SpecialFunctions.RegularizedGammaP(2, 0), SpecialFunctions.RegularizedGammaQ(2, 0)));
        Assert.Equal((1, 0), (SpecialFunctions.RegularizedGammaP(2, double.PositiveInfinity), SpecialFunctions.RegularizedGammaQ(2, double.PositiveInfinity)));
        Assert.Equal((0, 1), (SpecialFunctions.RegularizedBeta(2, 3, 0), SpecialFunctions.RegularizedBeta(2, 3, 1)));
        Assert.Equal(0, SpecialFunctions.Airy(1e3));
    }

    [Fact]
    public void Outside_their_range_functions_are_not_a_number()
    {
        Assert.All(Functions.Keys, name => Assert.Equal(double.NaN, Functions[name]([double.NaN, double.NaN, double.NaN])));
        Assert.Equal(double.NaN, SpecialFunctions.NormalQuantile(-0.1));
        Assert.Equal(double.NaN, SpecialFunctions.RegularizedGammaP(0, 1));
        Assert.Equal(double.NaN, SpecialFunctions.RegularizedGammaQ(1, -1));
        Assert.Equal(double.NaN, SpecialFunctions.LogUpperGamma(1, 0));
        Assert.Equal(double.NaN, SpecialFunctions.RegularizedBeta(1, 1, 1.1));
        Assert.Equal(double.NaN, SpecialFunctions.Airy(-21));
        Assert.Equal(double.NaN, SpecialFunctions.Digamma(-2));
        Assert.Equal(double.NaN, SpecialFunctions.Trigamma(0));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var sum = 0.0;
        Allocations.None(() =>
        {
            for (var x = 0.05; x < 20; x += 0.05)
            {
                sum += SpecialFunctions.LogGamma(x) + SpecialFunctions.Digamma(x) + SpecialFunctions.Trigamma(x) + SpecialFunctions.LogErfc(x)
                    + SpecialFunctions.NormalQuantile(x / 20) + SpecialFunctions.Airy(x - 10) + SpecialFunctions.RegularizedBeta(2, 3, x / 20)
                    + SpecialFunctions.LogUpperGamma(1 - x, x) + SpecialFunctions.RegularizedGammaP(x, 3) + SpecialFunctions.RegularizedGammaQ(x, 3);
            }
        });
        Assert.NotEqual(double.NaN, sum);
    }
}
