using System.Runtime.InteropServices;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>--approx: never without being asked, and told in every place where its numbers are.</summary>
public sealed class ApproximateTests : IClassFixture<ApproximateTests.LargeMatrix>
{
    private readonly LargeMatrix matrix;

    public ApproximateTests(LargeMatrix matrix) => this.matrix = matrix;

    [Theory]
    [InlineData("--accurate")]
    [InlineData("--solver lapack")]
    [InlineData("--compat weightwatcher")]
    public void ExcludesTheOtherRoutes(string other)
    {
        var result = Tool.Run(["analyze", Repository.TinyGpt, "--approx", .. other.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"eigenscope: --approx and {other} exclude each other", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void ChangesNothingOfASmallLayer()
    {
        var (plain, approximate) = (AnalysisDocument.Of(Repository.TinyGpt), AnalysisDocument.Of(Repository.TinyGpt, "--approx"));

        Assert.Equal("approximate", AnalysisDocument.Text(approximate.Root.GetProperty("settings"), "route"));
        Assert.Equal(plain.Layers.Select(layer => layer.ToString()), approximate.Layers.Select(layer => layer.ToString()));
    }

    [Fact]
    public void SaysSoInJsonAndText()
    {
        var layer = Assert.Single(AnalysisDocument.Of(matrix.Path, "--approx").Layers);
        var text = Tool.Run("layer", matrix.Path, "large", "--approx").Output;
        var table = Tool.Run("analyze", matrix.Path, "--approx").Output;

        var spectrum = layer.GetProperty("spectrum");
        Assert.Equal("approximate", AnalysisDocument.Text(spectrum, "route"));
        Assert.InRange(spectrum.GetProperty("approximation").GetProperty("resolved").GetInt32(), 1, 768);
        Assert.InRange(spectrum.GetProperty("approximation").GetProperty("density_error").GetDouble(), 0, 0.05);
        Assert.Contains(layer.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("approximate: ", StringComparison.Ordinal));
        Assert.Null(AnalysisDocument.Metric(layer, "sv_min"));
        Assert.Contains("by the approximate route", text);
        Assert.Contains("the others are estimates", text);
        Assert.Contains("approximate", table);
    }

    [Fact]
    public void ThreadsChangeNoByteAndASeedDoes()
    {
        string Json(params string[] options) => Tool.Run(["analyze", matrix.Path, "--approx", "--format", "csv", .. options]).Output;
        var one = Json("--threads", "1");

        Assert.Equal(one, Json("--threads", "3"));
        Assert.NotEqual(one, Json("--seed", "1"));
    }

    /// <summary>3200 x 3100 uniform singles.</summary>
    public sealed class LargeMatrix : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public LargeMatrix() => Path = folder.Write("large.npy", Npy.Of("<f4", "(3200, 3100)", MemoryMarshal.AsBytes<float>(RandomWeights.Uniform(3200 * 3100, 1)).ToArray()));

        public string Path { get; }

        public void Dispose() => folder.Dispose();
    }
}
