using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>On a telephone nothing but tables is moved sideways, and those inside their frame.</summary>
public sealed class NarrowTests(Chromium chromium, SampleReports samples)
{
    private const int Height = 800;

    [Theory]
    [InlineData(320)]
    [InlineData(400)]
    public async Task ThePageIsAsWideAsTheWindow(int width)
    {
        foreach (var (file, views) in ((string, string[])[])[(samples.Three, PageViews.All), (samples.Compared, PageViews.OfComparison), (samples.Tracked, PageViews.OfTraining), (samples.Merged, [.. PageViews.OfMerge, PageViews.Metrics]), (samples.Lesson, [PageViews.Lesson])])
        {
            await using var opened = await chromium.Open(file, look: new(Width: width, Height: Height));
            foreach (var view in views)
            {
                await opened.Show(view);
                await opened.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => (details.open = true))");
                Assert.Equal((view, width), (view, (await opened.Evaluate("() => document.documentElement.scrollWidth")).GetInt32()));
                Assert.Empty(await opened.Texts(TooWide));
                Assert.Empty(await opened.Texts("() => [...document.querySelectorAll('.plot-area')].filter(area => !area.querySelector('svg path, svg rect, svg circle')).map(area => area.outerHTML)"));
            }
        }
    }

    [Fact]
    public async Task ATableMovesInsideItsFrame()
    {
        await using var opened = await chromium.Open(samples.Three, PageViews.Overview, new(Width: 400, Height: Height));
        var frame = opened.Page.Locator(".layers .scroll");

        await frame.EvaluateAsync("frame => frame.scrollLeft = 200");

        Assert.Equal(200, await frame.EvaluateAsync<int>("frame => frame.scrollLeft"));
        Assert.Equal(0, (await opened.Evaluate("() => scrollX")).GetInt32());
    }

    [Fact]
    public async Task FiguresFollowTheWindow()
    {
        await using var opened = await chromium.Open(samples.Trained, PageViews.Layer.Replace("2", "0"), new(Width: 1280, Height: Height));

        await opened.Page.SetViewportSizeAsync(400, Height);
        await opened.Settle();

        Assert.All(await opened.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.plot-area > svg')].map(svg => svg.width.baseVal.value)"), width => Assert.InRange(width, 300, 400));
    }

    /// <summary>What sticks out of the window and of no frame that scrolls; drawings are checked by their frames.</summary>
    internal const string TooWide =
        "() => [...document.querySelectorAll('main *')].filter(one => !one.closest('.scroll > *') && !one.closest('svg > *') && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 200))";
}
