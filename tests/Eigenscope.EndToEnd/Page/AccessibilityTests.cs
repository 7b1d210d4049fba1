using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>What axe-core finds: nothing serious or critical in any view, light or dark, wide or narrow.</summary>
public sealed class AccessibilityTests(Chromium chromium, SampleReports samples)
{
    private static readonly string Axe = Path.Combine(Repository.Folder, "web", "node_modules", "axe-core", "axe.min.js");

    public static MatrixTheoryData<ColorScheme, int> SchemesAndWidths { get; } = new([ColorScheme.Light, ColorScheme.Dark], [400, 1280]);

    /// <summary>The policy of the page would keep axe-core out, so this test alone goes past it.</summary>
    [Theory]
    [MemberData(nameof(SchemesAndWidths))]
    public async Task NothingIsSerious(ColorScheme scheme, int width)
    {
        RequireAxe();
        var found = new List<string>();
        foreach (var (file, views) in ((string, string[])[])[(samples.Three, PageViews.All), (samples.Compared, PageViews.OfComparison), (samples.Tracked, PageViews.OfTraining), (samples.Merged, [.. PageViews.OfMerge, PageViews.Metrics]), (samples.Lesson, [PageViews.Lesson])])
        {
            await using var opened = await chromium.Open(file, look: new(PassesPolicy: true, Scheme: scheme, Width: width, Height: 900));
            foreach (var view in views)
            {
                await opened.Show(view);
                await opened.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => (details.open = true))");
                found.AddRange((await Violations(opened)).Select(violation => $"{view} {violation}"));
            }
        }

        found.ForEach(violation => TestContext.Current.TestOutputHelper?.WriteLine(violation));
        Assert.DoesNotContain(found, violation => violation.Contains(" serious ") || violation.Contains(" critical "));
    }

    /// <summary>Skips the running test where axe-core is not there.</summary>
    internal static void RequireAxe() => Assert.SkipUnless(File.Exists(Axe), "axe-core was not fetched: npm ci in web");

    /// <summary>What axe-core says of a view as it is shown, whose page it is loaded into first.</summary>
    internal static async Task<string[]> Violations(ReportView opened)
    {
        if (!await opened.Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await opened.Page.AddScriptTagAsync(new() { Path = Axe });
        }

        return await opened.Texts(Script);
    }

    private const string Script =
        """
        async () => (await axe.run({ resultTypes: ['violations'] })).violations
          .map(one => ` ${one.impact} ${one.id}, ${one.nodes.length} times: ${one.nodes[0].html.slice(0, 150)} ${one.nodes[0].any[0]?.message ?? ''}`)
        """;
}
