using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Where a result goes with <c>--out</c>.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ALinkStaysALink()
    {
        var (real, link) = (folder["real.json"], folder["link.json"]);
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(link, real);

        Assert.Equal(0, Tool.Run("inspect", Repository.TinyGpt, "--format", "json", "--out", link).ExitCode);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.StartsWith("{", File.ReadAllText(real));
    }

    [Fact]
    public void ADeviceIsWrittenToAndStaysADevice()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /dev/full");

        var result = Tool.Run("inspect", Repository.TinyGpt, "--out", "/dev/full");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("No space left", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void PatternsThatChooseNothingAreAMistake()
    {
        var result = Tool.Run("analyze", Repository.TinyGpt, "--layers", "nothing*");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("none of its 30 layers is chosen", Assert.Single(result.ErrorLines));
    }
}
