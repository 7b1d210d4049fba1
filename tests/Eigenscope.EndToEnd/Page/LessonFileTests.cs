using Eigenscope.Learning;
using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A lesson as a file: all of it is shown, and nothing can be asked for.</summary>
public sealed class LessonFileTests(Chromium chromium, SampleReports samples)
{
    private static readonly string[] OtherViews = ["#/lessons", "#/lesson/diagonal", "#/model/0", "#/models", "#/metrics", "#/merge"];

    [Fact]
    public async Task TheFileOpensOnTheLesson()
    {
        var lesson = LessonTopics.Find("by-hand")!.Teach(new LessonInput(), TestContext.Current.CancellationToken);
        await using var opened = await chromium.Open(samples.Lesson);

        await opened.RequireHeading(lesson.Topic.Title);
        Assert.Equal(lesson.Steps.Count, await opened.Page.Locator(".step").CountAsync());
        Assert.Equal(lesson.Claims.Count(), await opened.Page.Locator(".claim[data-holds=true]").CountAsync());
        Assert.Equal(["Lesson"], await opened.Page.Locator("nav[aria-label=Views] a").AllInnerTextsAsync());
        Assert.Equal(0, await opened.Page.Locator(".editor").CountAsync());
        Assert.Contains("eigenscope serve", await opened.Page.Locator("main .note").First.InnerTextAsync());
        Assert.Contains($"eigenscope learn {LessonTopics.All[1].Name}", await opened.Page.Locator("main .note").Last.InnerTextAsync());
        Assert.Empty(opened.Said);
        Assert.All(opened.Requests, address => Assert.True(address.StartsWith("data:", StringComparison.Ordinal) || address == new Uri(samples.Lesson).AbsoluteUri, address));
    }

    [Fact]
    public async Task NothingElseIsInIt()
    {
        await using var opened = await chromium.Open(samples.Lesson);
        foreach (var view in OtherViews)
        {
            await opened.Show(view);
            Assert.Equal("This page holds one lesson and nothing else.", await opened.Page.Locator(".absent").InnerTextAsync());
        }

        await opened.Show(PageViews.Lesson);
        await opened.RequireHeading("The SVD by hand");
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task TheSliderOfTheEllipseWorksByKeyboard()
    {
        await using var opened = await chromium.Open(samples.Lesson);
        var path = opened.Page.Locator("[data-panel='its image'] .outline path");
        var before = await path.GetAttributeAsync("d");

        await new Keyboard(opened).TabTo(".ellipse input[type=range]");
        await opened.Page.Keyboard.PressAsync("Home");
        await opened.Settle();

        Assert.NotEqual(before, await path.GetAttributeAsync("d"));
        Assert.Equal("The unit circle, as it is.", await opened.Page.Locator("[data-readout=ellipse]").InnerTextAsync());
    }

    [Fact]
    public async Task ItsFiguresAreDrawnForPrograms()
    {
        await using var opened = await chromium.Open(samples.Lesson, "#/figures");

        Assert.Equal(["ellipse"], await opened.Texts("() => [...document.querySelectorAll('#figures pre')].map(one => one.dataset.figure)"));
        Assert.Contains("<svg", (await opened.Evaluate("() => atob(document.querySelector('#figures pre').textContent)")).GetString());
    }

    [Fact]
    public async Task PaperHasTheStepsAndNoControls()
    {
        await using var opened = await chromium.Open(samples.Lesson, look: new(Scheme: ColorScheme.Dark));

        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Empty(await opened.Texts("() => [...document.querySelectorAll('input, select, button')].filter(one => one.checkVisibility()).map(one => one.outerHTML)"));
        Assert.NotEqual(0, await opened.Page.Locator(".matrix:visible").CountAsync());
    }
}
