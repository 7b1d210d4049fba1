using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A report in the browser, with all that it says to the console and asks for.</summary>
internal sealed class ReportView : IAsyncDisposable
{
    /// <summary>Notes which address the page has been told of: it is told some time after the address has changed.</summary>
    public const string HearsOfViews = "window.heardAddress = location.href; addEventListener('hashchange', () => { window.heardAddress = location.href; });";

    private readonly Action<IPage> giveBack;

    private ReportView(IPage page, Action<IPage> giveBack)
    {
        (Page, this.giveBack) = (page, giveBack);
        page.Console += Hear;
        page.PageError += HearError;
        page.Dialog += DismissLoudly;
        page.Request += Note;
    }

    public IPage Page { get; }

    /// <summary>Messages of the console, errors and dialogs; none from a page that works.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The addresses of all requests.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file in a tab that shows nothing.</summary>
    /// <param name="page">The tab.</param>
    /// <param name="file">The page.</param>
    /// <param name="view">Which of its views.</param>
    /// <param name="giveBack">Gets the tab in the end, when it shows nothing again.</param>
    public static async Task<ReportView> Open(IPage page, string file, string view, Action<IPage> giveBack)
    {
        var opened = new ReportView(page, giveBack);
        await opened.Page.GotoAsync(new Uri(file).AbsoluteUri + view);
        await opened.Settle();
        return opened;
    }

    /// <summary>Goes to another view.</summary>
    public async Task Show(string view)
    {
        await Page.EvaluateAsync("view => void (location.hash = view)", view);
        await Settle();
    }

    /// <summary>Waits for a view by its heading; fails where it does not come.</summary>
    public Task RequireHeading(string heading) => Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync(heading, new() { Timeout = (float)Tool.Patience.TotalMilliseconds });

    /// <summary>Waits until the page has been told of its address, and has drawn what it is about to draw.</summary>
    public Task Settle() => Page.EvaluateAsync(
        """
        async () => {
          while (window.heardAddress !== location.href) await new Promise(later => setTimeout(later));
          await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))));
        }
        """);

    /// <summary>A number that the page tells, in all its digits.</summary>
    public async Task<double> Exact(string value) =>
        double.Parse((await Page.Locator($"[data-value={value}]").GetAttributeAsync("data-exact"))!, CultureInfo.InvariantCulture);

    /// <summary>What a script in the page returns, as JSON has it.</summary>
    public async Task<JsonElement> Evaluate(string script, object? argument = null) => (await Page.EvaluateAsync(script, argument))!.Value;

    /// <summary>A list of texts that a script in the page returns.</summary>
    public async Task<string[]> Texts(string script, object? argument = null) => await Page.EvaluateAsync<string[]>(script, argument);

    /// <summary>The content of the file that a click saves, and its name.</summary>
    public async Task<(string Name, byte[] Content)> Saved(ILocator button)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        return (download.SuggestedFilename, File.ReadAllBytes((await download.PathAsync())!));
    }

    /// <summary>Leaves nothing for the next test: no page, no button held down, no cookie, no answer made by a test.</summary>
    public async ValueTask DisposeAsync()
    {
        await Page.UnrouteAllAsync();
        Page.Console -= Hear;
        Page.PageError -= HearError;
        Page.Dialog -= DismissLoudly;
        Page.Request -= Note;
        await Page.GotoAsync("about:blank");
        await Page.Mouse.MoveAsync(0, 0);
        await Page.Mouse.UpAsync();
        await Page.Context.ClearCookiesAsync();
        giveBack(Page);
    }

    private void Hear(object? sender, IConsoleMessage message) => Said.Add($"{message.Type}: {message.Text}");

    private void HearError(object? sender, string error) => Said.Add($"error: {error}");

    private void Note(object? sender, IRequest request) => Requests.Add(request.Url);

    private void DismissLoudly(object? sender, IDialog dialog)
    {
        Said.Add($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }
}
