using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>The page of a merge: what it shows is what the result holds, by keyboard and without a request.</summary>
public sealed class MergePageTests(Chromium chromium, SampleReports samples) : IDisposable
{
    private const string Matrix = "transformer.h.0.attn.c_attn.weight";

    private static readonly string[] Views = ["", PageViews.MergedTensor, "#/merge/tensor/4", PageViews.Metrics, "#/metrics/alpha", "#/merge/tensor/999", "#/merge/tensor/x", "#/model/0", "#/models", "#/compared/0", "#/training"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task NothingIsSaidAndNothingIsAskedFor()
    {
        await using var opened = await chromium.Open(samples.Merged);
        foreach (var view in Views)
        {
            await opened.Show(view);
            Assert.NotEqual("", await opened.Page.Locator("main").InnerTextAsync());
        }

        Assert.Empty(opened.Said);
        Assert.All(opened.Requests, address => Assert.True(address.StartsWith("data:") || address == new Uri(samples.Merged).AbsoluteUri, address));
    }

    [Fact]
    public void ASavedMergeGivesTheSameBytes() => Assert.Equal(File.ReadAllBytes(samples.Merged), Tool.Run("report", samples.MergedResult).OutputBytes);

    [Fact]
    public async Task TheOverviewTellsWarningsFirstThenWhatTheNumbersSay()
    {
        var summary = Result().GetProperty("summary");
        var warnings = Tensors().SelectMany(tensor => tensor.GetProperty("warnings").EnumerateArray().Select(text => (Tensor: tensor, Text: text.GetString()!))).ToList();
        await using var opened = await chromium.Open(samples.Merged);

        await opened.RequireHeading("spectral_aware of tiny-gpt-code, tiny-gpt-chat, tiny-gpt-verse");
        Assert.Equal("warnings", (await opened.Evaluate("() => document.querySelector('h1').nextElementSibling.className")).GetString());
        var told = await opened.Page.Locator(".warnings li").AllInnerTextsAsync();
        Assert.Equal(warnings.Select(warning => warning.Text[..12]).Distinct().Count(), told.Count);
        Assert.StartsWith($"{warnings[0].Text} ({warnings[0].Tensor.GetProperty("name").GetString()} and {warnings.Count(warning => warning.Text.StartsWith(warnings[0].Text[..12])) - 1} more tensor", told[0]);
        var said = await opened.Page.Locator("main").InnerTextAsync();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"The merged change is {100 * summary.GetProperty("relative_change").GetDouble():F1} % of the norm of the base"), said);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Rounding to the stored types loses {100 * summary.GetProperty("rounding_loss").GetDouble():F1} % of it."), said);
        Assert.Contains($"52 tensors by route: {string.Join(", ", summary.GetProperty("routes").EnumerateObject().Select(route => $"{route.Value.GetInt32()} {route.Name.Replace('_', ' ')}"))}.", said);
        Assert.Contains("arXiv 2511.21437", await opened.Page.Locator("[data-note=evidence]").InnerTextAsync());
    }

    [Fact]
    public async Task TheModelsAreToldWithTheBase()
    {
        await using var opened = await chromium.Open(samples.Merged);

        Assert.Equal(["tiny-gpt, the base", "tiny-gpt-code", "tiny-gpt-chat", "tiny-gpt-verse"], await opened.Page.Locator("[data-table=models] tbody td:nth-child(2)").AllInnerTextsAsync());
        Assert.False(await opened.Page.Locator(".recipe").IsVisibleAsync());
        await new Keyboard(opened).Enter("summary");
        Assert.Equal(Result().GetProperty("settings").GetProperty("recipe").GetString(), await opened.Page.Locator(".recipe").TextContentAsync());
    }

    [Fact]
    public async Task EveryFigureIsThere()
    {
        await using var opened = await chromium.Open(samples.Merged);

        Assert.Equal(
            [
                "merge-change", "heat-map-cosines", "merge-cosines", "flow-sign_conflicts", "flow-rounding_loss", "before-after-alpha", "before-after-stable_rank", "before-after-effective_rank", "before-after-log_norm",
                "flow-relative_change", "distributions-relative_change", "heat-map-relative_change",
            ],
            await opened.Texts("() => [...document.querySelectorAll('[data-figure]')].map(one => one.dataset.figure)"));
        Assert.Empty(await opened.Texts("() => [...document.querySelectorAll('.plot-area')].filter(area => !area.querySelector('svg path, svg rect, svg circle')).map(area => area.outerHTML)"));
    }

    /// <summary>The cosine of whole changes, from the tensors' own: sum cos |a| |b| over the product of the whole norms.</summary>
    [Fact]
    public async Task TheCosinesAreThoseOfTheWholeChanges()
    {
        await using var opened = await chromium.Open(samples.Merged);

        var (_, content) = await opened.Saved(opened.Page.Locator("[data-figure=heat-map-cosines]").GetByText("CSV"));

        var rows = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        double Norm(JsonElement tensor, int model) => tensor.GetProperty("inputs")[model - 1].GetProperty("metrics").GetProperty("change_norm").GetDouble();
        var tensors = Tensors().ToList();
        foreach (var (place, a, b) in ((int, int, int)[])[(0, 1, 2), (1, 1, 3), (2, 2, 3)])
        {
            var product = tensors.Where(tensor => tensor.GetProperty("cosines")[place].ValueKind == JsonValueKind.Number).Sum(tensor => tensor.GetProperty("cosines")[place].GetDouble() * Norm(tensor, a) * Norm(tensor, b));
            var wanted = product / Math.Sqrt(tensors.Sum(tensor => Norm(tensor, a) * Norm(tensor, a)) * tensors.Sum(tensor => Norm(tensor, b) * Norm(tensor, b)));
            Assert.Equal(wanted, double.Parse(rows[a][b], CultureInfo.InvariantCulture), 1e-12);
            Assert.Equal(rows[a][b], rows[b][a]);
        }
    }

    /// <summary>A role of a block may have several tensors: their change is that of all together.</summary>
    [Fact]
    public async Task ChangesByBlockAreThoseOfAllTensorsOfARole()
    {
        await using var opened = await chromium.Open(samples.Merged);

        var (_, content) = await opened.Saved(opened.Page.Locator("[data-figure=merge-change]").GetByText("CSV"));

        var row = Encoding.UTF8.GetString(content).Split('\n').Single(line => line.StartsWith("bias,2,merged,", StringComparison.Ordinal));
        var biases = Tensors().Where(tensor => tensor.GetProperty("role").GetString() == "bias" && tensor.GetProperty("block") is { ValueKind: JsonValueKind.Number } block && block.GetInt32() == 2).ToList();
        double Norm(string name) => Math.Sqrt(biases.Sum(tensor => Math.Pow(tensor.GetProperty("metrics").GetProperty(name).GetDouble(), 2)));
        Assert.True(biases.Count > 1);
        Assert.Equal(Norm("change_norm") / Norm("base_norm"), double.Parse(row.Split(',')[3], CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public async Task TheTableIsSortedAndSearchedAndLeadsToATensorAndItsNeighbours()
    {
        await using var opened = await chromium.Open(samples.Merged);
        var keyboard = new Keyboard(opened);

        await keyboard.TabTo("input[type=search]");
        await opened.Page.Keyboard.TypeAsync("it is no matrix");
        Assert.Equal(34, (await LayerTable.Names(opened)).Length);
        await opened.Page.Locator("input[type=search]").FillAsync("mlp.c_fc.weight");
        Assert.Equal(4, (await LayerTable.Names(opened)).Length);
        await keyboard.Enter("button[data-sort=relative_change]");
        var falling = await LayerTable.Numbers(opened, "relative_change");
        Assert.Equal(4, falling.Length);
        Assert.Equal(falling.OrderDescending(), falling);
        await keyboard.Enter("tbody a[href='#/merge/tensor/21']");
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.1.mlp.c_fc.weight" }).WaitForAsync();
        await keyboard.Press("ArrowRight");
        await opened.Page.Locator("h1", new() { HasText = "transformer.h.1.mlp.c_proj.bias" }).WaitForAsync();
        await keyboard.Enter(".breadcrumb a[href='#/merge']");
        await opened.Page.Locator("h1", new() { HasText = "spectral_aware of" }).WaitForAsync();
    }

    [Fact]
    public async Task ARouteListsItsTensors()
    {
        await using var opened = await chromium.Open(samples.Merged);

        await opened.Page.Locator(".verdicts button", new() { HasText = "shared subspace" }).ClickAsync();

        var wanted = Tensors().Where(tensor => tensor.GetProperty("route").GetString() == "shared_subspace").Select(tensor => tensor.GetProperty("name").GetString()!).ToList();
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted, await LayerTable.Names(opened));
    }

    [Fact]
    public async Task ATensorTellsItsNumbersThoseOfTheModelsAndItsSpectra()
    {
        var tensor = Result().GetProperty("tensors")[1];
        Assert.Equal(Matrix, tensor.GetProperty("name").GetString());
        await using var opened = await chromium.Open(samples.Merged, PageViews.MergedTensor);

        await opened.RequireHeading(Matrix);
        Assert.EndsWith($" by spectral_aware: {tensor.GetProperty("reason").GetString()}.", await opened.Page.Locator(".judged").InnerTextAsync());
        Assert.Equal(tensor.GetProperty("metrics").EnumerateObject().Where(metric => metric.Value.ValueKind == JsonValueKind.Number).Select(metric => metric.Name), await opened.Page.Locator("table.metrics tbody td:first-child").AllInnerTextsAsync());
        Assert.DoesNotContain("a number of the method", await opened.Page.Locator("main").InnerTextAsync());
        Assert.Equal(["B tiny-gpt-code", "C tiny-gpt-chat", "D tiny-gpt-verse"], await opened.Page.Locator("[data-table=inputs] tbody td:first-child").AllInnerTextsAsync());
        Assert.Equal(tensor.GetProperty("cosines")[0].GetDouble(), double.Parse(await opened.Page.Locator("[data-table=cosines] tbody tr:first-child td").Nth(1).InnerTextAsync(), CultureInfo.InvariantCulture), 6e-4);
        var alpha = await opened.Page.Locator("[data-table=before-after] tbody tr:first-child .number").AllInnerTextsAsync();
        Assert.Equal([tensor.GetProperty("before").GetProperty("alpha").GetDouble(), tensor.GetProperty("after").GetProperty("alpha").GetDouble()], alpha.Take(2).Select(text => double.Parse(text, CultureInfo.InvariantCulture)), (a, b) => Math.Abs(a - b) < 6e-4);
    }

    [Fact]
    public async Task WithoutSpectraOrABaseThePageSaysWhatIsMissing()
    {
        Chromium.Require();
        var root = JsonNode.Parse(File.ReadAllText(samples.MergedResult))!;
        root["base"] = null;
        root["settings"]!["spectra"] = "none";
        root["summary"]!["relative_change"] = root["summary"]!["rounding_loss"] = null;
        foreach (var tensor in root["tensors"]!.AsArray().OfType<JsonObject>())
        {
            tensor["before"] = tensor["after"] = null;
            foreach (var name in (string[])["base_norm", "change_norm", "relative_change", "average_change_norm", "rounding_loss"])
            {
                tensor["metrics"]!.AsObject().Remove(name);
            }
        }

        var line = Assert.Single(Tool.Run("report", folder.Write("merge.json", Encoding.UTF8.GetBytes(root.ToJsonString())), "--out", folder["page.html"]).ErrorLines);
        await using var opened = await chromium.Open(folder["page.html"]);

        Assert.Contains("without spectra", line);
        Assert.Contains("without spectra", await opened.Page.Locator(".absent").InnerTextAsync());
        Assert.Contains("There is no base", await opened.Page.Locator("main").InnerTextAsync());
        Assert.Equal("heat-map-cosines", await opened.Page.Locator("[data-figure]").First.GetAttributeAsync("data-figure"));
        await opened.Show(PageViews.MergedTensor);
        Assert.Contains("The merge was done without spectra.", await opened.Page.Locator(".absent").InnerTextAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public void FiguresAreFiles()
    {
        Chromium.Require();

        var result = Tool.Run("report", samples.MergedResult, "--quiet", "--out", folder["page.html"], "--figures", folder["figures"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "before-after-alpha.svg", "before-after-effective_rank.svg", "before-after-log_norm.svg", "before-after-stable_rank.svg", "flow-relative_change.svg", "flow-rounding_loss.svg", "flow-sign_conflicts.svg",
                "heat-map-cosines.svg", "merge-change.svg", "merge-cosines.svg",
            ],
            Directory.GetFiles(folder["figures"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AMergeIsAPageOfItsOwn()
    {
        var result = Tool.Run("report", samples.MergedResult, samples.TrainedResult, "--out", folder["page.html"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"eigenscope: {samples.MergedResult}: a merge makes a page of its own; give it alone", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void ABrokenMergeIsOneLine()
    {
        var path = folder.Write("bad.json", Encoding.UTF8.GetBytes(File.ReadAllText(samples.MergedResult).Replace("\"base\": 0", "\"base\": 4")));

        var result = Tool.Run("report", path, "--out", folder["page.html"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"eigenscope: {path}: 'base' is 4; a number from 0 to 3 is wanted", Assert.Single(result.ErrorLines));
        Assert.False(File.Exists(folder["page.html"]));
    }

    private IEnumerable<JsonElement> Tensors() => Result().GetProperty("tensors").EnumerateArray();

    private JsonElement Result() => JsonElement.Parse(File.ReadAllText(samples.MergedResult));
}
