using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A result without eigenvalues still becomes a page, which says what it cannot draw.</summary>
public sealed class MissingEigenvaluesTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void StandardErrorSaysWhichFiguresAreMissing()
    {
        var line = Assert.Single(Report().ErrorLines);

        Assert.Contains("the result holds no eigenvalues of 30 of 30 layers, so the page has no figures of their spectra, fits and ranks", line);
        Assert.Contains("--esd", line);
    }

    [Fact]
    public void QuietSaysNothing() => Assert.Empty(Report("--quiet").ErrorLines);

    [Fact]
    public async Task TheOverviewHasItsFigures()
    {
        Report();
        await using var opened = await chromium.Open(folder["page.html"]);

        Assert.Equal(5, await opened.Page.Locator(".figure svg[role=img]").CountAsync());
        Assert.Equal(0, await opened.Page.Locator(".sparkline").CountAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task ALayerSaysWhatIsMissingAndHasItsMetrics()
    {
        Report();
        await using var opened = await chromium.Open(folder["page.html"], "#/model/0/layer/1");

        Assert.Contains("no figures of the spectrum, the fits and the ranks", await opened.Page.Locator(".absent").InnerTextAsync());
        Assert.Equal(0, await opened.Page.Locator(".figure").CountAsync());
        Assert.True(await opened.Page.Locator("table.metrics tbody tr").CountAsync() > 30);
        Assert.Empty(opened.Said);
    }

    private ToolResult Report(params string[] options)
    {
        Chromium.Require();
        Tool.Run("analyze", Repository.TinyGpt, "--format", "json", "--out", folder["result.json"]);
        return Tool.Run(["report", folder["result.json"], "--out", folder["page.html"], .. options]);
    }
}
