using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Light and dark, by the reader's system or by the button, and paper: every text can be read.</summary>
public sealed class ThemeTests(Chromium chromium, SampleReports samples)
{
    internal const double LeastContrast = 4.5;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryTextStandsOut(ColorScheme scheme)
    {
        var faint = new List<string>();

        foreach (var (file, views) in ((string, string[])[])[(samples.Three, PageViews.All), (samples.Compared, PageViews.OfComparison), (samples.Tracked, PageViews.OfTraining), (samples.Merged, [.. PageViews.OfMerge, PageViews.Metrics]), (samples.Lesson, [PageViews.Lesson])])
        {
            await using var opened = await chromium.Open(file, look: new(Scheme: scheme));
            foreach (var view in views)
            {
                await opened.Show(view);
                faint.AddRange((await opened.Texts(Script, LeastContrast)).Select(text => $"{view}: {text}"));
            }
        }

        Assert.Empty(faint);
    }

    [Fact]
    public async Task ADarkSystemHasADarkPageAndAButtonToLight()
    {
        await using var opened = await chromium.Open(samples.Trained, look: new(Scheme: ColorScheme.Dark));
        Assert.InRange(await Brightness(opened), 0, 0.15);

        await opened.Page.Locator(".theme").ClickAsync();

        Assert.InRange(await Brightness(opened), 0.9, 1);
    }

    [Fact]
    public async Task TheButtonMakesALightPageDark()
    {
        await using var opened = await chromium.Open(samples.Trained);
        Assert.InRange(await Brightness(opened), 0.9, 1);

        await opened.Page.Locator(".theme").ClickAsync();

        Assert.InRange(await Brightness(opened), 0, 0.15);
        Assert.Empty(await opened.Texts(Script, LeastContrast));
    }

    [Theory]
    [InlineData("#/model/0/layer/1")]
    [InlineData("#/models/transformer.h.0.attn.c_attn.weight")]
    [InlineData("#/model/2")]
    [InlineData(PageViews.Compared)]
    [InlineData(PageViews.Training)]
    [InlineData(PageViews.Merge)]
    public async Task PaperIsLightAndWithoutControls(string view)
    {
        await using var opened = await chromium.Open(PageViews.OfMerge.Contains(view) ? samples.Merged : PageViews.OfTraining.Contains(view) ? samples.Tracked : PageViews.OfComparison.Contains(view) ? samples.Compared : samples.Three, view, new(Scheme: ColorScheme.Dark));
        await opened.Page.Locator(".theme").ClickAsync();
        await opened.Page.Locator(".theme").ClickAsync();

        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.InRange(await Brightness(opened), 0.9, 1);
        Assert.Empty(await opened.Texts("() => [...document.querySelectorAll('input, select, .control button, .save button, .tools button, .theme')].filter(one => one.checkVisibility()).map(one => one.outerHTML)"));
        Assert.NotEmpty(await opened.Texts("() => [...document.querySelectorAll('.figure svg, table')].filter(one => one.checkVisibility()).map(one => one.tagName)"));
    }

    private static async Task<double> Brightness(ReportView opened) =>
        (await opened.Evaluate("() => getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(part => Number(part) / 255).slice(0, 3)")).EnumerateArray().Average(part => part.GetDouble());

    /// <summary>Every text whose colour is too near to what is behind it (WCAG 2.2, 1.4.3), those of drawings too; numbers in the heat map lie on its cells.</summary>
    internal const string Script =
        """
        least => {
          const parts = color => color.match(/[\d.]+/g).map(Number);
          const luminance = color => parts(color).slice(0, 3).map(part => part / 255)
            .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
            .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
          const isOpaque = color => (parts(color)[3] ?? 1) === 1;
          const behind = element => (isOpaque(getComputedStyle(element).backgroundColor) ? getComputedStyle(element).backgroundColor : behind(element.parentElement));
          const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          return [...document.querySelectorAll('body *')]
            .filter(element => element.checkVisibility() && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '') && !element.matches('script, style, noscript, option, title, [data-figure^=heat-map] text'))
            .map(element => ({ element, color: element.closest('svg') ? getComputedStyle(element).fill : getComputedStyle(element).color, back: behind(element) }))
            .map(found => ({ ...found, contrast: contrast(luminance(found.color), luminance(found.back)) }))
            .filter(found => found.contrast < least)
            .map(({ element, color, back, contrast }) => `${contrast.toFixed(2)}: ${color} on ${back}: ${element.outerHTML.slice(0, 120)}`);
        }
        """;
}
