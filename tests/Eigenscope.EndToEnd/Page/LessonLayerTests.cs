using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A lesson on a layer in the explorer: which layers are offered, that they are analysed first, and what is asked for. The answers are made here, and tell the question.</summary>
public sealed class LessonLayerTests(Chromium chromium)
{
    private const string Lesson = "#/lesson/a-layer";
    private const string Topic = """{"name":"a-layer","title":"A layer","about":"What a layer holds.","needs":"layer"}""";

    [Fact]
    public async Task ALayerIsAnalysedThenTheLessonIsWorkedOnIt()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        await using var opened = await Open(explorer);
        var rows = (await explorer.Json("/api/data")).GetProperty("results")[0].GetProperty("layers").EnumerateArray().ToList();
        await Told(opened, "?model=0&row=1");

        Assert.Equal("analyzed", (await explorer.Statuses(0))[1]);
        Assert.Equal(rows.Where(row => AnalysisDocument.Text(row, "status") is "analyzed" or "pending").Select(Option), await opened.Page.Locator("select[name=layer] option").AllInnerTextsAsync());
        Assert.Equal(0, await opened.Page.Locator("select[name=model]").CountAsync());
        var last = rows.FindLastIndex(row => AnalysisDocument.Text(row, "status") == "pending");
        Assert.Equal("pending", (await explorer.Statuses(0))[last]);
        await opened.Page.Locator("select[name=layer]").SelectOptionAsync($"{last}");
        await Told(opened, $"?model=0&row={last}");

