using System.Globalization;
using System.Text.Json;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Laws;

public sealed class TracyWidomTests
{
    private const int Nodes = 64;

    [Fact]
    public void The_series_are_those_of_the_determinants()
    {
        var rule = GaussLegendre.Rule(Nodes);
        for (var s = -9.9; s < 10; s += 0.3)
        {
            var (real, other) = (Determinant(s, -1, rule), Determinant(s, 1, rule));
            Assert.Equal(real, TracyWidom.Real.Cumulative(s), 2e-13);
            Assert.Equal(real * other, TracyWidom.Complex.Cumulative(s), 2e-13);
        }
    }

    [Fact]
    public void Agrees_with_the_reference_table()
    {
        var table = TheoryReference.Of("tw_reference").GetProperty("table");
        var s = table.Numbers("s");
        Assert.All(s.Zip(table.Numbers("cdf")), pair => Assert.Equal(pair.Second, TracyWidom.Real.Cumulative(pair.First), 1e-12));
        Assert.All(s.Zip(table.Numbers("sf")), pair => Assert.Equal(pair.Second, TracyWidom.Real.Survival(pair.First), 1e-12));
        Assert.All(s.Zip(table.Numbers("pdf")), pair => Assert.Equal(pair.Second, TracyWidom.Real.Density(pair.First), 1e-12));
    }

    [Fact]
    public void Agrees_with_determinants_of_30_digits_and_the_Painleve_equation()
    {
        var check = TheoryReference.Of("tw_reference").GetProperty("cross_check");
        Assert.All(check.GetProperty("chk").EnumerateArray(), item =>
            Assert.Equal(1, TracyWidom.Real.Cumulative(item.Number("s")) / double.Parse(item.GetProperty("F1_fredholm_mp").GetString()!, CultureInfo.InvariantCulture), 1e-12));
        Assert.All(check.GetProperty("painleve").EnumerateArray(), item =>
        {
            Assert.Equal(item.Number("F1"), TracyWidom.Real.Cumulative(item.Number("s")), 1e-11);
            Assert.Equal(item.Number("F2"), TracyWidom.Complex.Cumulative(item.Number("s")), 1e-11);
        });
    }

    [Fact]
    public void The_upper_tail_does_not_cancel()
    {
        var tail = TheoryReference.Of("tw_reference").GetProperty("sf_high_precision");
        Assert.All(Pairs(tail), pair => Assert.Equal(1, TracyWidom.Real.Survival(pair.Key) / pair.Value, 1e-12));
    }

    [Fact]
    public void Agrees_with_the_reference_quantiles()
    {
        var reference = TheoryReference.Of("tw_reference");
        Assert.All(Pairs(reference.GetProperty("quantiles")), pair => Assert.Equal(pair.Value, TracyWidom.Real.Quantile(pair.Key), 1e-8));
        Assert.All(Pairs(reference.GetProperty("quantiles_beta2")), pair => Assert.Equal(pair.Value, TracyWidom.Complex.Quantile(pair.Key), 1e-8));
        Assert.Equal(TracyWidomEdge.Quantile99, TracyWidom.Real.Quantile(0.99), 1e-7);
    }

    /// <summary>Moments as in Bornemann (2010).</summary>
    [Theory]
    [InlineData(1, -1.2065335745820, 1.607781034581, 0.29346452408, 0.1652429384)]
    [InlineData(2, -1.771086807411, 0.8131947928329, 0.224084203610, 0.0934480876)]
    public void Agrees_with_the_published_moments(int beta, double mean, double variance, double skewness, double kurtosis)
    {
        var law = beta == 1 ? TracyWidom.Real : TracyWidom.Complex;
        Assert.Equal(beta, law.Beta);
        Assert.Equal(1, Moment(law, _ => 1), 1e-12);
        Assert.Equal(mean, Moment(law, x => x), 1e-11);
        Assert.Equal(variance, Moment(law, x => Math.Pow(x - mean, 2)), 1e-11);
        Assert.Equal(skewness, Moment(law, x => Math.Pow((x - mean) / Math.Sqrt(variance), 3)), 1e-10);
        Assert.Equal(kurtosis, Moment(law, x => Math.Pow((x - mean) / Math.Sqrt(variance), 4)) - 3, 1e-9);
    }

    [Fact]
    public void Agrees_with_the_reference_moments()
    {
        var moments = TheoryReference.Of("tw_reference").GetProperty("moments");
        var (mean, deviation) = (moments.Number("mean"), Math.Sqrt(moments.Number("variance")));
        Assert.Equal(mean, Moment(TracyWidom.Real, x => x), 1e-9);
        Assert.Equal(deviation, Math.Sqrt(Moment(TracyWidom.Real, x => (x - mean) * (x - mean))), 1e-9);
        Assert.Equal(moments.Number("skewness"), Moment(TracyWidom.Real, x => Math.Pow((x - mean) / deviation, 3)), 1e-7);
        Assert.Equal(moments.Number("excess_kurtosis"), Moment(TracyWidom.Real, x => Math.Pow((x - mean) / deviation, 4)) - 3, 2e-7);
    }

    [Fact]
    public void Pieces_join()
    {
        Assert.All([TracyWidom.Real, TracyWidom.Complex], law =>
        {
            Assert.All([-10.0, 0, 16], s => Assert.Equal(1, Math.Exp(law.LogDensity(s - 1e-9) - law.LogDensity(s + 1e-9)), 0.01));
            Assert.Equal(1, law.Cumulative(-1e-12) / law.Cumulative(0), 1e-11);
            Assert.Equal(1, law.Survival(-1e-12) / law.Survival(0), 1e-11);
            Assert.InRange(law.Survival(30), double.Epsilon, 1e-40);
            Assert.InRange(law.Cumulative(-20), double.Epsilon, 1e-100);
            Assert.All([1e-30, 1e-100, 1e-250], p => Assert.Equal(1, law.Cumulative(law.Quantile(p)) / p, 1e-9));
        });
    }

    private static double Moment(TracyWidom law, Func<double, double> function) =>
        GaussLegendre.Integral(x => function(x) * law.Density(x), -12, 0, 60)
        + GaussLegendre.Integral(x => function(x) * law.Density(x), 0, 16, 60);

    private static IEnumerable<KeyValuePair<double, double>> Pairs(JsonElement item) =>
        item.EnumerateObject().Select(property => KeyValuePair.Create(double.Parse(property.Name, CultureInfo.InvariantCulture), property.Value.GetDouble()));

    /// <summary>det(I + sign A), A of kernel Ai(x + y + s), by elimination.</summary>
    private static double Determinant(double s, int sign, (double[] Nodes, double[] Weights) rule)
    {
        var length = Math.Max(12, 16 - s);
        var matrix = new double[Nodes, Nodes];
        for (var i = 0; i < Nodes; i++)
        {
            for (var j = 0; j < Nodes; j++)
            {
                var weight = sign * length / 2 * Math.Sqrt(rule.Weights[i] * rule.Weights[j]);
                matrix[i, j] = (i == j ? 1 : 0) + (weight * SpecialFunctions.Airy((length / 2 * (rule.Nodes[i] + rule.Nodes[j] + 2)) + s));
            }
        }

        var determinant = 1.0;
        for (var k = 0; k < Nodes; k++)
        {
            determinant *= matrix[k, k];
            for (var i = k + 1; i < Nodes; i++)
            {
                var factor = matrix[i, k] / matrix[k, k];
                for (var j = k + 1; j < Nodes; j++)
                {
                    matrix[i, j] -= factor * matrix[k, j];
                }
            }
        }

        return determinant;
    }
}
