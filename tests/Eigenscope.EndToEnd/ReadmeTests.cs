using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The README shows what the tool prints.</summary>
public sealed class ReadmeTests
{
    private const string Fence = "```";

    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.TinyGpt, "..", ".."));

    [Theory]
    [InlineData("samples/tiny-gpt", 0)]
    [InlineData("samples/tiny-gpt-step0", 1)]
    public void The_tables_are_what_the_tool_prints(string model, int table)
    {
        var result = Tool.Run(
            ["analyze", Path.Combine(Root, model), "--layers", "*h.0*", "--layers", "*wte*"],
            [("COLUMNS", "100")]);
        Assert.Equal(TextBlocks()[table], result.Output.Split("\n\n")[0] + "\n");
    }

    private static List<string> TextBlocks() =>
        [.. File.ReadAllText(Path.Combine(Root, "README.md")).Split(Fence + "text\n").Skip(1).Select(rest => rest[..rest.IndexOf(Fence, StringComparison.Ordinal)])];
}
