using System.Text.Json;
using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>What the page says of a rank is what the library says.</summary>
public sealed class RankSliderTests(Chromium chromium, SampleReports samples)
{
    private const double Tolerance = 1e-12;
    private const int Row = 1;

    private static readonly string[] Keys = ["Home", "ArrowRight", "PageUp", "PageUp", "End", "ArrowLeft", "PageDown"];

    [Fact]
    public async Task ByKeyboard()
    {
        var layer = Layer();
        await using var opened = await Open();
        await opened.Page.Locator("#rank").FocusAsync();

        foreach (var key in Keys)
        {
            await opened.Page.Keyboard.PressAsync(key);
            await RequireNumbersOf(layer, opened);
        }
    }

    [Fact]
    public async Task ByMouse()
    {
        var layer = Layer();
        await using var opened = await Open();
        var place = (await opened.Page.Locator("#rank").BoundingBoxAsync())!;

        await opened.Page.Locator("#rank").ClickAsync(new() { Position = new() { X = place.Width / 3, Y = place.Height / 2 } });

        Assert.InRange(await RequireNumbersOf(layer, opened), 75, 95);
    }

    [Theory]
    [InlineData(0.5, "50 %")]
    [InlineData(0.9, "90 %")]
    [InlineData(0.99, "99 %")]
    public async Task AButtonGivesTheLeastRankThatKeepsItsShare(double share, string button)
    {
        var layer = Layer();
        await using var opened = await Open();

        await opened.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        var rank = await RequireNumbersOf(layer, opened);
        Assert.Equal(Truncation.RankFor(Eigenvalues(layer), share), rank);
        Assert.Equal($"{rank}", await opened.Page.Locator("#rank").InputValueAsync());
    }

    /// <summary>Compares what is shown of the rank that is shown, and returns that.</summary>
    private static async Task<int> RequireNumbersOf(JsonElement layer, ReportView opened)
    {
        var rank = (int)await opened.Exact("rank");
        var kept = Truncation.Of(Eigenvalues(layer), rank, layer.GetProperty("rows").GetInt32(), layer.GetProperty("cols").GetInt32());
        Assert.Equal(kept.Share, await opened.Exact("share"), Tolerance);
        Assert.Equal(kept.Error, await opened.Exact("error"), Tolerance);
        Assert.Equal(kept.SpectralError, await opened.Exact("spectralError"), Tolerance);
        Assert.Equal(kept.Elements, await opened.Exact("elements"));
        return rank;
    }

    private static double[] Eigenvalues(JsonElement layer) => [.. layer.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble())];

    private JsonElement Layer() => AnalysisDocument.Parse(File.ReadAllText(samples.TrainedResult)).Layers[Row];

    private Task<ReportView> Open() => chromium.Open(samples.Trained, $"#/model/0/layer/{Row}");
}
