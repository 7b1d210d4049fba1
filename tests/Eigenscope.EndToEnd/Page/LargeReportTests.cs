using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A model of 300 layers with 4,096 eigenvalues each: the report opens and works. What it takes is written to the output, and not asserted.</summary>
public sealed class LargeReportTests(Chromium chromium, LargeReportTests.LargeReport report) : IClassFixture<LargeReportTests.LargeReport>
{
    private const int Layers = 300;
    private const int Eigenvalues = 4096;
    private const int MostBytes = 25_000_000;

    [Fact]
    public void TheFileIsOfASizeThatBrowsersTake() => Assert.InRange(new FileInfo(report.Path).Length, 1, MostBytes);

    [Fact]
    public async Task SortingAndFilteringWork()
    {
        await using var opened = await chromium.Open(report.Path);
        Write("bytes", $"{new FileInfo(report.Path).Length}");
        Write("first paint and content, until the footer is there", $"{await opened.Evaluate("() => [...performance.getEntriesByType('paint').map(one => one.startTime), performance.getEntriesByType('navigation')[0].domContentLoadedEventStart].map(Math.round).join(', ')")} ms");

        Write("sort", await Timed(opened, "() => document.querySelector('[data-sort=alpha]').click()"));
        var alphas = await LayerTable.Numbers(opened, "alpha");
        Write("sort again", await Timed(opened, "() => document.querySelector('[data-sort=name]').click()"));
        Write("filter", await Timed(opened, "() => { const box = document.querySelector('[type=search]'); box.value = 'attention'; box.dispatchEvent(new Event('input')); }"));

        Assert.Equal(alphas.OrderDescending(), alphas);
        Assert.Equal("200 of 300 layers and tensors", await opened.Page.Locator(".said").InnerTextAsync());
        Assert.All(await LayerTable.Names(opened), name => Assert.Contains("attention", name));
        Assert.Equal(200, await RowsAtTheEnd(opened));
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task SpectraAreDrawnWhereTheReaderIs()
    {
        await using var opened = await chromium.Open(report.Path);
        Assert.Equal(0, await opened.Page.Locator(".sparkline").CountAsync());

        Assert.Equal(Layers, await RowsAtTheEnd(opened));
        var last = opened.Page.Locator("tbody tr").Last;
        await last.ScrollIntoViewIfNeededAsync();

        await last.Locator(".sparkline path").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        Assert.InRange(await opened.Page.Locator(".sparkline").CountAsync(), 1, Layers - 1);
    }

    /// <summary>Scrolls down until no more rows come, and counts them.</summary>
    private static async Task<int> RowsAtTheEnd(ReportView opened)
    {
        var more = opened.Page.Locator(LayerTable.MoreRows);
        for (var round = 0; round < Layers && await more.CountAsync() > 0; round++)
        {
            await opened.Page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
            await opened.Settle();
        }

        return (await LayerTable.Names(opened)).Length;
    }

    private static async Task<string> Timed(ReportView opened, string act) =>
        $"{await opened.Evaluate($"() => {{ const begun = performance.now(); ({act})(); const scripted = performance.now(); void document.body.offsetHeight; return `${{Math.round(scripted - begun)}} ms in scripts, ${{Math.round(performance.now() - scripted)}} ms for the layout`; }}")}";

    private static void Write(string what, string measured) => TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {measured}");

    /// <summary>The report, made once.</summary>
    public sealed class LargeReport : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public LargeReport()
        {
            Chromium.Require();
            var result = folder.Write("result.json", MadeResult.Of([.. Enumerable.Range(0, Layers).Select(layer => MadeResult.HeavyTailed(Eigenvalues, layer))]));
            Path = folder["page.html"];
            Assert.Equal(0, Tool.Run("report", result, "--out", Path).ExitCode);
        }

        internal string Path { get; }

        public void Dispose() => folder.Dispose();
    }
}
