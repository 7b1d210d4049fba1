using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Several models in one run.</summary>
public sealed class SeveralModelsTests
{
    private static readonly string[] Models = [Repository.TinyGpt, Repository.UntrainedTinyGpt];

    [Fact]
    public void AreAnArrayOfTheirSingleResults()
    {
        var both = JsonElement.Parse(Tool.Run(["analyze", .. Models, "--format", "json"]).Output);
        var single = Models.Select(model => AnalysisDocument.Of(model).Root);

        Assert.Equal(JsonValueKind.Array, both.ValueKind);
        Assert.All(both.EnumerateArray().Zip(single), pair => Assert.True(JsonElement.DeepEquals(pair.First, pair.Second)));
        Assert.Equal(Models.Length, both.GetArrayLength());
    }

    [Fact]
    public void ShareOneHeaderInCsv()
    {
        var table = CsvTable.Parse(Tool.Run(["analyze", .. Models, "--format", "csv"]).Output);

        Assert.Equal(Models, table.Rows.Select(row => row["model"]).Distinct());
        Assert.Equal([64, 64], table.Rows.CountBy(row => row["model"]).Select(count => count.Value));
    }

    [Fact]
    public void AreOneTableAfterAnother()
    {
        var output = Tool.Run(["analyze", .. Models]).Output;

        Assert.All(Models, model => Assert.Contains($"\n{model}: ", output));
    }
}
