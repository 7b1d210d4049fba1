using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>A good run: exit code 0, the result on standard output or in the file asked for, nothing on a redirected standard error.</summary>
public sealed class StreamTests
{
    private static readonly string[] Commands = ["inspect", "analyze", "layer"];
    private static readonly string[] Formats = ["table", "json", "csv"];

    public static MatrixTheoryData<string, string> CommandsAndFormats { get; } = new(Commands, Formats);

    [Theory]
    [MemberData(nameof(CommandsAndFormats))]
    public void TheResultGoesToStandardOutput(string command, string format)
    {
        var result = Tool.Run([.. OnTinyGpt(command), "--format", format]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("h.3.mlp.c_proj", result.Output);
        Assert.EndsWith("\n", result.Output);
    }

    [Theory]
    [MemberData(nameof(CommandsAndFormats))]
    public void TheResultGoesToAFileInstead(string command, string format)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = [.. OnTinyGpt(command), "--format", format];

        var result = Tool.Run([.. arguments, "--out", folder["result"]]);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal([folder["result"]], Directory.GetFileSystemEntries(folder.FullPath));
        Assert.Equal(Tool.Run(arguments).OutputBytes, File.ReadAllBytes(folder["result"]));
    }

    [Fact]
    public void AFileThatIsThereIsReplaced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("result.csv", new byte[1 << 20]);

        var result = Tool.Run("inspect", Repository.TinyGpt, "--format", "csv", "-o", path);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("id,name,", File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(CommandsAndFormats))]
    public void APipeGetsNoTerminalEscapes(string command, string format)
    {
        var result = Tool.Run([.. OnTinyGpt(command), "--format", format], [("TERM", "xterm-256color")]);

        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    private static string[] OnTinyGpt(string command) =>
        command == "layer" ? [command, Repository.TinyGpt, "transformer.h.3.mlp.c_proj.weight"] : [command, Repository.TinyGpt];
}
