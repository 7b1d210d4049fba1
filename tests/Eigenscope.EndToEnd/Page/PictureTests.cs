using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>The pictures of <c>docs/page.md</c>; EIGENSCOPE_UPDATE_GOLDEN=1 takes them again.</summary>
public sealed class PictureTests(Chromium chromium, SampleReports samples)
{
    private const int Width = 1280;
    private const string Layer = "#/model/1/layer/1";
    private const int MostBytes = 250_000;

    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("EIGENSCOPE_UPDATE_GOLDEN") == "1";

    [Theory]
    [InlineData("overview.png", "#/model/1", 1180, ColorScheme.Light)]
    [InlineData("layer.png", Layer, 1000, ColorScheme.Light)]
    [InlineData("layer-dark.png", Layer, 620, ColorScheme.Dark)]
    [InlineData("models.png", PageViews.ModelLayer, 730, ColorScheme.Light)]
    [InlineData("comparison.png", PageViews.Compared, 1180, ColorScheme.Light)]
    [InlineData("training.png", PageViews.Training, 1180, ColorScheme.Light)]
    [InlineData("merge.png", PageViews.Merge, 1180, ColorScheme.Light)]
    [InlineData("lesson.png", PageViews.Lesson, 1140, ColorScheme.Light, ".step:nth-of-type(8) .prose:nth-of-type(2)")]
    public async Task IsThereInItsSize(string name, string view, int height, ColorScheme scheme, string? first = null)
    {
        var path = Path.Combine(Repository.Folder, "docs", "images", name);
        if (IsUpdate)
        {
            await using var opened = await chromium.Open(Report(view), view, new(Scheme: scheme, Width: Width, Height: height));
            if (first is not null)
            {
                await opened.Page.Locator(first).EvaluateAsync("one => { one.scrollIntoView(); scrollBy(0, -12); }");
                await opened.Settle();
            }

            await opened.Page.ScreenshotAsync(new() { Path = path });
        }

        Assert.True(File.Exists(path), $"docs/images/{name} is missing; EIGENSCOPE_UPDATE_GOLDEN=1 takes it");
        Assert.Equal((Width, height), Png.SizeOf(File.ReadAllBytes(path)));
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
    }

    private string Report(string view) =>
        PageViews.OfMerge.Contains(view) ? samples.Merged
        : PageViews.OfTraining.Contains(view) ? samples.Tracked
        : PageViews.OfComparison.Contains(view) ? samples.Compared
        : view == PageViews.Lesson ? samples.Lesson
        : samples.Two;
}