        Assert.Equal("analyzed", (await explorer.Statuses(0))[last]);
        Assert.Equal(0, await opened.Page.Locator(".editor").CountAsync());
        Assert.Empty(opened.Said);
    }

    [Theory]
    [InlineData("real-layer")]
    [InlineData("random-vs-trained")]
    public async Task TheLessonsOnLayersAreDrivenByTheChoice(string lesson)
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        await using var opened = await chromium.Open(explorer.Address.ToString(), $"#/lesson/{lesson}");
        foreach (var name in (string[])["transformer.h.0.attn.c_attn.weight", "transformer.h.0.mlp.c_fc.weight"])
        {
            var found = (await explorer.Json("/api/data")).GetProperty("results")[0].GetProperty("layers").EnumerateArray().ToList().FindIndex(layer => AnalysisDocument.Text(layer, "name") == name);
            await opened.Page.Locator("select[name=layer]").SelectOptionAsync($"{found}");
            await opened.Page.Locator(".step", new() { HasText = $"{name} of {Repository.TinyGpt}" }).WaitForAsync();
            Assert.Equal("analyzed", (await explorer.Statuses(0))[found]);
            await opened.Page.Locator(".step [data-figure] .plot-area svg").First.WaitForAsync();
        }

        Assert.Equal(0, await opened.Page.Locator(".claim[data-holds=false]").CountAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task OfSeveralModelsOneIsChosen()
    {
        Chromium.Require();
        using var folder = new TemporaryFolder();
        var saved = folder.Write("saved.json", Tool.Run("analyze", Repository.UntrainedTinyGpt, "--layers", "*h.0*", "--esd", "--format", "json").OutputBytes);
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt, saved);
        await using var opened = await Open(explorer);
        await Told(opened, "?model=0&row=1");

        Assert.Equal(["tiny-gpt", "tiny-gpt-step0"], await opened.Page.Locator("select[name=model] option").AllInnerTextsAsync());
        await opened.Page.Locator("select[name=model]").SelectOptionAsync("1");
        await Told(opened, "?model=1&row=1");
        var offered = await opened.Page.Locator("select[name=layer] option").AllInnerTextsAsync();

        Assert.All(offered, name => Assert.Contains(".h.0.", name));
        Assert.Empty(opened.Said);
    }

    /// <summary>Two models that share some layers: the one that was named first stands before the other, until the reader says otherwise.</summary>
    [Fact]
    public async Task ALayerOfTwoModelsIsBeforeAndAfter()
    {
        Chromium.Require();
        using var folder = new TemporaryFolder();
        var before = folder.Write("before.safetensors", SafeTensors.Of(RandomWeights.Tensor("a.weight", 1, 24, 16), RandomWeights.Tensor("b.weight", 2, 24, 16), RandomWeights.Tensor("c.weight", 3, 12, 16)));
        var after = folder.Write("after.safetensors", SafeTensors.Of(RandomWeights.Tensor("a.weight", 4, 24, 16), RandomWeights.Tensor("b.weight", 5, 24, 16), RandomWeights.Tensor("c.weight", 6, 16, 12)));
        using var explorer = await ExplorerProcess.Start(before, after);
        await using var opened = await chromium.Open(explorer.Address.ToString(), "#/lesson/random-vs-trained");
        ILocator Choice(string name) => opened.Page.Locator($"select[name={name}]");
        await Worked("Before training", "a.weight", before);

        await Worked("After training", "a.weight", after);
        Assert.Equal(["before.safetensors", "after.safetensors"], await Choice("model").Locator("option").AllInnerTextsAsync());
        Assert.Equal(["none, this layer alone", "before.safetensors"], await Choice("before").Locator("option").AllInnerTextsAsync());
        Assert.Equal(("analyzed", "analyzed"), ((await explorer.Statuses(0))[0], (await explorer.Statuses(1))[0]));
        Assert.Equal(1, await opened.Page.Locator(".step h2", new() { HasText = "What training did" }).CountAsync());

        await Choice("layer").SelectOptionAsync("1");
        await Worked("Before training", "b.weight", before);
        await Worked("After training", "b.weight", after);

        await Choice("before").SelectOptionAsync("");
        await Worked("The layer beside it", "b.weight", after);
        await Choice("layer").SelectOptionAsync("0");
        await Worked("The layer beside it", "a.weight", after);

        await Choice("model").SelectOptionAsync("0");
        await Worked("The layer beside it", "a.weight", before);
        await Choice("before").SelectOptionAsync("1");
        await Worked("Before training", "a.weight", after);
        await Worked("After training", "a.weight", before);

        await Choice("layer").SelectOptionAsync("2");
        await Worked("The layer beside it", "c.weight", before);
        Assert.Equal(["no other model has this layer"], await Choice("before").Locator("option").AllInnerTextsAsync());
        Assert.Empty(opened.Said);

        Task Worked(string title, string layer, string model) =>
            opened.Page.Locator(".step", new() { Has = opened.Page.Locator("h2", new() { HasText = title }) }).Locator(".prose", new() { HasText = $"{layer} of {model}," }).WaitForAsync();
    }

    [Fact]
    public async Task ALessonOnOneLayerHasNoBefore()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.UntrainedTinyGpt, Repository.TinyGpt);
        await using var opened = await Open(explorer);
        await Told(opened, "?model=0&row=1");

        Assert.Equal(0, await opened.Page.Locator("select[name=before]").CountAsync());
    }

    [Theory]
    [InlineData("flatten", "a.weight, 12 × 45", "b.weight, 16 × 12")]
    [InlineData("slices", "b.weight, 16 × 12")]
    [InlineData("fft", "b.weight, 16 × 12")]
    public async Task AConvolutionIsOfferedWhereItIsOneMatrix(string convolutions, params string[] offered)
    {
        Chromium.Require();
        using var folder = new TemporaryFolder();
        var model = folder.Write("model.safetensors", SafeTensors.Of(RandomWeights.Tensor("a.weight", 1, 12, 5, 3, 3), RandomWeights.Tensor("b.weight", 2, 16, 12)));
        using var explorer = await ExplorerProcess.Start(model, "--conv", convolutions);
        await using var opened = await chromium.Open(explorer.Address.ToString(), "#/lesson/real-layer");
        await opened.Page.Locator(".step", new() { HasText = $"b.weight of {model}" }).First.WaitForAsync();

        Assert.Equal(offered, await opened.Page.Locator("select[name=layer] option").AllInnerTextsAsync());
        if (offered.Length > 1)
        {
            await opened.Page.Locator("select[name=layer]").SelectOptionAsync("0");
            await opened.Page.Locator(".step .prose", new() { HasText = "It is a convolution" }).WaitForAsync();
        }

        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task WhatTheServerRefusesIsTold()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        await using var opened = await Open(explorer);
        await Told(opened, "?model=0&row=1");
        await opened.Page.RouteAsync("**/api/lessons/a-layer?model=0&row=2", route => route.FulfillAsync(new() { Status = 400, ContentType = "application/json", Body = """{"error":"the layer is none for a lesson"}""" }));

        await opened.Page.Locator("select[name=layer]").SelectOptionAsync("2");
        await opened.Page.Locator("[role=status]", new() { HasText = "the layer is none for a lesson" }).WaitForAsync();

        Assert.Equal("?model=0&row=1", await opened.Page.Locator(".step .prose").InnerTextAsync());
    }

    [Fact]
    public async Task WithoutAModelItSaysHowToOpenOne()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start();
        await using var opened = await Open(explorer);

        Assert.Contains("eigenscope serve MODEL", await opened.Page.Locator(".absent").InnerTextAsync());
        Assert.Empty(opened.Said);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task BeforeAndAfterCanBeChosenByEveryone(ColorScheme scheme, int width)
    {
        AccessibilityTests.RequireAxe();
        using var explorer = await ExplorerProcess.Start(Repository.UntrainedTinyGpt, Repository.TinyGpt);
        await using var opened = await chromium.Open(explorer.Address.ToString(), "#/lesson/random-vs-trained", new(PassesPolicy: true, Scheme: scheme, Width: width, Height: 900));
        await opened.Page.Locator(".step h2", new() { HasText = "What training did" }).WaitForAsync();
        await opened.Settle();

        Assert.Equal(width, (await opened.Evaluate("() => document.documentElement.scrollWidth")).GetInt32());
        Assert.Empty(await opened.Texts(NarrowTests.TooWide));
        Assert.Empty(await opened.Texts(ThemeTests.Script, ThemeTests.LeastContrast));
        Assert.DoesNotContain(await AccessibilityTests.Violations(opened), violation => violation.Contains(" serious ") || violation.Contains(" critical "));
    }

    private static string Option(JsonElement row) => $"{AnalysisDocument.Text(row, "name")}, {row.GetProperty("rows").GetInt32()} × {row.GetProperty("cols").GetInt32()}";

    private static Task Told(ReportView opened, string question) => opened.Page.Locator(".step .prose", new() { HasText = question }).WaitForAsync();

    private async Task<ReportView> Open(ExplorerProcess explorer)
    {
        var opened = await chromium.Open(explorer.Address.ToString(), "#/metrics");
        await opened.Page.RouteAsync("**/api/lessons", route => Answer(route, $$"""{"lessons":[{{Topic}}]}"""));
        await opened.Page.RouteAsync("**/api/lessons/a-layer?*", route => Answer(route, $$"""{"tool":{},"lesson":{{Topic}},"matrix":null,"steps":[{"title":"The question","parts":[{"kind":"text","text":"{{new Uri(route.Request.Url).Query}}"}]}]}"""));
        await opened.Page.GotoAsync(explorer.Address + Lesson);
        await opened.Page.ReloadAsync();
        await opened.Settle();
        return opened;
    }

    private static Task Answer(IRoute route, string body) => route.FulfillAsync(new() { ContentType = "application/json", Body = body });
}
