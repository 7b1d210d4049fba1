using Microsoft.AspNetCore.Http;

namespace Eigenscope.Cli.Serving;

/// <summary>Which requests are answered at all. What is refused gets a status and nothing else.</summary>
internal sealed class Guard(ListenAddress listen, AccessToken? token)
{
    /// <summary>No request has anything to say in its body.</summary>
    public const int LargestBody = 1024;

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data: blob: 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Tells the browser what this answer must not be used for.</summary>
    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Answers a request that goes no further, and says so.</summary>
    public async Task<bool> Stops(HttpContext http)
    {
        if (!listen.Accepts(http.Request.Host, http.Connection.LocalPort))
        {
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        }
        else if (IsFromElsewhere(http.Request) && !IsForPage(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (token is not null && IsForPage(http.Request) && token.IsInQuery(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = "/";
            http.Response.Headers.SetCookie = token.SetCookie(http.Request);
        }
        else if (token?.IsShown(http.Request) == false)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            return false;
        }

        return true;
    }

    /// <summary>True where a request that makes the server work was made by its own page, or by no browser: a page elsewhere cannot send the header unasked.</summary>
    public static bool MayChange(HttpRequest request) =>
        request.Headers["X-Eigenscope"] == "1" && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"http://{request.Host.Value}");

    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static bool IsForPage(HttpRequest request) => request.Path == "/" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
