using System.Buffers;
using System.Text.Json;
using Eigenscope.Reports.Page;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

/// <summary>The laws that a page draws, from the points that it is given.</summary>
public sealed class CurveTests
{
    /// <summary>Points have six digits.</summary>
    private const double Rounding = 1e-5;

    /// <summary>The trapezoid rule over 96 points, which lie close together at both edges.</summary>
    private const double Integration = 0.01;

    private static readonly double[] Pareto = [.. Enumerable.Range(0, 500).Select(i => Math.Pow((i + 0.5) / 500, -0.5)).Order()];

    [Fact]
    public void The_survival_of_each_law_is_1_at_xmin_and_falls()
    {
        var laws = Written(json => TailCurves.Write(json, "x", Pareto, 1.5));

        Assert.Contains(laws.EnumerateArray(), law => law.GetProperty("law").GetString() == "power_law");
        Assert.All(laws.EnumerateArray(), law =>
        {
            var survival = Numbers(law, "survival");
            Assert.Equal(1, survival[0], Rounding);
            Assert.Equal(survival.OrderDescending(), survival);
            Assert.Equal(1.5, Numbers(law, "x")[0], Rounding);
            Assert.InRange(Pareto[^1], Numbers(law, "x")[^1] * (1 - Rounding), Numbers(law, "x")[^1] * (1 + Rounding));
        });
    }

    [Fact]
    public void The_power_law_is_the_fit_from_xmin_on()
    {
        var alpha = PowerLawFit.Of(Pareto, new PowerLawOptions { Xmin = XminChoice.Fixed, FixedXmin = 1.5 }).Fit!.Alpha;

        var law = Written(json => TailCurves.Write(json, "x", Pareto, 1.5))[0];

        var (x, survival) = (Numbers(law, "x"), Numbers(law, "survival"));
        Assert.All(Enumerable.Range(0, x.Length), i => Assert.Equal(Math.Pow(x[i] / 1.5, 1 - alpha), survival[i], Rounding * 10));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1e9)]
    public void Without_a_tail_there_are_no_laws(double? xmin) =>
        Assert.Equal(0, Written(json => TailCurves.Write(json, "x", Pareto, xmin)).GetArrayLength());

    [Theory]
    [InlineData(1000, 500, 0)]
    [InlineData(800, 800, 5)]
    [InlineData(4000, 100, 20)]
    public void The_density_of_the_random_part_integrates_to_one_and_its_share_is_what_the_spikes_leave(int n, int m, int spikes)
    {
        var bulk = Written(json => BulkCurve.Write(json, "x", Layer($"\"N\": {n}, \"M\": {m}, \"bulk_sigma\": 0.02, \"bulk_spikes\": {spikes}")));

        var (x, density) = (Numbers(bulk, "x"), Numbers(bulk, "density"));
        var (low, high) = (bulk.GetProperty("lambda_minus").GetDouble(), bulk.GetProperty("lambda_plus").GetDouble());
        var share = bulk.GetProperty("share").GetDouble();
        Assert.Equal((m - spikes) / (double)m, share, Rounding);
        Assert.Equal(1, Below(x[0], low, high) + Integral(x, density), Integration);
        Assert.True(low >= 0 && high > low && bulk.GetProperty("edge").GetDouble() > high);
    }

    [Theory]
    [InlineData("\"N\": 10, \"M\": 5")]
    [InlineData("\"N\": 10, \"M\": 5, \"bulk_sigma\": null, \"bulk_spikes\": null")]
    [InlineData("\"N\": 10, \"M\": 5, \"bulk_sigma\": 0, \"bulk_spikes\": 0")]
    [InlineData("\"N\": 10, \"M\": 5, \"bulk_sigma\": 1, \"bulk_spikes\": 5")]
    [InlineData("\"N\": 5, \"M\": 10, \"bulk_sigma\": 1, \"bulk_spikes\": 0")]
    [InlineData("\"N\": 1e300, \"M\": 5, \"bulk_sigma\": 1, \"bulk_spikes\": 0")]
    public void Without_a_random_part_there_is_no_curve(string metrics) =>
        Assert.Equal(JsonValueKind.Undefined, Written(json => BulkCurve.Write(json, "x", Layer(metrics))).ValueKind);

    [Fact]
    public void What_is_not_finite_is_null() =>
        Assert.Equal("[1.5,null,null,1.23457E-10]", Written(json => Curve.Write(json, "x", [1.5, double.NaN, double.PositiveInfinity, 1.23456789e-10])).GetRawText());

    /// <summary>Next to 0 the density of a square matrix grows as 1 / (pi sqrt(x s)), where s is a quarter of the upper edge; elsewhere the first point is the edge.</summary>
    private static double Below(double x, double low, double high) => low > 0 ? 0 : 4 / Math.PI * Math.Sqrt(x / high);

    private static double Integral(double[] x, double[] y) => Enumerable.Range(1, x.Length - 1).Sum(i => (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2);

    private static double[] Numbers(JsonElement law, string name) => [.. law.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static ResultLayer Layer(string metrics) =>
        ResultLayer.Check(JsonElement.Parse($$"""{"name": "", "role": "", "kind": "", "status": "analyzed", "metrics": { {{metrics}} }, "warnings": []}"""), "test");

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan).TryGetProperty("x", out var written) ? written : default;
    }
}
