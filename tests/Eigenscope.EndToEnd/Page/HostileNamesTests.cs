using System.Text.Json;
using Eigenscope.Reports;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A tensor may have any name: the page shows it as text, and files of figures stay in their folder.</summary>
public sealed class HostileNamesTests(Chromium chromium, HostileNamesTests.Model model) : IClassFixture<HostileNamesTests.Model>
{
    private const string Unmatched = "</td></table><img src=x onerror=alert(4)>";

    private static readonly string[] Names =
    [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(2)>",
        "<!--<script>",
        "\"quoted\" 'twice' & <b>bold</b> `x` ${alert(3)}",
        "ünïcödé \u202e right to left 𝛌 \u2028 line",
        new string('n', 2000),
        "../../x",
        "..",
        ".",
        "/etc/passwd",
        "a\\..\\b",
        "%2e%2e/%00",
        "CON",
    ];

    [Fact]
    public async Task ALayerIsHeadedByItsName()
    {
        await using var opened = await chromium.Open(model.Page);

        foreach (var (place, name) in Names.Index())
        {
            await opened.Show($"#/model/0/layer/{place}");
            await RequireHeading(opened, name);
        }

        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task ALayerOverModelsIsFoundByItsName()
    {
        await using var opened = await chromium.Open(model.Page);

        foreach (var name in Names)
        {
            await opened.Show("#/models");
            await opened.Page.EvaluateAsync("name => [...document.querySelectorAll('tbody a')].find(link => link.textContent === name).click()", name);
            await opened.Settle();
            await RequireHeading(opened, name);
        }

        Assert.Empty(opened.Said);
    }

    [Theory]
    [InlineData("#/model/0")]
    [InlineData("#/models")]
    public async Task TablesHoldEveryName(string view)
    {
        await using var opened = await chromium.Open(model.Page, view);

        var shown = await opened.Page.Locator(".scroll tbody a").AllTextContentsAsync();

        Assert.All(Names, name => Assert.Contains(name, shown));
        Assert.Equal(0, await opened.Page.Locator("img, main b").CountAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task AComparedLayerIsHeadedByItsName()
    {
        await using var opened = await chromium.Open(model.Comparison);

        var shown = await opened.Page.Locator(".scroll tbody a").AllTextContentsAsync();
        Assert.All(Names, name => Assert.Contains(name, shown));
        Assert.Equal(Unmatched, await opened.Page.Locator("[data-table=unmatched] tbody td").Nth(1).TextContentAsync());
        foreach (var (place, name) in Names.Index())
        {
            await opened.Show($"#/compared/0/layer/{place}");
            await RequireHeading(opened, name);
        }

        Assert.Empty(opened.Said);
    }

    /// <summary>Whatever a merge names: tensors, models, routes, reasons, numbers, the recipe.</summary>
    [Fact]
    public async Task AMergeShowsEveryNameAsText()
    {
        await using var opened = await chromium.Open(model.Merge);

        var shown = await opened.Page.Locator(".scroll tbody a").AllTextContentsAsync();
        Assert.All(Names, name => Assert.Contains(name, shown));
        Assert.Equal(0, await opened.Page.Locator("img, main b").CountAsync());
        foreach (var (place, name) in Names.Index())
        {
            await opened.Show($"#/merge/tensor/{place}");
            await RequireHeading(opened, name);
            Assert.Contains(name, await opened.Page.Locator(".judged").TextContentAsync());
        }

        await opened.Show(PageViews.Metrics);
        Assert.Equal(0, await opened.Page.Locator("img, main b").CountAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public void FiguresStayInTheirFolder()
    {
        using var folder = new TemporaryFolder();
        var inner = folder.MakeFolder("inner");

        var result = Tool.Run("report", model.Result, "--out", Path.Combine(inner, "page.html"), "--figures", Path.Combine(inner, "figures"));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal([inner], Directory.GetFileSystemEntries(folder.FullPath));
        Assert.Equal(2, Directory.GetFileSystemEntries(inner).Length);
        Assert.Equal(5 * Names.Length, Directory.GetFiles(Path.Combine(inner, "figures"), "*.svg", SearchOption.AllDirectories).Length - Directory.GetFiles(Path.Combine(inner, "figures")).Length);
    }

    private static async Task RequireHeading(ReportView opened, string name)
    {
        Assert.Equal(name, await opened.Page.Locator("h1").TextContentAsync());
        Assert.Equal(0, await opened.Page.Locator("img, main b").CountAsync());
    }

    /// <summary>A matrix for each name, and the report of the model beside itself.</summary>
    public sealed class Model : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Model()
        {
            Chromium.Require();
            var file = folder.Write("model <img src=x onerror=alert(0)>.safetensors", SafeTensors.Of([.. Names.Select((name, place) => RandomWeights.Tensor(JsonEncodedText.Encode(name).ToString(), place, 24, 16))]));
            Result = folder["result.json"];
            Page = folder["page.html"];
            Tool.Run("analyze", file, "--format", "json", "--esd", "--out", Result);
            Tool.Run("report", Result, Result, "--out", Page);
            Comparison = folder["comparison.html"];
            var other = folder.Write("other <script>alert(5).safetensors", SafeTensors.Of([.. Names.Select((name, place) => RandomWeights.Tensor(JsonEncodedText.Encode(name).ToString(), place + 100, 24, 16)), RandomWeights.Tensor(Unmatched, 1, 20, 16)]));
            Tool.Run("compare", other, file, "--quiet", "--out", folder["table"], "--report", Comparison);
            Merge = folder["merge.html"];
            Tool.Run("report", folder.Write("merge.json", Merged(file, other)), "--quiet", "--out", Merge);
        }

        /// <summary>A merge whose every text is hostile.</summary>
        private static byte[] Merged(string file, string other)
        {
            using var reference = Eigenscope.Models.Model.Open(file);
            using var changed = Eigenscope.Models.Model.Open(other);
            Dictionary<string, double?> Numbers(string name) => new() { [name] = 0.5, ["change_norm"] = 1, ["relative_change"] = 0.25, ["__proto__"] = 2 };
            return MergeJson.Of(new(
                new(Names[1], string.Join('\n', Names), 0, RoundsAtRandom: false), [reference, changed], 0,
                [.. Names.Select(name => new MergedTensor(name, name, [24, 16], name, name, name, name, [new(0, Numbers(name)), new(1, Numbers(name))], [], Numbers(name), [name], ""))], Names));
        }

        internal string Result { get; }

        internal string Page { get; }

        internal string Comparison { get; }

        internal string Merge { get; }

        public void Dispose() => folder.Dispose();
    }
}
