using System.Net;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Where others can connect, only who knows the token is answered.</summary>
public sealed class ServeTokenTests(ServeTokenTests.ListeningExplorer shared) : IClassFixture<ServeTokenTests.ListeningExplorer>
{
    private readonly ExplorerProcess explorer = shared.Process;

    private string Token => explorer.Address.Query["?token=".Length..];

    [Fact]
    public async Task TheAddressHoldsANewTokenOf32Bytes()
    {
        using var other = await ExplorerProcess.Start(Repository.TinyGpt, "--listen", "127.0.0.1");

        Assert.Matches("^[A-Za-z0-9_-]{43}$", Token);
        Assert.NotEqual(explorer.Address.Query, other.Address.Query);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("HEAD", "/")]
    [InlineData("GET", "/page.js")]
    [InlineData("GET", "/api/data")]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/api/layers/0/1")]
    [InlineData("PUT", "/")]
    [InlineData("GET", "/?token=")]
    [InlineData("GET", "/?token=wrong")]
    [InlineData("GET", "/?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task WithoutItEverythingIs401AndEmpty(string method, string path)
    {
        foreach (var headers in ((string, string)[][])[[], [("Authorization", "Bearer wrong")], [("Authorization", "Basic " + Token)], [("Cookie", $"eigenscope_{explorer.Address.Port}=wrong")], [("Cookie", $"other={Token}")]])
        {
            using var response = await explorer.Send(method, path, [.. headers, ("X-Eigenscope", "1")]);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Empty(await ExplorerProcess.Bytes(response));
            Assert.DoesNotContain("Set-Cookie", response.Headers.Select(header => header.Key));
        }
    }

    [Fact]
    public async Task InTheAddressOfThePageAloneItBecomesACookie()
    {
        using var first = await explorer.Send("GET", $"/?token={Token}");
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (first.StatusCode, first.Headers.Location?.ToString()));
        Assert.EndsWith("; Path=/; HttpOnly; SameSite=Strict", cookie);

        using var page = await explorer.Send("GET", "/", ("Cookie", cookie.Split(';')[0]));
        using var data = await explorer.Send("GET", "/api/data", ("Cookie", $"a=b; {cookie.Split(';')[0]}"));
        using var elsewhere = await explorer.Send("GET", $"/api/data?token={Token}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (page.StatusCode, data.StatusCode, elsewhere.StatusCode));
    }

    [Fact]
    public async Task ProgramsShowItAsBearers()
    {
        using var data = await explorer.Send("GET", "/api/data", ("Authorization", $"Bearer {Token}"));
        using var work = await explorer.Send("POST", "/api/layers/0/1", ("Authorization", $"Bearer {Token}"), ("X-Eigenscope", "1"));
        using var foreign = await explorer.Send("POST", "/api/layers/0/1", ("Authorization", $"Bearer {Token}"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden), (data.StatusCode, work.StatusCode, foreign.StatusCode));
    }

    [Theory]
    [InlineData("0.0.0.0", "10.1.2.3", HttpStatusCode.OK)]
    [InlineData("0.0.0.0", "[fe80::1]", HttpStatusCode.OK)]
    [InlineData("0.0.0.0", "localhost", HttpStatusCode.OK)]
    [InlineData("0.0.0.0", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", "localhost", HttpStatusCode.OK)]
    [InlineData("localhost", "10.1.2.3", HttpStatusCode.MisdirectedRequest)]
    public async Task TheHostMustBeOneOfTheAddress(string listen, string host, HttpStatusCode expected)
    {
        using var other = await ExplorerProcess.Start(Repository.TinyGpt, "--listen", listen);
        Assert.Equal(listen, other.Address.Host);
        var token = other.Address.Query["?token=".Length..];

        var answer = await other.SendRaw($"GET / HTTP/1.1\r\nHost: {host}:{other.Address.Port}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {(int)expected} ", answer);
    }

    /// <summary>One explorer for all tests.</summary>
    public sealed class ListeningExplorer : IAsyncLifetime
    {
        internal ExplorerProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await ExplorerProcess.Start(Repository.TinyGpt, "--listen", "127.0.0.1");

        public ValueTask DisposeAsync()
        {
            Process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
