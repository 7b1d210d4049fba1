using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>What people see: lines that fit their terminal, colours unless they want none.</summary>
public sealed class TerminalTests
{
    private static readonly string[] Commands = ["inspect", "analyze", "layer"];

    public static MatrixTheoryData<string, int> CommandsAndWidths { get; } = new(Commands, [60, 100]);

    public static MatrixTheoryData<string, string> CommandsAndWishes { get; } = new(Commands, ["--no-color", "NO_COLOR=1", "TERM=dumb"]);

    [Theory]
    [MemberData(nameof(CommandsAndWidths))]
    public void LinesFit(string command, int columns)
    {
        var lines = Terminal.VisibleLines(Terminal.Show(columns, OnTinyGpt(command), [])).ToList();

        Assert.All(lines, line => Assert.True(line.Length <= columns, $"{line.Length} characters: {line}"));
        Assert.Contains(lines, line => line.Contains("mlp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("analyze")]
    [InlineData("layer")]
    public void ATerminalGetsColours(string command) =>
        Assert.Matches(Terminal.Rendition, Terminal.Show(100, OnTinyGpt(command), []));

    [Theory]
    [MemberData(nameof(CommandsAndWishes))]
    public void NoColoursWhereNoneAreWanted(string command, string wish)
    {
        var isOption = wish.StartsWith('-');
        string[] options = isOption ? [wish] : [];
        (string, string)[] variables = isOption ? [] : [(wish.Split('=')[0], wish.Split('=')[1])];

        var shown = Terminal.Show(100, [.. OnTinyGpt(command), .. options], variables, withErrors: true);

        Assert.DoesNotMatch(Terminal.Rendition, shown);
        Assert.Contains("mlp", shown);
    }

    [Fact]
    public void ProgressIsGoneWhenTheRunEnds()
    {
        var loud = Terminal.VisibleLines(Terminal.Show(100, OnTinyGpt("analyze"), [], withErrors: true));
        var quiet = Terminal.VisibleLines(Terminal.Show(100, [.. OnTinyGpt("analyze"), "--quiet"], [], withErrors: true)).ToList();

        Assert.Equal(quiet, loud.TakeLast(quiet.Count));
    }

    [Fact]
    public void AResultThatGoesToAFileLeavesTheTerminalAlone()
    {
        using var folder = new TemporaryFolder();

        var shown = Terminal.Show(100, ["analyze", Repository.TinyGpt, "--quiet", "--out", folder["result.txt"]], [], withErrors: true);

        Assert.DoesNotMatch(Terminal.Rendition, shown);
        Assert.Equal("", string.Concat(Terminal.VisibleLines(shown)));
        Assert.DoesNotContain('\u001b', File.ReadAllText(folder["result.txt"]));
    }

    private static string[] OnTinyGpt(string command) =>
        command == "layer" ? [command, Repository.TinyGpt, "transformer.h.3.mlp.c_proj.weight"] : [command, Repository.TinyGpt];
}
