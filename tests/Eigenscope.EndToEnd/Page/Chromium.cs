using System.Collections.Concurrent;
using Eigenscope.EndToEnd.Page;
using Eigenscope.Reports.Page;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Eigenscope.EndToEnd.Page;

/// <summary>One browser for the whole run, started by the first test that opens a page. A tab that a test is done with serves the next one; no two tests have it at a time.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private static readonly string[] Switches =
        ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(Start);
    private readonly ConcurrentBag<IPage> idle = [];
    private readonly ConcurrentBag<IPage> idlePastPolicy = [];

    /// <summary>The browser's file, the first that is found on PATH.</summary>
    internal static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names, Path.Combine)
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the running test where there is no browser, or where the build has no page.</summary>
    internal static void Require()
    {
        Assert.SkipUnless(PageBundle.IsAvailable, "the build has no page: install Node.js 18 or newer with npm, and build again");
        Assert.SkipWhen(Executable is null, "no Chromium or Chrome is on PATH (Debian package chromium)");
    }

    /// <summary>Opens a file of this disk, as a double click does.</summary>
    /// <param name="file">The page.</param>
    /// <param name="view">Which of its views, such as <c>#/metrics</c>.</param>
    /// <param name="look">Such as the size of the window.</param>
    internal async Task<ReportView> Open(string file, string view = "", PageLook? look = null)
    {
        Require();
        var (scheme, width, height, passesPolicy) = look ?? new();
        var tabs = passesPolicy ? idlePastPolicy : idle;
        var page = tabs.TryTake(out var tab) ? tab : await NewTab(passesPolicy);
        await page.SetViewportSizeAsync(width, height);
        await page.EmulateMediaAsync(new() { Media = Media.Null, ColorScheme = scheme });
        return await ReportView.Open(page, file, view, tabs.Add);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (driver, browser) = await started.Value;
            await browser.CloseAsync();
            driver.Dispose();
        }
    }

    /// <summary>A tab with a context of its own, so that cookies are its own too.</summary>
    private async Task<IPage> NewTab(bool passesPolicy)
    {
        var (_, browser) = await started.Value;
        var context = await browser.NewContextAsync(new() { BypassCSP = passesPolicy });
        context.SetDefaultTimeout((float)Tool.Patience.TotalMilliseconds);
        await context.AddInitScriptAsync(ReportView.HearsOfViews);
        return await context.NewPageAsync();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> Start()
    {
        var driver = await Playwright.CreateAsync();
        string[] root = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = [.. Switches, .. root] }));
    }
}
