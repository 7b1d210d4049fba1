using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>The page of a training: a slider over its checkpoints, a line a layer, one layer over time.</summary>
public sealed class TrajectoryPageTests(Chromium chromium, SampleReports samples)
{
    private static readonly string[] Views = ["", PageViews.TrackedLayer, PageViews.Metrics, "#/model/0", "#/model/2/layer/1", "#/training/nothing", "#/models"];

    [Fact]
    public async Task NothingIsSaidAndNothingIsAskedFor()
    {
        await using var opened = await chromium.Open(samples.Tracked);
        foreach (var view in Views)
        {
            await opened.Show(view);
            Assert.NotEqual("", await opened.Page.Locator("main").InnerTextAsync());
        }

        Assert.Empty(opened.Said);
        Assert.All(opened.Requests, address => Assert.True(address.StartsWith("data:") || address == new Uri(samples.Tracked).AbsoluteUri, address));
    }

    [Fact]
    public void ASavedTrajectoryGivesTheSameBytes() => Assert.Equal(File.ReadAllBytes(samples.Tracked), Tool.Run("report", samples.TrackedResult).OutputBytes);

    [Fact]
    public async Task TheSliderGoesThroughTheCheckpointsByKeyboard()
    {
        var alpha = Result().GetProperty("summary").GetProperty("alpha");
        await using var opened = await chromium.Open(samples.Tracked);
        await opened.Page.Locator("h1", new() { HasText = "A training from step 0 to step 600" }).WaitForAsync();
        Assert.Equal(["alpha < 3: at no checkpoint", "alpha < 1: at no checkpoint"], (await opened.Page.Locator("ul.said").First.Locator("li").AllInnerTextsAsync()).Select(text => text.Contains("first at") ? "alpha < 3: at no checkpoint" : text));
        await new Keyboard(opened).TabTo("#checkpoint");
        foreach (var (key, place) in new[] { ("Home", 0), ("ArrowRight", 1), ("End", 2) })
        {
            await opened.Page.Keyboard.PressAsync(key);
            var said = await opened.Page.Locator("[data-readout=checkpoint] [data-value=alpha]").InnerTextAsync();
            Assert.Equal(alpha[place].GetDouble(), double.Parse(said, CultureInfo.InvariantCulture), 3e-4 * alpha[place].GetDouble());
        }

        Assert.Equal("step 600", await opened.Page.Locator("#checkpoint").GetAttributeAsync("aria-valuetext"));
    }

    [Fact]
    public async Task TheCoursesAreThoseOfTheResult()
    {
        await using var opened = await chromium.Open(samples.Tracked);

        var (_, content) = await opened.Saved(opened.Page.Locator("[data-figure=course-alpha]").GetByText("CSV"));

        var lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["layer", "step 0", "step 500", "step 600"], lines[0]);
        foreach (var layer in Result().GetProperty("layers").EnumerateArray().Where(layer => !layer.TryGetProperty("part_of", out _)))
        {
            var wanted = layer.GetProperty("metrics").GetProperty("alpha").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? "" : value.GetDouble().ToString("R", CultureInfo.InvariantCulture));
            Assert.Equal(wanted, lines.Single(line => line[0] == layer.GetProperty("name").GetString()).Skip(1));
        }
    }

    [Fact]
    public async Task ALayerLeadsToItsNeighboursAndToItsCheckpoints()
    {
        await using var opened = await chromium.Open(samples.Tracked, PageViews.TrackedLayer);
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.0.attn.c_proj.weight" }).WaitForAsync();
        Assert.Equal(["models-density", "leading-values", "models-singular-values", "rotation", "course-alpha", "course-stable_rank", "course-norm", "course-effective_rank"], await opened.Page.Locator("[data-figure]").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.figure)"));
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.0.mlp.c_fc.weight" }).WaitForAsync();
        await opened.Page.Locator("thead a", new() { HasText = "step 500" }).ClickAsync();
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.0.mlp.c_fc.weight" }).WaitForAsync();
        Assert.StartsWith("#/model/1/layer/", new Uri(opened.Page.Url).Fragment, StringComparison.Ordinal);
    }

    private JsonElement Result() => JsonElement.Parse(File.ReadAllText(samples.TrackedResult));
}
