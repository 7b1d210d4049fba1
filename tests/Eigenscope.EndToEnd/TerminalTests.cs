using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>What people see: lines that fit their terminal, colours unless they want none.</summary>
public sealed class TerminalTests
{
    private static readonly string[] Commands = ["inspect", "analyze", "layer"];

    public static MatrixTheoryData<string, int> CommandsAndWidths { get; } = new(Commands, [60, 100]);

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
    [InlineData("inspect")]
    [InlineData("analyze")]
    [InlineData("layer")]
    public void NoColorIsRespected(string command)
    {
        Assert.DoesNotMatch(Terminal.Rendition, Terminal.Show(100, OnTinyGpt(command), [("NO_COLOR", "1")], withErrors: true));
        Assert.DoesNotMatch(Terminal.Rendition, Terminal.Show(100, [.. OnTinyGpt(command), "--no-color"], [], withErrors: true));
        Assert.DoesNotMatch(Terminal.Rendition, Terminal.Show(100, OnTinyGpt(command), [("TERM", "dumb")], withErrors: true));
    }

    [Fact]
    public void ProgressIsGoneWhenTheRunEnds()
    {
        var loud = Terminal.VisibleLines(Terminal.Show(100, OnTinyGpt("analyze"), [], withErrors: true));
        var quiet = Terminal.VisibleLines(Terminal.Show(100, [.. OnTinyGpt("analyze"), "--quiet"], [], withErrors: true)).ToList();

        Assert.Equal(quiet, loud.TakeLast(quiet.Count));
    }

    private static string[] OnTinyGpt(string command) =>
        command == "layer" ? [command, Repository.TinyGpt, "transformer.h.3.mlp.c_proj.weight"] : [command, Repository.TinyGpt];
}
