using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>The page of a comparison: what it shows is what the result holds, by keyboard and without a request.</summary>
public sealed class ComparisonPageTests(Chromium chromium, SampleReports samples) : IDisposable
{
    private const string Layer = "transformer.h.0.attn.c_proj.weight";

    private static readonly string[] Views = ["", PageViews.ComparedLayer, PageViews.Metrics, "#/model/0", "#/model/1/layer/2", "#/compared/1", "#/compared/0/layer/999", "#/compared/x/layer/y"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task NothingIsSaidAndNothingIsAskedFor()
    {
        await using var opened = await chromium.Open(samples.Compared);
        foreach (var view in Views)
        {
            await opened.Show(view);
            Assert.NotEqual("", await opened.Page.Locator("main").InnerTextAsync());
        }

        Assert.Empty(opened.Said);
        Assert.All(opened.Requests, address => Assert.True(address.StartsWith("data:") || address == new Uri(samples.Compared).AbsoluteUri, address));
    }

    [Fact]
    public void ASavedComparisonGivesTheSameBytes() => Assert.Equal(File.ReadAllBytes(samples.Compared), Tool.Run("report", samples.ComparedResult).OutputBytes);

    [Fact]
    public async Task TheOverviewTellsVerdictAndTests()
    {
        var summary = Result().GetProperty("summary");
        await using var opened = await chromium.Open(samples.Compared);

        await opened.RequireHeading("tiny-gpt beside tiny-gpt-step0");
        Assert.Equal($"▲ {summary.GetProperty("verdict").GetString()} {summary.GetProperty("reason").GetString()}.", await opened.Page.Locator(".judged").InnerTextAsync());
        Assert.Equal(["alpha", "stable_rank", "effective_rank"], await opened.Page.Locator("[data-table=moved] tbody td:first-child").AllInnerTextsAsync());
        var alpha = summary.GetProperty("metrics").GetProperty("alpha");
        Assert.Equal([alpha.GetProperty("mean").GetDouble(), alpha.GetProperty("reference_mean").GetDouble()],
            (await opened.Page.Locator("[data-table=moved] tbody tr:first-child .number").AllInnerTextsAsync()).Take(2).Select(text => double.Parse(text, CultureInfo.InvariantCulture)), (a, b) => Math.Abs(a - b) < 0.01);
    }

    [Theory]
    [InlineData("left")]
    [InlineData("right")]
    public async Task TheOverlapsAreThoseOfTheResult(string side)
    {
        await using var opened = await chromium.Open(samples.Compared, PageViews.ComparedLayer);
        var figure = opened.Page.Locator($"[data-figure=overlap-{side}]");

        var (_, content) = await opened.Saved(figure.GetByText("CSV"));

        var wanted = Result().GetProperty("layers")[1].GetProperty("subspaces").GetProperty(side).GetProperty("cosines").EnumerateArray().Select(row => row.EnumerateArray().Select(cosine => cosine.GetDouble()).ToArray()).ToArray();
        var saved = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',').Skip(1).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(wanted, saved);
        Assert.Equal(16 * 16, await figure.Locator("svg svg").First.Locator("g[aria-label=cell] rect, rect[width]").CountAsync());
    }

    [Fact]
    public async Task TheTableIsSortedAndSearchedAndLeadsToALayerAndItsNeighbours()
    {
        await using var opened = await chromium.Open(samples.Compared);
        var keyboard = new Keyboard(opened);

        await keyboard.TabTo("input[type=search]");
        await opened.Page.Keyboard.TypeAsync("mlp.c_fc");
        Assert.Equal(4, (await LayerTable.Names(opened)).Length);
        await keyboard.Enter("button[data-sort=cosine]");
        var falling = await LayerTable.Numbers(opened, "cosine");
        Assert.Equal(4, falling.Length);
        Assert.Equal(falling.OrderDescending(), falling);
        await keyboard.Enter("tbody a[href='#/compared/0/layer/12']");
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.1.mlp.c_fc.weight" }).WaitForAsync();
        await keyboard.Press("ArrowRight");
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.1.mlp.c_proj.weight" }).WaitForAsync();
        await keyboard.Enter(".breadcrumb a[href='#/compared/0']");
        await opened.Page.Locator("h1", new() { HasText = "tiny-gpt beside tiny-gpt-step0" }).WaitForAsync();
    }

    [Fact]
    public async Task OneOfSeveralModelsIsChosenAndWhatIsMissingIsSaid()
    {
        Chromium.Require();
        Tool.Run("compare", Repository.TinyGpt, Repository.CopyOfTinyGpt(folder, "tiny-gpt-copy"), Repository.UntrainedTinyGpt, "--layers", Layer, "--format", "json", "--out", folder["three.json"]);
        var line = Assert.Single(Tool.Run("report", folder["three.json"], "--out", folder["three.html"]).ErrorLines);
        await using var opened = await chromium.Open(folder["three.html"], "#/compared/0/layer/0");

        await opened.Page.Locator("select[name=compared]").SelectOptionAsync("1");
        await opened.Settle();

        Assert.EndsWith("#/compared/1/layer/0", opened.Page.Url);
        Assert.Contains("A is tiny-gpt-copy, B is tiny-gpt-step0", await opened.Page.Locator(".facts").InnerTextAsync());
        Assert.All(await opened.Page.Locator(".absent").AllInnerTextsAsync(), text => Assert.Contains("compare --report or --esd saves them", text));
        Assert.Contains("the comparison holds no eigenvalues of 3 of 3 layers and no overlaps", line);
        await opened.Show("");
        await opened.RequireHeading("tiny-gpt beside tiny-gpt-step0");
        Assert.Contains("If the models were merged", await opened.Page.Locator("h2").AllInnerTextsAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public void FiguresAreFilesOfTheComparisonAndOfALayer()
    {
        Chromium.Require();

        var result = Tool.Run("compare", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--layers", Layer, "--quiet", "--figures", folder["figures"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["flow-change_percent.svg", "flow-cosine.svg", "flow-left_overlap.svg", "groups-alpha.svg"], Names(folder["figures"]));
        Assert.Equal(["change-density.svg", "change-log-density.svg", "models-density.svg", "models-singular-values.svg", "overlap-left.svg", "overlap-right.svg", "principal-angles.svg"], Names(Path.Combine(folder["figures"], Layer)));
    }

    [Fact]
    public void AComparisonIsAPageOfItsOwn()
    {
        var result = Tool.Run("report", samples.ComparedResult, samples.TrainedResult, "--out", folder["page.html"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"eigenscope: {samples.ComparedResult}: a comparison makes a page of its own; give it alone", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void ABrokenComparisonIsOneLine()
    {
        var path = folder.Write("bad.json", Encoding.UTF8.GetBytes(File.ReadAllText(samples.ComparedResult).Replace("\"reference\": 1", "\"reference\": 2")));

        var result = Tool.Run("report", path, "--out", folder["page.html"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"eigenscope: {path}: 'reference' is 2; a number from 0 to 1 is wanted", Assert.Single(result.ErrorLines));
        Assert.False(File.Exists(folder["page.html"]));
    }

    private JsonElement Result() => JsonDocument.Parse(File.ReadAllBytes(samples.ComparedResult)).RootElement;

    private static IEnumerable<string?> Names(string path) => Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
