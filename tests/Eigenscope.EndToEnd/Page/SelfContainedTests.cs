using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A report is one file that opens from a disk, works, and asks for nothing else.</summary>
public sealed class SelfContainedTests(Chromium chromium, SampleReports samples)
{
    private const int MostBytes = 1_500_000;

    public static TheoryData<string> Views => ["", "#/model/0/layer/1", "#/metrics", "#/metrics/alpha", "#/figures", "#/models", "#/model/9", "#/model/0/layer/999", "#/model/0/layer/x", "#/%E0%A4%A"];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task NothingIsSaidAndNothingIsAskedFor(string view)
    {
        await using var opened = await chromium.Open(samples.Trained, view);

        Assert.NotEqual("", await opened.Page.Locator("main").InnerTextAsync());
        Assert.Empty(opened.Said);
        Assert.All(opened.Requests, address => Assert.True(address.StartsWith("data:") || address == new Uri(samples.Trained).AbsoluteUri, address));
    }

    [Fact]
    public async Task ThePolicyLetsNoOtherScriptRun()
    {
        await using var opened = await chromium.Open(samples.Trained);

        await opened.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'document.title = \"run\"'; document.body.append(script); }");

        Assert.NotEqual("run", await opened.Page.TitleAsync());
        Assert.Contains(opened.Said, message => message.Contains("Content Security Policy"));
    }

    [Fact]
    public void TheReportOfASmallModelIsSmall() => Assert.InRange(new FileInfo(samples.Trained).Length, 1, MostBytes);

    [Fact]
    public void ASavedResultGivesTheSameBytes() =>
        Assert.Equal(File.ReadAllBytes(samples.Trained), Tool.Run("report", samples.TrainedResult).OutputBytes);

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void AnyNumberOfThreadsGivesTheSameBytes(string threads)
    {
        using var folder = new TemporaryFolder();

        Tool.Run("analyze", Repository.TinyGpt, "--threads", threads, "--report", folder["page.html"]);

        Assert.Equal(File.ReadAllBytes(samples.Trained), File.ReadAllBytes(folder["page.html"]));
    }
}
