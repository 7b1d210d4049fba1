using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>smooth</c> as its users see it.</summary>
public sealed class SmoothTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>As many singular values are kept as analyze counts.</summary>
    [Fact]
    public void It_keeps_what_analyze_counts()
    {
        var result = Tool.Run("smooth", Repository.TinyGpt, folder["out"], "--layers", "*h.0*", "--format", "json");
        var smoothed = JsonElement.Parse(result.Output).GetProperty("layers").EnumerateArray().Where(layer => layer.GetProperty("status").ValueEquals("changed")).ToList();
        var analyzed = AnalysisDocument.Of(Repository.TinyGpt, "--layers", "*h.0*").Root.GetProperty("layers").EnumerateArray().ToDictionary(layer => layer.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(4, smoothed.Count);
        Assert.All(smoothed, layer => Assert.Equal(analyzed[layer.GetProperty("name").GetString()!].GetProperty("metrics").GetProperty("detX_num").GetDouble(), layer.GetProperty("numbers").GetProperty("rank").GetDouble()));
    }

    [Theory]
    [InlineData("--percent belongs to --method svd", "--percent", "0.5")]
    [InlineData("--method 'erg' is none of detX, alpha_min, rmt, svd", "--method", "erg")]
    public void Slips_are_told_in_one_line(string expected, params string[] options)
    {
        var result = Tool.Run(["smooth", Repository.TinyGpt, folder["out"], .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
    }
}
