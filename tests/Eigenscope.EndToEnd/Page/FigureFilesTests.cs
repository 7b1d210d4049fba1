using System.Xml.Linq;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary><c>--figures</c>: the figures of a page as files, drawn by the browser of this machine.</summary>
public sealed class FigureFilesTests(SampleReports samples) : IDisposable
{
    private const string Layer = "transformer.h.0.attn.c_proj.weight";

    private static readonly string[] OfAModel = ["D-against-alpha.svg", "distributions-alpha.svg", "flow-alpha.svg", "heat-map-alpha.svg", "histogram-alpha.svg"];
    private static readonly string[] OfALayer = ["density.svg", "log-density.svg", "survival.svg", "three-panels.svg", "xmin-scan.svg"];

    private readonly TemporaryFolder folder = new();

    private string Figures => folder["figures"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("analyze", "--layers", Layer)]
    [InlineData("layer", Layer)]
    public void AModelHasItsFiguresAndALayerAFolder(string command, params string[] choice)
    {
        Chromium.Require();

        var result = Tool.Run([command, Repository.TinyGpt, .. choice, "--quiet", "--figures", Figures]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(OfAModel, Names(Figures));
        Assert.Equal(OfALayer, Names(Path.Combine(Figures, Layer)));
        Assert.All(Directory.GetFiles(Figures, "*", SearchOption.AllDirectories), file => Assert.Equal("svg", XDocument.Load(file).Root!.Name.LocalName));
    }

    [Fact]
    public void ASavedResultHasThemToo()
    {
        var result = Tool.Run("report", samples.TrainedResult, "--out", folder["page.html"], "--figures", Figures);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(30, Directory.GetDirectories(Figures).Length);
        Assert.All(Directory.GetDirectories(Figures), layer => Assert.Equal(OfALayer, Names(layer)));
    }

    [Fact]
    public void SeveralModelsHaveAFolderEach()
    {
        Chromium.Require();

        Tool.Run("analyze", Repository.UntrainedTinyGpt, Repository.TinyGpt, "--layers", Layer, "--quiet", "--figures", Figures);

        Assert.Equal(["1-tiny-gpt-step0", "2-tiny-gpt"], Directory.GetDirectories(Figures).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal(["models-alpha.svg", "models-depth-alpha.svg"], Names(Figures));
    }

    [Theory]
    [InlineData("PATH", "/nowhere", "none is on this machine")]
    [InlineData("EIGENSCOPE_BROWSER", "/nowhere/chromium", "EIGENSCOPE_BROWSER is '/nowhere/chromium', and there is no such file")]
    public void WithoutABrowserItIsOneLineBeforeAnyWork(string variable, string value, string says)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "browsers of other systems are not found by PATH alone");

        var result = Tool.Run(["analyze", Repository.TinyGpt, "--figures", Figures, "--out", folder["result"]], [(variable, value)]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void ABrowserThatFailsIsOneLine()
    {
        Assert.SkipUnless(File.Exists("/bin/false"), "there is no /bin/false");

        var result = Tool.Run(["layer", Repository.TinyGpt, Layer, "--figures", Figures], [("EIGENSCOPE_BROWSER", "/bin/false")]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/bin/false ended with code 1", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void AFileIsNoFolder()
    {
        var result = Tool.Run("analyze", Repository.TinyGpt, "--figures", folder.Write("file", []));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"{folder["file"]}: --figures names a file, a folder is wanted", Assert.Single(result.ErrorLines));
    }

    private static IEnumerable<string?> Names(string path) => Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
