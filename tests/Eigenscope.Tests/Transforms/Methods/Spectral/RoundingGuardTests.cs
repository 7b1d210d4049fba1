using Eigenscope.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>A change of low rank that is stored in a type of few digits: what lies beyond its rank is rounding.</summary>
public class RoundingGuardTests
{
    private const int Rows = 96, Columns = 72, Rank = 4;

    [Theory]
    [InlineData(DType.BF16, 0.5)]
    [InlineData(DType.F16, 0.1)]
    [InlineData(DType.F32, 0.01)]
    public void The_rank_that_was_given_is_found(DType type, double size)
    {
        var facts = Merged("iso_c", type, size, "default");
        Assert.Equal(Rank, facts.Values.Single(value => value.Key == "rank").Value);
        Assert.Empty(facts.Warnings);
    }

    /// <summary>As of a model that is stored in more digits than its base.</summary>
    [Fact]
    public void A_change_below_the_rounding_is_averaged()
    {
        var facts = Merged("spectral_aware", DType.F64, 1e-4, "default", DType.BF16.Epsilon());
        Assert.Equal(("weighted_average", "a change is no larger than the rounding errors of its type"), (facts.Route, facts.Reason));
    }

    [Fact]
    public void The_published_method_says_that_it_takes_rounding_for_directions() => Assert.NotEmpty(Merged("iso_c", DType.F16, 0.1, "paper").Warnings);

    private static MergeFacts Merged(string method, DType type, double size, string variant, double? epsilon = null)
    {
        var weights = Normal(1, Rows * Columns, 1);
        var basis = Rounded(type, weights);
        MergeModel[] models = [.. Enumerable.Range(0, 2).Select(i => new MergeModel(i, new ArrayElements([Rows, Columns], Rounded(type, Tuned(basis, size * (1 + (0.3 * i))))), new Dictionary<string, object>(StringComparer.Ordinal)))];
        var setup = new MergeSetup(method, [Rows, Columns], new ArrayElements([Rows, Columns], basis), models, new Dictionary<string, object>(StringComparer.Ordinal) { ["variant"] = variant }) { Epsilon = epsilon ?? type.Epsilon() };
        return MergedElements.WithFacts(setup).Facts;
    }

    /// <summary>The base and a change of the rank.</summary>
    private static double[] Tuned(double[] basis, double size)
    {
        double[] up = Normal(2, Rows * Rank, 1), down = Normal(3, Rank * Columns, 1);
        return [.. basis.Select((x, k) => x + (size * Enumerable.Range(0, Rank).Sum(r => up[(k / Columns * Rank) + r] * down[(r * Columns) + (k % Columns)]) / Math.Sqrt(Rank)))];
    }

    private static double[] Rounded(DType type, double[] values)
    {
        var bytes = new byte[values.Length * type.Bits() / 8];
        Narrowing.ToNearest(type, values, bytes);
        var stored = new double[values.Length];
        Widening.ToDouble(type, bigEndian: false, bytes, stored);
        return stored;
    }

    private static double[] Normal(int seed, int count, double deviation)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
