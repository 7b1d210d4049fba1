using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Everything is reached and worked by keyboard alone, and the focus is always seen.</summary>
public sealed class KeyboardTests(Chromium chromium, SampleReports samples)
{
    private const string Layer = "#/model/0/layer/1";

    [Fact]
    public async Task TheTableLeadsToALayerAndArrowKeysToItsNeighbours()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);

        await keyboard.Enter("tbody a[href='#/model/0/layer/1']");
        await opened.RequireHeading("transformer.h.0.attn.c_attn.weight");
        await keyboard.Press("ArrowRight");
        await opened.RequireHeading("transformer.h.0.attn.c_attn.weight:q");
        await keyboard.Press("ArrowLeft");
        await opened.RequireHeading("transformer.h.0.attn.c_attn.weight");
        Assert.Equal("main", (await opened.Evaluate("() => document.activeElement.id")).GetString());
    }

    [Fact]
    public async Task TheContentIsOneStepFromTheTop()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);

        await keyboard.Enter(".skip");
        await keyboard.Press("Tab");

        await keyboard.RequireFocusOn("main .settings summary");
    }

    [Theory]
    [InlineData("xmin", "xmin")]
    [InlineData("rank", "rank")]
    public async Task ArrowKeysMoveASliderAndStayInTheLayer(string slider, string value)
    {
        await using var opened = await chromium.Open(samples.Trained, Layer);
        var keyboard = new Keyboard(opened);
        await keyboard.TabTo($"#{slider}");
        var before = await opened.Exact(value);

        await keyboard.Press("ArrowRight");
        var after = await opened.Exact(value);
        await keyboard.Press("ArrowLeft");

        Assert.True(after > before);
        Assert.Equal(before, await opened.Exact(value));
        Assert.EndsWith(Layer, opened.Page.Url);
        Assert.Contains(slider, await opened.Page.Locator($"#{slider}").GetAttributeAsync("aria-valuetext"));
        await keyboard.RequireFocusOn($"#{slider}");
    }

    [Fact]
    public async Task AButtonGoesBackToTheFit()
    {
        await using var opened = await chromium.Open(samples.Trained, Layer);
        var keyboard = new Keyboard(opened);
        var fit = await opened.Exact("alpha");
        await keyboard.TabTo("#xmin");
        await keyboard.Press("Home");
        Assert.NotEqual(fit, await opened.Exact("alpha"));

        await keyboard.Enter(".control button");

        Assert.Equal(fit, await opened.Exact("alpha"));
    }

    [Fact]
    public async Task AllModelsLeadToALayerOverModelsThatPlays()
    {
        await using var opened = await chromium.Open(samples.Three, "#/model/0");
        var keyboard = new Keyboard(opened);
        await keyboard.Enter("nav a[href='#/models']");
        await opened.RequireHeading("3 models side by side");
        await keyboard.Enter("tbody a[href^='#/models/']");
        await keyboard.TabTo("#model");
        await keyboard.Press("ArrowRight");
        Assert.StartsWith("tiny-gpt-copy", await opened.Page.Locator("[data-readout=model]").InnerTextAsync());

        await keyboard.Enter("button[aria-pressed]");

        Assert.Equal("Pause", await opened.Page.Locator("button[aria-pressed=true]").InnerTextAsync());
        await opened.Page.WaitForFunctionAsync("() => document.getElementById('model').value === '0'");
        await keyboard.Press("Enter");
        Assert.Equal("Play", await opened.Page.Locator("button[aria-pressed=false]").InnerTextAsync());
    }

    [Fact]
    public async Task AMetricLeadsToWhatItMeans()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);

        await keyboard.Enter(".card a[href='#/metrics/stable_rank']");

        await opened.RequireHeading("What the numbers mean");
        await keyboard.RequireFocusOn("#metric-stable_rank");
        await keyboard.Press("Shift+Tab");
    }

    [Fact]
    public async Task TheNavigationLeadsToWhatTheNumbersMean()
    {
        await using var opened = await chromium.Open(samples.Trained);

        await new Keyboard(opened).Enter("nav a[href='#/metrics']");

        await opened.RequireHeading("What the numbers mean");
    }

    [Fact]
    public async Task TheThemeButtonKeepsTheFocus()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);

        await keyboard.Enter(".theme");

        Assert.Equal("dark", await opened.Page.Locator("html").GetAttributeAsync("data-theme"));
        await keyboard.RequireFocusOn(".theme");
    }

    [Fact]
    public async Task SortingKeepsTheFocus()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);

        await keyboard.Enter("button[data-sort=alpha]");
        await keyboard.RequireFocusOn("th[aria-sort=descending] button[data-sort=alpha]");
        var falling = await LayerTable.Numbers(opened, "alpha");
        await keyboard.Press("Enter");
        await keyboard.RequireFocusOn("th[aria-sort=ascending] button[data-sort=alpha]");
        var rising = await LayerTable.Numbers(opened, "alpha");
        await keyboard.Press("Enter");
        await keyboard.RequireFocusOn("th[aria-sort=none] button[data-sort=alpha]");

        Assert.Equal(30, falling.Length);
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(falling.Order(), rising);
    }

    [Fact]
    public async Task SearchingNarrowsTheTable()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);
        await keyboard.TabTo("input[type=search]");

        await opened.Page.Keyboard.TypeAsync("H.0.MLP");

        var names = await LayerTable.Names(opened);
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains("h.0.mlp", name));
        Assert.StartsWith($"{names.Length} of 64 layers and tensors", await opened.Page.Locator(".said").InnerTextAsync());
        await keyboard.RequireFocusOn("input[type=search]");
    }

    [Fact]
    public async Task MoreRowsTakeTheFocusOfTheirButton()
    {
        using var folder = new TemporaryFolder();
        var result = folder.Write("result.json", MadeResult.Of([.. Enumerable.Range(0, 250).Select(layer => MadeResult.HeavyTailed(40, layer))]));
        await using var opened = await chromium.Open(samples.Of(result));
        var button = opened.Page.Locator(LayerTable.MoreRows);

        await button.EvaluateAsync("button => { button.focus({ preventScroll: true }); button.click(); }");

        await new Keyboard(opened).RequireFocusOn("tbody tr:nth-child(101) a");
    }

    [Fact]
    public async Task AVerdictIsChosen()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);
        await keyboard.TabTo("select[name=outcome]");

        await opened.Page.Keyboard.TypeAsync("over");

        Assert.Equal(["over-trained"], (await opened.Page.Locator("tbody tr .verdict").AllInnerTextsAsync()).Select(text => text[2..]).Distinct());
        await keyboard.RequireFocusOn("select[name=outcome]");
    }

    [Fact]
    public async Task AVerdictAboveChoosesItsLayers()
    {
        await using var opened = await chromium.Open(samples.Trained);

        await new Keyboard(opened).Enter(".verdicts button[data-verdict='over-trained']");

        Assert.Equal("over-trained", await opened.Page.Locator("select[name=outcome]").InputValueAsync());
        Assert.NotEmpty(await LayerTable.Names(opened));
    }

    [Fact]
    public async Task AColumnIsAdded()
    {
        await using var opened = await chromium.Open(samples.Trained);
        var keyboard = new Keyboard(opened);
        await keyboard.Enter(".columns summary");
        await keyboard.TabTo(".columns input:not(:checked)");

        await keyboard.Press("Space");

        await keyboard.RequireFocusOn(".columns input:checked");
        Assert.Equal(1, await opened.Page.Locator("th button[data-sort=N]").CountAsync());
        Assert.Equal(30, (await LayerTable.Numbers(opened, "N")).Length);
    }
}
