using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>What the tool says about itself.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("", "eigenscope analyze")]
    [InlineData("inspect", "eigenscope inspect samples/tiny-gpt")]
    [InlineData("analyze", "eigenscope analyze samples/tiny-gpt")]
    [InlineData("submit", "eigenscope submit samples/tiny-gpt --out shards --engine slurm")]
    [InlineData("submit compare", "eigenscope submit compare samples/tiny-gpt samples/tiny-gpt-step0 --out shards --engine slurm")]
    [InlineData("compare", "eigenscope compare samples/tiny-gpt samples/tiny-gpt-step0")]
    [InlineData("layer", "eigenscope layer samples/tiny-gpt transformer.h.0.attn.c_attn.weight")]
    [InlineData("serve", "eigenscope serve samples/tiny-gpt")]
    [InlineData("track", "eigenscope track runs/my-model")]
    [InlineData("forecast", "eigenscope forecast runs/my-model")]
    [InlineData("simulate", "eigenscope simulate --rows 9")]
    [InlineData("status", "eigenscope status shards --watch")]
    [InlineData("collect", "eigenscope collect shards")]
    [InlineData("learn", "eigenscope learn by-hand --matrix")]
    public void HelpShowsAnExample(string command, string example)
    {
        var result = Tool.Run([.. Words(command), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Usage:", result.Output);
        Assert.Contains("Example", result.Output);
        Assert.Contains(example, result.Output);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("analyze")]
    [InlineData("submit")]
    [InlineData("layer")]
    [InlineData("serve")]
    [InlineData("track")]
    [InlineData("forecast")]
    [InlineData("simulate")]
    [InlineData("status")]
    [InlineData("collect")]
    [InlineData("learn")]
    public void HelpOfTheToolNamesEveryCommand(string command) => Assert.Contains($"  {command} ", Tool.Run("--help").Output);

    [Fact]
    public void VersionIsOneLineAndTheOneThatResultsState()
    {
        var result = Tool.Run("--version");
        var tool = AnalysisDocument.Of(Repository.TinyGpt, "--layers", "*wte*").Root.GetProperty("tool");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal($"{AnalysisDocument.Text(tool, "version")}\n", result.Output);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
