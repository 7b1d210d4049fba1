using System.Globalization;
using Eigenscope.Reports.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Eigenscope.Cli.Serving;

/// <summary>From the path of a request to its answer. Paths are compared as they were sent: fixed words and decimal indexes, nothing is decoded, and nothing leads to a file.</summary>
internal sealed class Routes(Explorer explorer, CancellationToken stopping)
{
    private const string Json = "application/json";

    private readonly byte[] script = PageBundle.Script;
    private readonly byte[] style = PageBundle.Style;

    /// <summary>Answers a request that the guard let through.</summary>
    public Task Answer(HttpContext http) => Path(http).Split('/') switch
    {
        ["", ""] => Get(http, "text/html; charset=utf-8", () => PageShell.Content),
        ["", "page.js"] => Get(http, "text/javascript; charset=utf-8", () => script),
        ["", "page.css"] => Get(http, "text/css; charset=utf-8", () => style),
        ["", "api", "data"] => Get(http, Json, () => explorer.Data),
        ["", "api", "report"] => Report(http),
        ["", "api", "spectra", var model, var row] => Get(http, Json, () => explorer.At(Index(model))?.Spectrum(Index(row))),
        ["", "api", "layers", var model, var row] => Analyze(http, explorer.At(Index(model)), Index(row)),
        _ => Status(http, StatusCodes.Status404NotFound),
    };

    private static string Path(HttpContext http) => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    /// <summary>A decimal number; else one that no list has.</summary>
    private static int Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

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

    private static Task Get(HttpContext http, string type, Func<byte[]?> content)
    {
        var isHead = HttpMethods.IsHead(http.Request.Method);
        return !isHead && !HttpMethods.IsGet(http.Request.Method) ? WrongMethod(http, "GET, HEAD")
            : content() is { } bytes ? Write(http, type, bytes, isHead)
            : Status(http, StatusCodes.Status404NotFound);
    }

    private static Task Write(HttpContext http, string type, byte[] content, bool isHead)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        return isHead ? Task.CompletedTask : http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
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
