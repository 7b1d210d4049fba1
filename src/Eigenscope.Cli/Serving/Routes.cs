using System.Globalization;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Eigenscope.Cli.Serving;

/// <summary>From the path of a request to its answer. Paths are compared as they were sent: fixed words and decimal indexes, nothing of them is decoded, and nothing leads to a file.</summary>
internal sealed class Routes(Explorer explorer, CancellationToken stopping)
{
    private const string Json = "application/json";
    private const string ReadMethods = "GET, HEAD";

    private readonly byte[] script = PageBundle.Script;
    private readonly byte[] style = PageBundle.Style;
    private readonly LessonWork lessons = new(explorer);

    /// <summary>Answers a request that the guard let through.</summary>
    public Task Answer(HttpContext http) => Path(http).Split('/') switch
    {
        ["", ""] => Get(http, "text/html; charset=utf-8", () => PageShell.Content),
        ["", "page.js"] => Get(http, "text/javascript; charset=utf-8", () => script),
        ["", "page.css"] => Get(http, "text/css; charset=utf-8", () => style),
        ["", "api", "data"] => Get(http, Json, () => explorer.Data),
        ["", "api", "report"] => Report(http),
        ["", "api", "spectra", var model, var row] => Get(http, Json, () => explorer.At(Index(model))?.Spectrum(Index(row))),
        ["", "api", "lessons"] => Get(http, Json, LessonJson.OfAll),
        ["", "api", "lessons", var name] => Lesson(http, name),
        ["", "api", "layers", var model, var row] => Analyze(http, explorer.At(Index(model)), Index(row)),
        _ => Status(http, StatusCodes.Status404NotFound),
    };

    private static string Path(HttpContext http) => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    /// <summary>A decimal number; else one that no list has.</summary>
    internal static int Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private Task Report(HttpContext http)
    {
        http.Response.Headers.ContentDisposition = "attachment; filename=\"eigenscope-report.html\"";
        return Get(http, "text/html; charset=utf-8", () => explorer.Report);
    }

    private Task Analyze(HttpContext http, ServedResult? result, int row)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return WrongMethod(http, "POST");
        }

        return !Guard.MayChange(http.Request) ? Status(http, StatusCodes.Status403Forbidden)
            : result?.Row(row) is null ? Status(http, StatusCodes.Status404NotFound)
            : LayerStream.Write(http, explorer.Queue, result, row, stopping);
    }

    private async Task Lesson(HttpContext http, string name)
    {
        if (!IsRead(http.Request))
        {
            await WrongMethod(http, ReadMethods);
        }
        else if (await lessons.Answer(name, http.Request.Query, http.RequestAborted) is var (status, content))
        {
            http.Response.StatusCode = status;
            await Write(http, Json, content);
        }
        else
        {
            await Status(http, StatusCodes.Status404NotFound);
        }
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Task Get(HttpContext http, string type, Func<byte[]?> content) =>
        !IsRead(http.Request) ? WrongMethod(http, ReadMethods)
        : content() is { } bytes ? Write(http, type, bytes)
        : Status(http, StatusCodes.Status404NotFound);

    private static Task Write(HttpContext http, string type, byte[] content)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
    }

    private static Task WrongMethod(HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return Status(http, StatusCodes.Status405MethodNotAllowed);
    }

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
