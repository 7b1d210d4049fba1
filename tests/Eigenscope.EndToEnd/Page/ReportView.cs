using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A report in the browser, with all that it says to the console and asks for.</summary>
internal sealed class ReportView : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private ReportView(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Said.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Said.Add($"error: {error}");
        page.Dialog += (_, dialog) => DismissLoudly(dialog);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Messages of the console, errors and dialogs; none from a page that works.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The addresses of all requests.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The heading of the view.</summary>
    public Task<string> Heading => Page.Locator("h1").InnerTextAsync();

    public static async Task<ReportView> Open(IBrowserContext context, string file, string view)
    {
        context.SetDefaultTimeout((float)Tool.Patience.TotalMilliseconds);
        var opened = new ReportView(context, await context.NewPageAsync());
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

    /// <summary>Waits until the page has drawn what it is about to draw.</summary>
    public Task Settle() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");

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

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private void DismissLoudly(IDialog dialog)
    {
        Said.Add($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }
}
