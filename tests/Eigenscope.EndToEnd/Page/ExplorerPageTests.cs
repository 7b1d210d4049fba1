using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>The explorer as its users see it: the page in a browser, with the server behind it.</summary>
public sealed class ExplorerPageTests(Chromium chromium, ServeTests.LargeAndSmall large) : IClassFixture<ServeTests.LargeAndSmall>
{
    private const string Analysed = "All 30 layers are analysed.";

    [Fact]
    public async Task ASmallModelIsAnalysedByItself()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        await using var opened = await chromium.Open(explorer.Address.ToString());

        await opened.Page.GetByText(Analysed).WaitForAsync();
        await opened.Page.Locator(".verdicts button").First.WaitForAsync();
        await opened.Page.Locator("tbody tr").Nth(5).ScrollIntoViewIfNeededAsync();
        await opened.Page.Locator(".sparkline").First.WaitForAsync();

        await opened.RequireHeading("tiny-gpt");
        Assert.DoesNotContain("pending", await explorer.Statuses(0));
        Assert.Empty(opened.Said);
        Assert.All(opened.Requests, request => Assert.StartsWith(explorer.Address.ToString(), request));
    }

    [Fact]
    public async Task ALayerIsDrawnWhenItIsKnown()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        await using var opened = await chromium.Open(explorer.Address.ToString(), "#/model/0/layer/1");

        await opened.Page.Locator("[data-value=alpha]").WaitForAsync();

        var alpha = (await explorer.Json("/api/data")).GetProperty("results")[0].GetProperty("layers")[1].GetProperty("metrics").GetProperty("alpha").GetDouble();
        Assert.Equal(alpha, await opened.Exact("alpha"), 1e-9 * alpha);
        Assert.Equal(["analyzed"], (await explorer.Statuses(0)).Where(status => status is not ("skipped" or "pending")));
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task LeavingALayerGivesItUp()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(large.Path);
        await using var opened = await chromium.Open(explorer.Address.ToString(), "#/model/0/layer/0");

        await opened.Page.GetByText("Computing the spectrum").WaitForAsync();
        await opened.Show("#/model/0/layer/1");
        await opened.Page.Locator("[data-value=alpha]").WaitForAsync();

        Assert.Equal(["pending", "analyzed", "pending"], await explorer.Statuses(0));
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task ALargeModelWaitsToBeAskedAndCanBeStopped()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(large.Path);
        await using var opened = await chromium.Open(explorer.Address.ToString());
        Assert.Equal(["pending", "pending", "pending"], await explorer.Statuses(0));

        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Analyse all 3 layers" }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await opened.Page.GetByText("Stopped; 3 layers are not analysed yet.").WaitForAsync();

        Assert.Equal(["pending", "pending", "pending"], await explorer.Statuses(0));
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task ModelsAndSavedResultsAreSideBySide()
    {
        Chromium.Require();
        using var folder = new TemporaryFolder();
        var saved = folder["saved.json"];
        Tool.Run("analyze", Repository.UntrainedTinyGpt, "--format", "json", "--esd", "-o", saved);
        using var explorer = await ExplorerProcess.Start(saved, Repository.TinyGpt);
        await using var opened = await chromium.Open(explorer.Address.ToString());

        await opened.Page.GetByText(Analysed).WaitForAsync();
        await opened.Show("#/models/transformer.h.0.attn.c_attn.weight");
        await opened.Page.Locator("[data-figure=models-density] .plot-area svg").WaitForAsync();

        Assert.Equal("tiny-gpt-step0", await opened.Page.Locator("[data-readout=model] strong").First.InnerTextAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task WhatIsKnownIsSavedAsAFile()
    {
        Chromium.Require();
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        await using var opened = await chromium.Open(explorer.Address.ToString());
        await opened.Page.GetByText(Analysed).WaitForAsync();

        var (name, content) = await opened.Saved(opened.Page.GetByText("Save as a file"));

        using var folder = new TemporaryFolder();
        var file = folder[name];
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        await using var report = await chromium.Open(file, "#/model/0/layer/1");
        Assert.Equal("eigenscope-report.html", name);
        Assert.True(await report.Exact("alpha") > 1);
        Assert.Empty(report.Said);
        Assert.Empty(opened.Said);
    }
}
