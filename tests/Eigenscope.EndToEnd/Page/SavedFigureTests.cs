using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Every figure is saved as a drawing that needs no page, as a picture, and as its numbers.</summary>
public sealed partial class SavedFigureTests(Chromium chromium, SampleReports samples)
{
    private const int PictureScale = 3;
    private const string Layer = "#/model/0/layer/1";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string, int> Views => new() { { "#/model/0", 5 }, { Layer, 5 }, { "#/models", 2 }, { "#/models/transformer.h.0.attn.c_attn.weight", 4 } };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task AsSvg(string view, int count)
    {
        await using var opened = await chromium.Open(samples.Three, view, new(Scheme: ColorScheme.Dark));
        var figures = await opened.Page.Locator(".figure").AllAsync();

        foreach (var figure in figures)
        {
            var (name, content) = await opened.Saved(Button(figure, "SVG"));
            Assert.Equal($"{await figure.GetAttributeAsync("data-figure")}.svg", name);
            RequireDrawingOfItsOwn(Encoding.UTF8.GetString(content), await figure.Locator(".legend span").AllTextContentsAsync());
        }

        Assert.Equal(count, figures.Count);
        Assert.Empty(opened.Said);
    }

    [Theory]
    [InlineData("survival")]
    [InlineData("three-panels")]
    public async Task AsPng(string figure)
    {
        await using var opened = await chromium.Open(samples.Trained, Layer);
        var shown = opened.Page.Locator($"[data-figure={figure}]");
        var (_, drawing) = await opened.Saved(Button(shown, "SVG"));

        var (name, picture) = await opened.Saved(Button(shown, "PNG"));

        var (width, height) = SizeOf(XElement.Parse(Encoding.UTF8.GetString(drawing)));
        Assert.Equal($"{figure}.png", name);
        Assert.Equal((PictureScale * width, PictureScale * height), Png.SizeOf(picture));
        Assert.Equal([PictureScale * width, PictureScale * height], await Decoded(opened, picture));
        Assert.Empty(opened.Said);
    }

    [Theory]
    [InlineData(Layer, "survival", "lambda,share", 256)]
    [InlineData(Layer, "log-density", "from,to,eigenvalues,density", null)]
    [InlineData(Layer, "density", "from,to,eigenvalues,density", 80)]
    [InlineData(Layer, "xmin-scan", "xmin,alpha,sigma,D,eigenvalues", null)]
    [InlineData(Layer, "three-panels", "rank,singular value,cumulative share,eigenvalue", 256)]
    [InlineData("#/model/0", "flow-alpha", "layer,role,block,alpha", 18)]
    public async Task AsCsv(string view, string figure, string heading, int? rows)
    {
        await using var opened = await chromium.Open(samples.Trained, view);

        var (name, content) = await opened.Saved(Button(opened.Page.Locator($"[data-figure={figure}]"), "CSV"));

        var lines = Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n');
        Assert.Equal(($"{figure}.csv", heading), (name, lines[0]));
        Assert.InRange(lines.Length - 1, rows ?? 20, rows ?? 321);
        Assert.All(lines, line => Assert.Equal(heading.Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public async Task TheNumbersOfTheSurvivalAreTheEigenvalues()
    {
        await using var opened = await chromium.Open(samples.Trained, Layer);

        var (_, content) = await opened.Saved(Button(opened.Page.Locator("[data-figure=survival]"), "CSV"));

        var saved = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture));
        Assert.Equal(AnalysisDocument.Parse(File.ReadAllText(samples.TrainedResult)).Layers[1].GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble()), saved);
    }

    [Fact]
    public async Task TheTableIsSavedAsItIsShown()
    {
        await using var opened = await chromium.Open(samples.Trained);
        await opened.Page.Locator("input[type=search]").FillAsync("h.1.");
        await opened.Page.Locator("button[data-sort=alpha]").ClickAsync();
        var shown = await LayerTable.Names(opened);

        var (name, content) = await opened.Saved(opened.Page.Locator(".layers .tools button"));

        var table = CsvTable.Parse(Encoding.UTF8.GetString(content));
        Assert.Equal("layers.csv", name);
        Assert.Equal(shown, table.Rows.Select(row => row["layer"]));
        Assert.InRange(shown.Length, 5, 20);
    }

    private static void RequireDrawingOfItsOwn(string text, IReadOnlyList<string> legend)
    {
        var drawing = XElement.Parse(text);
        var (width, height) = SizeOf(drawing);
        Assert.Equal(Svg + "svg", drawing.Name);
        Assert.Equal($"0 0 {width} {height}", drawing.Attribute("viewBox")?.Value);
        Assert.DoesNotContain("var(", text);
        Assert.DoesNotContain("light-dark(", text);
        Assert.DoesNotContain(drawing.DescendantsAndSelf(), element => element.Attribute("class") is not null || element.Name.LocalName is "style" or "script" or "foreignObject");
        Assert.NotEmpty(drawing.Element(Svg + "title")!.Value);
        Assert.Subset(drawing.Descendants(Svg + "text").Select(label => label.Value).ToHashSet(), legend.ToHashSet());
        Assert.All(Color().Matches(text), color => Assert.NotEqual("#e8eaed", color.Value));
    }

    private static (int Width, int Height) SizeOf(XElement drawing) => ((int)drawing.Attribute("width")!, (int)drawing.Attribute("height")!);

    private static Task<int[]> Decoded(ReportView opened, byte[] picture) =>
        opened.Page.EvaluateAsync<int[]>(
            """
            async address => {
              const image = new Image();
              image.src = address;
              await image.decode();
              return [image.naturalWidth, image.naturalHeight];
            }
            """, $"data:image/png;base64,{Convert.ToBase64String(picture)}");

    private static ILocator Button(ILocator figure, string name) => figure.Locator(".save button", new() { HasText = name });

    [GeneratedRegex("#[0-9a-f]{6}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Color();
}
