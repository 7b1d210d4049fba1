using System.Text.Json;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Laws;

public sealed class MarchenkoPasturTests
{
    private const int Steps = 20000;

    public static TheoryData<double> Ratios => [0.05, 0.5, 0.99, 1, 1.01, 1.5, 3, 40, 1e4];

    [Fact]
    public void Agrees_with_the_reference()
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "theory", "mp_reference.json")));
        Assert.All(reference.RootElement.GetProperty("cases").EnumerateArray(), AgreesWith);
    }

    [Theory]
    [MemberData(nameof(Ratios))]
    public void The_density_integrates_to_the_distribution(double q)
    {
        var law = new MarchenkoPastur(q, 0.3);
        var (sum, mean) = (law.MassAtZero, 0.0);
        for (var i = 0; i < Steps; i++)
        {
            var (low, high) = (At(law, i), At(law, i + 1));
            var middle = At(law, i + 0.5);
            Assert.Equal(sum, law.Cumulative(low), 1e-6);
            sum += law.Density(middle) * (high - low);
            mean += middle * law.Density(middle) * (high - low);
        }

        Assert.Equal(1, sum, 1e-6);
        Assert.Equal(law.Mean, mean, 1e-6);
        Assert.Equal(1, law.Cumulative(law.LambdaPlus * 1.001));
        Assert.Equal(0, law.Density(law.LambdaPlus * 1.001));
        Assert.Equal(law.MassAtZero, law.Cumulative(law.LambdaMinus));
        Assert.Equal(0, law.Cumulative(-1));
        Assert.Equal(q == 1 ? double.PositiveInfinity : 0, law.Density(0));
    }

    [Theory]
    [MemberData(nameof(Ratios))]
    public void The_quantile_is_the_inverse(double q)
    {
        var law = new MarchenkoPastur(q, 2);
        Assert.Equal(law.LambdaPlus, law.Quantile(1), 1e-12 * law.LambdaPlus);
        Assert.Equal(law.MassAtZero > 0 ? 0 : law.LambdaMinus, law.Quantile(0), 1e-12 * law.LambdaPlus);
        Assert.All(Enumerable.Range(1, 99), i => Assert.Equal(Math.Max(law.MassAtZero, i / 100.0), law.Cumulative(law.Quantile(i / 100.0)), 1e-12 * Math.Max(q, 1)));
    }

    [Theory]
    [MemberData(nameof(Ratios))]
    public void Many_quantiles_are_those_of_each_share(double q)
    {
        var law = new MarchenkoPastur(q, 2);
        double[] shares = [.. Enumerable.Range(0, 200).Select(i => (i + 0.5) / 200)];
        var positive = shares.Select(p => law.Quantile(law.MassAtZero + (p * (1 - law.MassAtZero))));
        Assert.All(positive.Zip(law.Quantiles(shares)), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * law.LambdaPlus));
        Assert.Empty(law.Quantiles([]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(2, 0)]
    [InlineData(2, double.NaN)]
    public void Other_arguments_are_refused(double q, double variance) => Assert.Throws<ArgumentOutOfRangeException>(() => new MarchenkoPastur(q, variance));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Other_shares_are_refused(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => new MarchenkoPastur(2, 1).Quantile(p));

    private static double At(MarchenkoPastur law, double step)
    {
        var sin = Math.Sin(step / Steps * Math.PI / 2);
        return law.LambdaMinus + ((law.LambdaPlus - law.LambdaMinus) * sin * sin);
    }

    private static void AgreesWith(JsonElement item)
    {
        var sigma = item.GetProperty("sigma").GetDouble();
        var law = new MarchenkoPastur(item.GetProperty("Q").GetDouble(), sigma * sigma);
        Assert.Equal(item.GetProperty("lambda_minus").GetDouble(), law.LambdaMinus, 1e-14 * law.LambdaPlus);
        Assert.Equal(item.GetProperty("lambda_plus").GetDouble(), law.LambdaPlus, 1e-14 * law.LambdaPlus);
        Assert.Equal(item.GetProperty("mean").GetDouble(), law.Mean, 1e-14 * law.LambdaPlus);
        var (x, p) = (Numbers(item, "x"), Numbers(item, "quantile_p"));
        Assert.All(x.Zip(Numbers(item, "cdf")), pair => Assert.Equal(pair.Second, law.Cumulative(pair.First), 1e-14));
        Assert.All(x.Zip(Numbers(item, "pdf")), pair => Assert.Equal(1, law.Density(pair.First) / pair.Second, 1e-12));
        Assert.All(p.Zip(Numbers(item, "quantile")), pair => Assert.Equal(pair.Second, law.Quantile(pair.First), 1e-12 * law.LambdaPlus));
    }

    private static double[] Numbers(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
