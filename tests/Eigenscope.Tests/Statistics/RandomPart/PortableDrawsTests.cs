using System.Globalization;
using System.Text.Json;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class PortableDrawsTests
{
    private const int Count = 100000;

    [Fact]
    public void Agrees_with_the_reference()
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "theory", "phase_examples.json")));
        var check = reference.RootElement.GetProperty("rng_check");
        var (words, uniform, normal) = (new SplitMix64(1), new PortableDraws(1), new PortableDraws(1));
        Assert.All(check.GetProperty("first_u64").EnumerateArray().ToList(), value => Assert.Equal(ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture), words.Next()));
        Assert.All(check.GetProperty("first_uniform").EnumerateArray().ToList(), value => Assert.Equal(value.GetDouble(), uniform.Uniform()));
        Assert.All(check.GetProperty("first_normal").EnumerateArray().ToList(), value => Assert.Equal(value.GetDouble(), normal.Normal(), 1e-14));
    }

    /// <summary>E chi_k^2 = k and E chi_k^4 = k (k + 2).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void Squares_of_chi_have_the_moments_of_their_law(int degrees)
    {
        var draws = new PortableDraws((ulong)degrees);
        var squares = Enumerable.Range(0, Count).Select(_ => draws.Chi(degrees)).Select(x => x * x).ToList();
        var error = 5 * Math.Sqrt(2.0 * degrees / Count);
        Assert.Equal(degrees, squares.Average(), error);
        Assert.Equal(degrees * (degrees + 2.0), squares.Average(x => x * x), error * (4 + (4 * degrees)));
    }

    [Fact]
    public void Heavy_tails_have_their_exponents()
    {
        var draws = new PortableDraws(7);
        var pareto = Enumerable.Range(0, Count).Select(_ => draws.SymmetricPareto(1.5)).ToList();
        Assert.Equal(Math.Pow(4, -1.5), pareto.Average(x => Math.Abs(x) > 4 ? 1.0 : 0), 0.005);
        Assert.Equal(0.5, pareto.Average(x => x > 0 ? 1.0 : 0), 0.01);
        Assert.Equal(0.05, Enumerable.Range(0, Count).Average(_ => Math.Abs(draws.Student(3)) > 3.1824463 ? 1.0 : 0), 0.004);
    }
}
