using System.Globalization;
using System.Text;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Where a page cannot hold every eigenvalue it holds the tail as it is, and what it draws below lies between neighbours.</summary>
public sealed class ThinnedSpectrumTests(Chromium chromium) : IDisposable
{
    private const int Step = 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task AgreesWithTheEigenvaluesWithinAStep()
    {
        Chromium.Require();
        double[][] spectra = [MadeResult.HeavyTailed(300_000, 1), .. Enumerable.Range(2, 5).Select(seed => MadeResult.HeavyTailed(20_000, seed))];
        Tool.Run("report", folder.Write("result.json", MadeResult.Of(spectra)), "--out", folder["page.html"]);
        await using var opened = await chromium.Open(folder["page.html"], "#/model/0/layer/0");

        var shown = await Saved(opened);

        var all = spectra[0];
        var (tail, exact) = (all.Length / 20, 187_500);
        Assert.Equal(all.Length, shown.Length);
        Assert.Equal(all[^exact..], shown[^exact..]);
        Assert.All(Enumerable.Range(0, all.Length - exact), rank => Assert.InRange(shown[rank], all[Math.Max(0, rank - Step)], all[rank + Step]));
        Assert.NotEqual(all, shown);
        Assert.Equal(all[^tail], await opened.Exact("xmin"));
        Assert.Empty(opened.Said);
    }

    /// <summary>The eigenvalues as the page has them, from the numbers behind a figure.</summary>
    private static async Task<double[]> Saved(ReportView opened)
    {
        var (_, content) = await opened.Saved(opened.Page.Locator("[data-figure=survival] .save button", new() { HasText = "CSV" }));
        return [.. Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => double.Parse(line[..line.IndexOf(',')], CultureInfo.InvariantCulture))];
    }
}
