using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>What the explorer refuses: whoever is not its own page, whatever is no route of its own. A refusal has a status, an empty body and the headers of all answers.</summary>
public sealed class ServeRefusalTests(ServeRefusalTests.TinyGptExplorer shared) : IClassFixture<ServeRefusalTests.TinyGptExplorer>
{
    private static readonly (string Name, string Value) Own = ("X-Eigenscope", "1");

    private ExplorerProcess Explorer => shared.Process;

    public static TheoryData<string> Elsewhere { get; } =
    [
        "/../README.md", "/../../../../../../etc/passwd", "/./page.js", "/page.js/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%2e%2e%2fetc%2fpasswd", "/..%2f..%2fetc%2fpasswd",
        "/..\\..\\etc\\passwd", "/..%5c..%5cetc%5cpasswd", "\\etc\\passwd", "/page%2ejs", "//page.js", "/page.js/", "/page.js%00", "/PAGE.JS", "/api", "/api/", "/api/data/", "/api/data%2f", "/api%2fdata",
        "/api/spectra", "/api/spectra/0", "/api/spectra/0/0", "/api/spectra/0/%30", "/api/spectra/0/-1", "/api/spectra/-1/0", "/api/spectra/0/1e0", "/api/spectra/0/99999999999999999999", "/api/spectra/0/1/2",
        "/api/spectra/../data", "/api/lessons/", "/api/lessons/by%2dhand", "/api/lessons/../data", "/api/lessons/by-hand/..", "/api/spectra/0/..%2f..%2f..%2fetc%2fpasswd", "/api/spectra/0/model.safetensors", "/samples/tiny-gpt/model.safetensors", "/favicon.ico", "/.git/config",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task NoPathLeadsAnywhereElse(string target)
    {
        var answer = await Explorer.SendRaw($"GET {target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.EndsWith("\r\n\r\n", answer);
        AssertTellsNothing(answer);
    }

    [Theory]
    [InlineData("Host: evil.example\r\n", 421)]
    [InlineData("Host: evil.example:PORT\r\n", 421)]
    [InlineData("Host: 127.0.0.1.evil.example:PORT\r\n", 421)]
    [InlineData("Host: 127.0.0.1\r\n", 421)]
    [InlineData("Host: 127.0.0.1:1\r\n", 421)]
    [InlineData("Host: 10.0.0.1:PORT\r\n", 421)]
    [InlineData("Host: 127.0.0.1:PORT@evil.example\r\n", 400)]
    [InlineData("Host: \r\n", 421)]
    [InlineData("", 400)]
    [InlineData("Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n", 400)]
    [InlineData("Host: evil.example:PORT\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\n", 421)]
    [InlineData("Host: 127.0.0.1:PORT\r\n", 200)]
    [InlineData("Host: localhost:PORT\r\n", 200)]
    [InlineData("Host: [::1]:PORT\r\n", 200)]
    public async Task OnlyItsOwnHostIsAnswered(string host, int status)
    {
        var answer = await Explorer.SendRaw($"GET /api/data HTTP/1.1\r\n{host.Replace("PORT", $"{Explorer.Address.Port}")}Connection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.True(status == 200 || answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET http://evil.example/api/data HTTP/1.1\r\nHost: HOST\r\n")]
    [InlineData("GET http://evil.example/api/data HTTP/1.1\r\nHost: evil.example\r\n")]
    [InlineData("GET /api/data HTTP/1.0\r\n")]
    [InlineData("CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n")]
    [InlineData("GET /api/data HTTP/1.1\r\nHost: HOST\r\n X-Folded: 1\r\n")]
    [InlineData("GET /api/data HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n")]
    [InlineData("GET /api/data HTTP/9.9\r\nHost: HOST\r\n")]
    [InlineData("nonsense\r\n")]
    [InlineData("GET * HTTP/1.1\r\nHost: HOST\r\n")]
    public async Task WhatIsNoRequestToThisServerHasNoAnswer(string head)
    {
        var answer = await Explorer.SendRaw($"{head.Replace("HOST", Host)}Connection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 (4[0-9][0-9]|505) ", answer);
        Assert.EndsWith("\r\n\r\n", answer);
        AssertTellsNothing(answer);
    }

    [Theory]
    [InlineData("POST", "/", "GET, HEAD")]
    [InlineData("PUT", "/page.js", "GET, HEAD")]
    [InlineData("DELETE", "/api/data", "GET, HEAD")]
    [InlineData("TRACE", "/", "GET, HEAD")]
    [InlineData("OPTIONS", "/api/data", "GET, HEAD")]
    [InlineData("PATCH", "/api/report", "GET, HEAD")]
    [InlineData("BREW", "/api/spectra/0/1", "GET, HEAD")]
    [InlineData("GET", "/api/layers/0/1", "POST")]
    [InlineData("PUT", "/api/layers/0/1", "POST")]
    public async Task AWrongMethodIsToldTheRightOne(string method, string path, string allowed)
    {
        var answer = await Explorer.SendRaw($"{method} {path} HTTP/1.1\r\nHost: {Host}\r\nX-Eigenscope: 1\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405 ", answer);
        Assert.Contains($"\r\nAllow: {allowed}\r\n", answer);
        Assert.EndsWith("\r\n\r\n", answer);
        AssertTellsNothing(answer);
    }

    public static TheoryData<string, string> ForeignPosts { get; } = new()
    {
        { "no header", "" },
        { "another value", "X-Eigenscope: 2" },
        { "two values", "X-Eigenscope: 1\r\nX-Eigenscope: 1" },
        { "a form", "Content-Type: application/x-www-form-urlencoded" },
        { "another origin", "X-Eigenscope: 1\r\nOrigin: http://evil.example" },
        { "another port", "X-Eigenscope: 1\r\nOrigin: http://127.0.0.1:1" },
        { "another scheme", "X-Eigenscope: 1\r\nOrigin: https://HOST" },
        { "no origin at all", "X-Eigenscope: 1\r\nOrigin: null" },
        { "two origins", "X-Eigenscope: 1\r\nOrigin: http://HOST\r\nOrigin: http://evil.example" },
        { "from another site", "X-Eigenscope: 1\r\nSec-Fetch-Site: cross-site" },
        { "from another port", "X-Eigenscope: 1\r\nSec-Fetch-Site: same-site" },
    };

    [Theory]
    [MemberData(nameof(ForeignPosts))]
    public async Task OnlyItsOwnPageMakesItWork(string what, string headers)
    {
        var answer = await Explorer.SendRaw($"POST /api/layers/0/2 HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\nContent-Length: 0\r\n{headers.Replace("HOST", Host)}{(headers.Length > 0 ? "\r\n" : "")}\r\n");

        Assert.True(answer.StartsWith("HTTP/1.1 403 ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.EndsWith("\r\n\r\n", answer);
        Assert.Equal("pending", (await Explorer.Statuses(0))[2]);
    }

    [Fact]
    public async Task ItsOwnPageMakesItWork()
    {
        using var response = await Explorer.Send("POST", "/api/layers/0/3", Own, ("Origin", $"http://{Host}"), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"state\":\"done\"", await ExplorerProcess.Text(response));
    }

    [Theory]
    [InlineData("/api/data", "cross-site", 403)]
    [InlineData("/api/data", "same-site", 403)]
    [InlineData("/api/report", "cross-site", 403)]
    [InlineData("/page.js", "cross-site", 403)]
    [InlineData("/nothing", "cross-site", 403)]
    [InlineData("/", "cross-site", 200)]
    [InlineData("/", "none", 200)]
    [InlineData("/api/data", "same-origin", 200)]
    [InlineData("/api/data", "none", 200)]
    public async Task OtherSitesMayOnlyLeadToThePage(string path, string site, int status)
    {
        using var response = await Explorer.Send("GET", path, ("Sec-Fetch-Site", site));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status != 200, (await ExplorerProcess.Bytes(response)).Length == 0);
    }

    [Theory]
    [InlineData("/api/layers/0/4")]
    [InlineData("/api/layers/0/99")]
    [InlineData("/nothing")]
    public async Task ALargeBodyIsRefusedWhetherItsLengthIsSaidOrNot(string path)
    {
        var said = await Explorer.SendRaw($"POST {path} HTTP/1.1\r\nHost: {Host}\r\nX-Eigenscope: 1\r\nConnection: close\r\nContent-Length: 1000000000\r\n\r\n");
        var chunked = await Explorer.SendRaw($"POST {path} HTTP/1.1\r\nHost: {Host}\r\nX-Eigenscope: 1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n{new string('x', 0x800)}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", said);
        Assert.StartsWith("HTTP/1.1 413 ", chunked);
        Assert.Equal("pending", (await Explorer.Statuses(0))[4]);
    }

    [Fact]
    public async Task ASmallBodyIsIgnored()
    {
        var answer = await Explorer.SendRaw($"POST /api/layers/0/0 HTTP/1.1\r\nHost: {Host}\r\nX-Eigenscope: 1\r\nConnection: close\r\nContent-Length: 1024\r\n\r\n{new string('x', 1024)}");

        Assert.StartsWith("HTTP/1.1 200 ", answer);
    }

    [Theory]
    [InlineData("GET /LONG HTTP/1.1\r\nHost: HOST\r\n", 414)]
    [InlineData("GET /?LONG HTTP/1.1\r\nHost: HOST\r\n", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: HOST\r\nX-Long: LONG\r\n", 431)]
    public async Task LongHeadsAreRefused(string head, int status)
    {
        var answer = await Explorer.SendRaw($"{head.Replace("HOST", Host).Replace("LONG", new string('a', 40_000))}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        AssertTellsNothing(answer);
    }

    [Fact]
    public async Task AThousandRequestsAtOnceAreAllAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Explorer.Bytes("/api/spectra/1/1")));

        Assert.Single(answers.Select(Convert.ToBase64String).Distinct());
    }

    [Fact]
    public async Task ClientsThatSendHalfAHeaderHoldUpNobody()
    {
        var slow = new List<TcpClient>();
        for (var i = 0; i < 100; i++)
        {
            slow.Add(await Explorer.Connect($"GET / HTTP/1.1\r\nHost: {Host}\r\nX-Slo"));
        }

        using var response = await Explorer.Send("GET", "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        slow.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/api/data", 200)]
    [InlineData("/api/report", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/api/layers/0/1", 405)]
    public async Task EveryAnswerSaysWhatItMustNotBeUsedFor(string path, int status)
    {
        using var response = await Explorer.Send("GET", path);

        Assert.Equal(status, (int)response.StatusCode);
        (string Name, string Value)[] expected =
        [
            ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src data: blob: 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-store"),
        ];
        Assert.All(expected, header => Assert.Equal(header.Value, Assert.Single(response.Headers.GetValues(header.Name))));
        Assert.DoesNotContain("Server", response.Headers.Select(header => header.Key));
        Assert.DoesNotContain("Access-Control-Allow-Origin", response.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task NoPathButTheOnesGivenIsTold()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (var path in (string[])["/", "/api/data", "/api/report", "/api/spectra/1/1"])
        {
            var text = (await Explorer.Text(path)).Replace(Repository.TinyGpt, "");

            Assert.DoesNotContain(Path.GetDirectoryName(Repository.TinyGpt)!, text);
            Assert.DoesNotContain(AppContext.BaseDirectory, text);
            Assert.True(home.Length < 2 || !text.Contains(home + "/", StringComparison.Ordinal));
        }
    }

    private string Host => $"127.0.0.1:{Explorer.Address.Port}";

    private static void AssertTellsNothing(string answer)
    {
        Assert.DoesNotContain("root:", answer);
        Assert.DoesNotContain("Exception", answer);
        Assert.DoesNotContain("   at ", answer);
        Assert.DoesNotContain(AppContext.BaseDirectory, answer);
        Assert.DoesNotContain("Kestrel", answer);
    }

    /// <summary>One explorer for all tests: the model as it is, and its saved result.</summary>
    public sealed class TinyGptExplorer : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();

        internal ExplorerProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var saved = folder.Write("saved.json", Tool.Run("analyze", Repository.TinyGpt, "--layers", "*h.0*", "--esd", "--format", "json").OutputBytes);
            Process = await ExplorerProcess.Start(Repository.TinyGpt, saved);
        }

        public ValueTask DisposeAsync()
        {
            Process.Dispose();
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
