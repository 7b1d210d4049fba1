using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>--fail-on: exit code 4 and a line for each condition that a layer meets; the result is written all the same.</summary>
public sealed class ThresholdTests
{
    [Theory]
    [InlineData("alpha>1000", 0)]
    [InlineData("alpha > 1", 4)]
    [InlineData("stable_rank<=0", 0)]
    [InlineData("num_evals==256", 4)]
    [InlineData("num_evals!=256", 4)]
    [InlineData("alpha>=1e9", 0)]
    public void ExitCode4WhereALayerMeetsIt(string condition, int code)
    {
        var result = Tool.Run("analyze", Repository.TinyGpt, "--format", "csv", "--fail-on", condition);

        Assert.Equal(code, result.ExitCode);
        Assert.StartsWith("id,", result.Output[(result.Output.IndexOf("id,", StringComparison.Ordinal))..]);
        Assert.Equal(code == 4 ? 1 : 0, result.ErrorLines.Count(line => line.StartsWith("eigenscope: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryConditionThatIsMetIsSaid()
    {
        var result = Tool.Run("layer", Repository.TinyGpt, "transformer.wte.weight", "--fail-on", "alpha>1", "--fail-on", "D>2", "--fail-on", "M==256");

        Assert.Equal(4, result.ExitCode);
        Assert.Collection(
            result.ErrorLines,
            line => Assert.Matches(@"tiny-gpt: alpha > 1: transformer\.wte\.weight \(\d", line),
            line => Assert.EndsWith("M == 256: transformer.wte.weight (256)", line, StringComparison.Ordinal));
    }
}
