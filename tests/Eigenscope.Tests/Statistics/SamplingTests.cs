using System.Globalization;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics;

public sealed class SamplingTests
{
    [Fact]
    public void The_first_numbers_are_those_of_the_reference()
    {
        var check = TheoryReference.Of("phase_examples").GetProperty("rng_check");
        var seed = check.GetProperty("seed").GetUInt64();
        var words = new Eigenscope.LinearAlgebra.SplitMix64(seed);
        var (uniform, normal) = (new Sampling(seed), new Sampling(seed));
        Assert.All(check.GetProperty("first_u64").EnumerateArray(), word => Assert.Equal(ulong.Parse(word.GetString()!, CultureInfo.InvariantCulture), words.Next()));
        Assert.All(check.Numbers("first_uniform"), value => Assert.Equal(value, uniform.Uniform()));
        Assert.All(check.Numbers("first_normal"), value => Assert.Equal(value, normal.Normal(), 4e-15));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_law()
    {
        var random = new Sampling(7);
        double[] x = [.. Enumerable.Range(0, 100_000).Select(_ => random.Normal())];
        Assert.Equal(0, x.Average(), 0.01);
        Assert.Equal(1, x.Average(value => value * value), 0.02);
        Assert.Equal(3, x.Average(value => Math.Pow(value, 4)), 0.1);
    }
}
