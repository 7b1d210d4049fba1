using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Files that cannot be read: exit code 2, one line that names the file and what is wrong, no output of any kind.</summary>
public sealed class BadInputTests
{
    public static MatrixTheoryData<string, string> BadModels { get; } = new(["inspect", "analyze", "layer"], BadModel.All.Keys);

    [Theory]
    [MemberData(nameof(BadModels))]
    public void IsOneLineThatNamesTheFile(string command, string name)
    {
        using var folder = new TemporaryFolder();
        var (bad, output) = (BadModel.All[name], folder.MakeFolder("output"));
        bad.Write(folder);
        string[] layer = command == "layer" ? ["w"] : [];

        var result = Tool.Run([command, bad.PathIn(folder), .. layer, "--format", "json", "--out", Path.Combine(output, "result.json")]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("eigenscope: ", Assert.Single(result.ErrorLines));
        Assert.Contains(folder[bad.File], result.Error);
        Assert.Contains(bad.Says, result.Error);
        Assert.Empty(Directory.GetFileSystemEntries(output));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("analyze")]
    public void APickleIsNeverRun(string command)
    {
        using var folder = new TemporaryFolder();
        var bomb = folder.Write("model.pt", PickleBomb.Of($"touch '{folder["marker"]}'"));

        var result = Tool.Run(command, bomb, "--out", folder["result"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(bomb, Assert.Single(result.ErrorLines));
        Assert.Contains("os.system", result.Error);
        Assert.Equal([bomb], Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Theory]
    [InlineData("two  blanks.safetensors")]
    [InlineData("ünïcödé.safetensors")]
    [InlineData("[red]{0}.safetensors")]
    public void AnyFileNameIsRepeatedAsItIs(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, [1, 2, 3]);

        var result = Tool.Run("inspect", path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(path, Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void ANameWithALineBreakStaysOneLine()
    {
        using var folder = new TemporaryFolder();

        var result = Tool.Run("inspect", folder.Write("two\nlines\u001b[31m.safetensors", [1, 2, 3]));

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.ErrorLines);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public void OneBadModelAmongSeveralStopsAll()
    {
        using var folder = new TemporaryFolder();
        var bad = folder.Write("bad.safetensors", [1, 2, 3]);

        var result = Tool.Run("analyze", Repository.TinyGpt, bad, "--out", folder["result"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(bad, Assert.Single(result.ErrorLines));
        Assert.Equal([bad], Directory.GetFileSystemEntries(folder.FullPath));
    }
}
