using System.Globalization;
using Xunit;
using static Eigenscope.EndToEnd.AnalysisDocument;

namespace Eigenscope.EndToEnd;

/// <summary>The CSV result says what the JSON result says, one row a layer.</summary>
public sealed class CsvResultTests(TinyGptAnalysis analysis) : IClassFixture<TinyGptAnalysis>
{
    private readonly CsvTable csv = analysis.Csv;
    private readonly AnalysisDocument json = analysis.Json;

    [Fact]
    public void HasTheNamesOfTheMetricsInTheirOrder()
    {
        var metrics = json.Layer("transformer.wte.weight").GetProperty("metrics").EnumerateObject().Select(metric => metric.Name).ToList();

        Assert.Equal(metrics, csv.Columns.Where(metrics.Contains));
        Assert.Equal(csv.Columns.Count, csv.Columns.Distinct().Count());
    }

    [Fact]
    public void HasOneRowALayer()
    {
        Assert.True(csv.IsRectangular);
        Assert.Equal(json.Layers.Select(layer => Text(layer, "name")), csv.Rows.Select(row => row["name"]));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("tensor")]
    [InlineData("role")]
    [InlineData("kind")]
    [InlineData("dtype")]
    [InlineData("status")]
    [InlineData("reason")]
    public void HasTheSameTexts(string column) =>
        Assert.Equal(json.Layers.Select(layer => Text(layer, column) ?? ""), csv.Rows.Select(row => row[column]));

    [Fact]
    public void HasTheSameNumbersToTheLastBit() => Assert.All(csv.Rows.Zip(json.Layers), pair =>
        Assert.All(pair.Second.GetProperty("metrics").EnumerateObject(), metric => Assert.Equal(Metric(pair.Second, metric.Name), Number(pair.First[metric.Name]))));

    [Fact]
    public void QuotesWhatNeedsQuotes()
    {
        using var folder = new TemporaryFolder();
        var (weights, name) = (folder.Write("a, b.safetensors", SafeTensors.Of(RandomWeights.Tensor("x,\\\"y\\\".weight", 1, 8, 8))), "x,\"y\".weight");

        var table = CsvTable.Parse(Tool.Run("analyze", weights, "--format", "csv").Output);

        Assert.True(table.IsRectangular);
        Assert.Equal((weights, name), (table.Rows.Single()["model"], table.Rows.Single()["name"]));
    }

    private static double? Number(string field) => field.Length == 0 ? null : double.Parse(field, CultureInfo.InvariantCulture);
}
