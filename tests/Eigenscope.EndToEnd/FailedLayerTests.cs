using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>A layer that cannot be analysed stays alone with its failure: exit code 3, its reason in its row, all others analysed.</summary>
public sealed class FailedLayerTests : IDisposable
{
    private const int Columns = 12;

    private readonly TemporaryFolder folder = new();
    private readonly string model;

    public FailedLayerTests()
    {
        var (good, nan, infinite) = (Matrix("good", 1), Matrix("nan", 2), Matrix("infinite", 3));
        nan.Values[(3 * Columns) + 5] = float.NaN;
        infinite.Values[7] = float.PositiveInfinity;
        model = folder.Write("model.safetensors", SafeTensors.Of(good, nan, infinite));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("nan.weight", "[3, 5] is NaN")]
    [InlineData("infinite.weight", "[0, 7] is +Inf")]
    public void HasItsReasonAndNoMetrics(string name, string reason)
    {
        var layer = Analyze().Layer(name);

        Assert.Equal("failed", AnalysisDocument.Text(layer, "status"));
        Assert.Contains(reason, AnalysisDocument.Text(layer, "reason"));
        Assert.All(layer.GetProperty("metrics").EnumerateObject(), metric => Assert.Equal(JsonValueKind.Null, metric.Value.ValueKind));
        Assert.False(layer.TryGetProperty("eigenvalues", out _));
    }

    [Fact]
    public void LeavesTheOthersAnalysed()
    {
        var result = Analyze();

        Assert.Equal("analyzed", AnalysisDocument.Text(result.Layer("good.weight"), "status"));
        Assert.True(AnalysisDocument.Metric(result.Layer("good.weight"), "stable_rank") > 1);
        Assert.Equal(1, result.Root.GetProperty("summary").GetProperty("layers_analyzed").GetInt32());
        Assert.Equal(2, result.Root.GetProperty("summary").GetProperty("layers_failed").GetInt32());
        Assert.Equal(1, result.Root.GetProperty("summary").GetProperty("stable_rank_layers").GetInt32());
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    public void MakesExitCode3InEveryFormat(string format)
    {
        var result = Tool.Run("analyze", model, "--format", format);

        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.Contains("[3, 5] is NaN", result.Output);
        Assert.Contains("[0, 7] is +Inf", result.Output);
    }

    [Fact]
    public void IsNamedWithItsReasonInTheTable()
    {
        var lines = Tool.Run("analyze", model).Output.Split('\n');

        Assert.Contains(lines, line => line.Contains("nan", StringComparison.Ordinal) && line.Contains("[3, 5] is NaN", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("infinite", StringComparison.Ordinal) && line.Contains("[0, 7] is +Inf", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("2 failed", StringComparison.Ordinal));
    }

    [Fact]
    public void IsNamedInTheTableHoweverManyFail()
    {
        var matrices = Enumerable.Range(0, 6).Select(i => Matrix($"layers.{i}", i)).ToArray();
        Array.ForEach(matrices, matrix => matrix.Values[^1] = float.NaN);

        var result = Tool.Run("analyze", folder.Write("six.safetensors", SafeTensors.Of(matrices)));

        Assert.Equal(3, result.ExitCode);
        Assert.All(matrices, matrix => Assert.Contains(matrix.Name[..^".weight".Length], result.Output));
        Assert.Contains("6 failed", result.Output);
    }

    [Theory]
    [InlineData("--accurate")]
    [InlineData("--compat", "weightwatcher")]
    public void FailsByEveryRoute(params string[] options)
    {
        var result = Tool.Run(["analyze", model, "--format", "csv", .. options]);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["analyzed", "failed", "failed"], CsvTable.Parse(result.Output).Rows.Select(row => row["status"]));
    }

    [Fact]
    public void AsksForExitCode3OfLayerToo()
    {
        var result = Tool.Run("layer", model, "nan.weight");

        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.Contains("[3, 5] is NaN", result.Output);
    }

    [Fact]
    public void FailsWhereItNeedsMoreMemoryThanAllowed()
    {
        var result = Tool.Run("analyze", model, "--max-memory", "1KB", "--format", "csv");

        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.All(CsvTable.Parse(result.Output).Rows, row => Assert.Contains("--max-memory", row["reason"]));
    }

    private AnalysisDocument Analyze() => AnalysisDocument.Of(model, "--esd");

    private static (string Name, int[] Shape, float[] Values) Matrix(string name, int seed) => RandomWeights.Tensor($"{name}.weight", seed, 16, Columns);
}
