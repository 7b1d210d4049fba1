using System.Text.Json;
using Eigenscope.Statistics;
using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>What the page says of a tail from any xmin on is what the library says.</summary>
public sealed class XminSliderTests(Chromium chromium, SampleReports samples, XminSliderTests.ConvolutionModel model) : IClassFixture<XminSliderTests.ConvolutionModel>
{
    /// <summary>Both sum the same logarithms, in different orders.</summary>
    private const double Tolerance = 1e-9;

    private static readonly string[] Keys = ["Home", "ArrowRight", "PageUp", "PageUp", "PageUp", "PageUp", "ArrowLeft", "End", "ArrowLeft", "PageDown"];

    public static TheoryData<string> Options => ["", "--xmax max", "--xmax drop=2", "--conv slices", "--compat weightwatcher"];

    [Theory]
    [MemberData(nameof(Options))]
    public async Task AtFirstItIsTheFitOfTheResult(string options)
    {
        var layer = Layer.Of(Result(options));
        await using var opened = await Open(options);

        foreach (var name in (string[])["alpha", "sigma", "D", "xmin"])
        {
            RequireEqual(AnalysisDocument.Metric(layer.Row, name)!.Value, await opened.Exact(name));
        }

        Assert.Contains("The fit of the result.", await opened.Page.Locator("[data-readout=tail]").InnerTextAsync());
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task ByKeyboard(string options)
    {
        var layer = Layer.Of(Result(options));
        await using var opened = await Open(options);
        await opened.Page.Locator("#xmin").FocusAsync();
        var seen = new HashSet<double>();

        foreach (var key in Keys)
        {
            await opened.Page.Keyboard.PressAsync(key);
            seen.Add(await RequireFitOf(layer, opened));
        }

        Assert.True(seen.Count >= Keys.Length - 2, "the slider hardly moves");
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task ByDraggingTheSlider(string options)
    {
        var layer = Layer.Of(Result(options));
        await using var opened = await Open(options);

        await Drag(opened, opened.Page.Locator("#xmin"), layer);
    }

    [Theory]
    [InlineData("log-density")]
    [InlineData("survival")]
    public async Task ByDraggingInAFigure(string figure)
    {
        var layer = Layer.Of(Result(""));
        await using var opened = await Open("");

        await Drag(opened, opened.Page.Locator($"[data-figure={figure}] .plot-area"), layer);
    }

    /// <summary>The pointer may leave the figure, and the tail keeps two eigenvalues.</summary>
    [Fact]
    public async Task DraggedBeyondTheFigure()
    {
        var layer = Layer.Of(Result(""));
        await using var opened = await Open("");
        var place = (await opened.Page.Locator("[data-figure=survival] .plot-area").BoundingBoxAsync())!;
        await opened.Page.Mouse.MoveAsync(place.X + (place.Width / 2), place.Y + 50);
        await opened.Page.Mouse.DownAsync();

        await opened.Page.Mouse.MoveAsync(place.X + place.Width + 5, place.Y + 60);

        Assert.Equal(layer.Candidates[^2], await RequireFitOf(layer, opened));
        await opened.Page.Mouse.MoveAsync(place.X - 5, place.Y + 60);
        Assert.Equal(layer.Candidates[0], await RequireFitOf(layer, opened));
    }

    private static async Task Drag(ReportView opened, ILocator over, Layer layer)
    {
        await over.ScrollIntoViewIfNeededAsync();
        var place = (await over.BoundingBoxAsync())!;
        var seen = new HashSet<double>();
        await opened.Page.Mouse.MoveAsync(place.X + (place.Width * 0.3f), place.Y + (place.Height / 2));
        await opened.Page.Mouse.DownAsync();
        foreach (var share in (float[])[0.3f, 0.5f, 0.7f, 0.9f])
        {
            await opened.Page.Mouse.MoveAsync(place.X + (place.Width * share), place.Y + (place.Height / 2));
            seen.Add(await RequireFitOf(layer, opened));
        }

        await opened.Page.Mouse.UpAsync();
        var left = await RequireFitOf(layer, opened);
        await opened.Page.Mouse.MoveAsync(place.X + (place.Width * 0.4f), place.Y + (place.Height / 2));

        Assert.Equal(4, seen.Count);
        Assert.Equal(left, await opened.Exact("xmin"));
    }

    /// <summary>Compares what is shown with the library's fit from the xmin that is shown on, and returns that.</summary>
    private static async Task<double> RequireFitOf(Layer layer, ReportView opened)
    {
        var xmin = await opened.Exact("xmin");
        var fit = layer.From(xmin);
        RequireEqual(fit.Alpha, await opened.Exact("alpha"));
        RequireEqual(fit.Sigma, await opened.Exact("sigma"));
        RequireEqual(fit.D, await opened.Exact("D"));
        Assert.Contains($"{fit.TailCount} of {layer.Eigenvalues.Length} eigenvalues", await opened.Page.Locator("[data-readout=tail]").InnerTextAsync());
        return xmin;
    }

    private static void RequireEqual(double expected, double actual) => Assert.InRange(Math.Abs(actual - expected), 0, Tolerance * Math.Abs(expected));

    private string Result(string options) => samples.Result(model.Path, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private Task<ReportView> Open(string options) => chromium.Open(samples.Of(Result(options)), "#/model/0/layer/0");

    /// <summary>The first layer of a result, with the eigenvalues that a fit may take.</summary>
    private sealed record Layer(JsonElement Row, double[] Eigenvalues, double[] Candidates, PowerLawOptions Options)
    {
        public static Layer Of(string path)
        {
            var document = AnalysisDocument.Parse(File.ReadAllText(path));
            var (row, settings) = (document.Layers[0], document.Root.GetProperty("settings"));
            double[] eigenvalues = [.. row.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble())];
            var xmax = AnalysisDocument.Text(settings, "xmax")!;
            var dropped = xmax.StartsWith("drop=") ? int.Parse(xmax["drop=".Length..]) : 0;
            var threshold = AnalysisDocument.Text(settings, "compat") is null ? 1e-12 * eigenvalues[^1] : 1e-5;
            return new(row, eigenvalues, [.. eigenvalues.Where(lambda => lambda > threshold).SkipLast(dropped)], new PowerLawOptions
            {
                Xmin = XminChoice.Fixed,
                Cutoff = xmax == "max" ? UpperCutoff.Largest : UpperCutoff.None,
            });
        }

        public PowerLawFit From(double xmin) => PowerLawFit.Of(Candidates, Options with { FixedXmin = xmin }).Fit!;
    }

    /// <summary>A kernel of 3 x 3 positions, so that some options see nine matrices.</summary>
    public sealed class ConvolutionModel : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public ConvolutionModel() => Path = folder.Write("conv.safetensors", SafeTensors.Of(RandomWeights.Tensor("conv.weight", 1, 64, 48, 3, 3)));

        internal string Path { get; }

        public void Dispose() => folder.Dispose();
    }
}
