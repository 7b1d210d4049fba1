using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Eigenscope.Cli.Serving;

/// <summary>What a client must know where not this machine alone can connect: once in the address, then in a cookie, or as a bearer's.</summary>
internal sealed class AccessToken
{
    private const int Bytes = 32;
    private const string Scheme = "Bearer ";

    private readonly byte[] expected;

    private AccessToken(string text) => (Text, expected) = (text, Encoding.UTF8.GetBytes(text));

    /// <summary>The token as it stands in the address.</summary>
    public string Text { get; }

    /// <summary>A new one.</summary>
    public static AccessToken Random() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>True where the address of a request holds the token.</summary>
    public bool IsInQuery(HttpRequest request) => request.Query["token"] is [{ } given] && Equals(given);

    /// <summary>True where a request shows by its cookie or its authorization that it knows the token.</summary>
    public bool IsShown(HttpRequest request) =>
        (request.Cookies[Cookie(request)] is { } cookie && Equals(cookie))
        || (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && Equals(authorization[Scheme.Length..]));

    /// <summary>The cookie that shows it from now on, out of reach of scripts and of other sites.</summary>
    public string SetCookie(HttpRequest request) => $"{Cookie(request)}={Text}; Path=/; HttpOnly; SameSite=Strict";

    /// <summary>Takes as long for a token that is nearly right.</summary>
    private bool Equals(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected);

    /// <summary>Cookies are shared by all ports of a host, so each explorer has a name of its own.</summary>
    private static string Cookie(HttpRequest request) => $"eigenscope_{request.HttpContext.Connection.LocalPort}";
}
