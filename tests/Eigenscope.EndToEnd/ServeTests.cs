using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The explorer's interface: what the page reads, and what it makes the server do.</summary>
public sealed class ServeTests(TinyGptAnalysis analysis, ServeTests.LargeAndSmall model) : IClassFixture<TinyGptAnalysis>, IClassFixture<ServeTests.LargeAndSmall>
{
    private const int Large = 0;
    private const int Small = 1;
    private const int OtherSmall = 2;

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/page.js", "text/javascript; charset=utf-8")]
    [InlineData("/page.css", "text/css; charset=utf-8")]
    [InlineData("/api/data", "application/json")]
    [InlineData("/api/report", "text/html; charset=utf-8")]
    public async Task EveryPageHasItsTypeAndAHeadWithoutBody(string path, string type)
    {
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);

        using var get = await explorer.Send("GET", path);
        using var head = await explorer.Send("HEAD", path);

        Assert.Equal((HttpStatusCode.OK, type), (get.StatusCode, get.Content.Headers.ContentType?.ToString()));
        Assert.Equal((HttpStatusCode.OK, type), (head.StatusCode, head.Content.Headers.ContentType?.ToString()));
        Assert.Equal((await ExplorerProcess.Bytes(get)).Length, head.Content.Headers.ContentLength);
        Assert.Empty(await ExplorerProcess.Bytes(head));
    }

    [Fact]
    public async Task TheShellNamesItsSourceAndLoadsNothingFromElsewhere()
    {
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);

        var page = await explorer.Text("/");

        Assert.StartsWith("<!doctype html>", page);
        Assert.Contains("<meta name=\"eigenscope-source\" content=\"live\">", page);
        Assert.Contains("<script src=\"page.js\" defer></script>", page);
        Assert.Contains("<link rel=\"stylesheet\" href=\"page.css\">", page);
        Assert.DoesNotContain("//", page);
    }

    [Fact]
    public async Task AModelBeginsWithPendingRowsAndEndsAsAnalyzeLeavesIt()
    {
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        var before = (await explorer.Json("/api/data")).GetProperty("results")[0];
        Assert.True(before.GetProperty("live").GetBoolean());
        Assert.Equal(analysis.Json.Root.GetProperty("settings").GetRawText(), Indented(before.GetProperty("settings")));
        foreach (var (row, expected) in before.GetProperty("layers").EnumerateArray().Zip(analysis.Json.Layers))
        {
            var isSkipped = AnalysisDocument.Text(expected, "status") == "skipped";
            Assert.Equal(isSkipped ? "skipped" : "pending", AnalysisDocument.Text(row, "status"));
            Assert.Equal((0, 0), (row.GetProperty("metrics").EnumerateObject().Count(), row.GetProperty("warnings").GetArrayLength()));
            Assert.Equal(AnalysisDocument.Text(expected, "reason"), AnalysisDocument.Text(row, "reason"));
        }

        JsonElement last = default;
        foreach (var expected in analysis.Json.Layers.Reverse())
        {
            var id = expected.GetProperty("id").GetInt32();
            using var lines = await explorer.Analyze(0, id);
            Assert.Equal("application/x-ndjson", lines.Type?.MediaType);
            last = await lines.Past("waiting", "working");
            Assert.Equal("done", ExplorerProcess.LayerLines.State(last));
            AssertSameRow(expected, last.GetProperty("row"));
            Assert.Null(await lines.Next());
        }

        Assert.Equal(analysis.Json.Root.GetProperty("summary").GetRawText(), Indented(last.GetProperty("summary"), depth: 1));
        var after = (await explorer.Json("/api/data")).GetProperty("results")[0];
        Assert.All(after.GetProperty("layers").EnumerateArray().Zip(analysis.Json.Layers), pair => AssertSameRow(pair.Second, pair.First));
        Assert.Equal(analysis.Json.Root.GetProperty("summary").GetRawText(), Indented(after.GetProperty("summary"), depth: 1));
    }

    [Fact]
    public async Task OptionsMeanWhatTheyMeanForAnalyze()
    {
        string[] options = ["--layers", "*h.0.mlp*", "--randomize", "2", "--seed", "7", "--accurate"];
        var expected = AnalysisDocument.Of(Repository.TinyGpt, options);
        using var explorer = await ExplorerProcess.Start([Repository.TinyGpt, .. options]);

        foreach (var row in expected.Layers.Where(row => AnalysisDocument.Text(row, "status") == "analyzed"))
        {
            using var lines = await explorer.Analyze(0, row.GetProperty("id").GetInt32());
            AssertSameRow(row, (await lines.Past("waiting", "working")).GetProperty("row"));
        }

        Assert.DoesNotContain("pending", await explorer.Statuses(0));
    }

    [Fact]
    public async Task SavedResultsAreServedBesideModelsInTheOrderOfTheArguments()
    {
        using var folder = new TemporaryFolder();
        var two = folder.Write("result.without-extension", Tool.Run("analyze", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--layers", "*wte*", "--esd", "--format", "json").OutputBytes);
        var whole = folder.Write("whole.json", Encoding.UTF8.GetBytes(analysis.Json.Root.GetRawText()));
        using var explorer = await ExplorerProcess.Start(two, Repository.UntrainedTinyGpt, whole);

        var results = (await explorer.Json("/api/data")).GetProperty("results").EnumerateArray().ToList();

        Assert.Equal([Repository.TinyGpt, Repository.UntrainedTinyGpt, Repository.UntrainedTinyGpt, Repository.TinyGpt], results.Select(result => AnalysisDocument.Text(result.GetProperty("model"), "path")));
        Assert.Equal([false, false, true, false], results.Select(result => result.TryGetProperty("live", out _)));
        Assert.DoesNotContain("\"eigenvalues\"", results[3].GetProperty("layers").GetRawText());
        using var lines = await explorer.Analyze(3, 1);
        var done = await lines.Next();
        AssertSameRow(analysis.Json.Layers[1], done!.Value.GetProperty("row"));
        Assert.DoesNotContain("\"eigenvalues\"", done.Value.GetRawText());
    }

    [Fact]
    public async Task TheSpectrumOfARowIsThatOfTheSavedResult()
    {
        using var folder = new TemporaryFolder();
        var saved = folder.Write("saved.json", Encoding.UTF8.GetBytes(analysis.Json.Root.GetRawText()));
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt, saved);
        Assert.Equal(HttpStatusCode.NotFound, (await explorer.Send("GET", "/api/spectra/0/1")).StatusCode);
        using var lines = await explorer.Analyze(0, 1);
        await lines.Past("waiting", "working");

        var live = await explorer.Text("/api/spectra/0/1");

        Assert.Equal(await explorer.Text("/api/spectra/1/1"), live);
        var values = Convert.FromBase64String(AnalysisDocument.Text(JsonElement.Parse(live).GetProperty("eigenvalues"), "values")!);
        Assert.Equal(analysis.Json.Layers[1].GetProperty("eigenvalues").EnumerateArray().Select(lambda => lambda.GetDouble()), Enumerable.Range(0, values.Length / sizeof(double)).Select(i => BitConverter.ToDouble(values, sizeof(double) * i)));
    }

    [Fact]
    public async Task TheReportHoldsWhatIsKnownByNow()
    {
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt);
        using (var lines = await explorer.Analyze(0, 1))
        {
            await lines.Past("waiting", "working");
        }

        using var report = await explorer.Send("GET", "/api/report");
        var page = await ExplorerProcess.Text(report);

        Assert.Equal("attachment; filename=\"eigenscope-report.html\"", report.Content.Headers.ContentDisposition?.ToString());
        Assert.Contains("data-spectrum=\"0/1\"", page);
        Assert.DoesNotContain("data-spectrum=\"0/2\"", page);
        Assert.Contains("\"status\":\"pending\"", page);
        Assert.DoesNotContain("\"live\":", page);
        Assert.DoesNotContain("content=\"live\"", page);
    }

    [Fact]
    public async Task ALayerThatFailsIsDoneWithItsReason()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.safetensors", SafeTensors.Of(("bad.weight", [32, 32], [.. Enumerable.Repeat(float.NaN, 32 * 32)])));
        using var explorer = await ExplorerProcess.Start(path);

        using var lines = await explorer.Analyze(0, 0);
        var done = await lines.Past("waiting", "working");

        Assert.Equal("failed", AnalysisDocument.Text(done.GetProperty("row"), "status"));
        Assert.Contains("NaN", AnalysisDocument.Text(done.GetProperty("row"), "reason"));
        Assert.Equal(1, done.GetProperty("summary").GetProperty("layers_failed").GetInt32());
    }

    [Fact]
    public async Task OneLayerAtATimeAndTheOthersWait()
    {
        using var explorer = await ExplorerProcess.Start(model.Path);
        using var first = await explorer.Analyze(0, Large);
        Assert.Equal("working", ExplorerProcess.LayerLines.State((await first.Next())!.Value));
        using var second = await explorer.Analyze(0, Small);
        Assert.Equal("""{"state":"waiting"}""", (await second.Next())!.Value.GetRawText());

        first.Dispose();

        Assert.Equal("analyzed", AnalysisDocument.Text((await second.Past("waiting", "working")).GetProperty("row"), "status"));
        Assert.Equal(["pending", "analyzed", "pending"], await explorer.Statuses(0));
    }

    [Fact]
    public async Task ARowThatNobodyWaitsForStaysPendingAndTheNextRequestIsServed()
    {
        using var explorer = await ExplorerProcess.Start(model.Path);
        using (var dropped = await explorer.Analyze(0, Large))
        {
            await dropped.Next();
            Assert.True((await dropped.Next())!.Value.GetProperty("seconds").GetDouble() > 0);
        }

        foreach (var row in (int[])[Small, OtherSmall])
        {
            using var lines = await explorer.Analyze(0, row);
            Assert.Equal("done", ExplorerProcess.LayerLines.State(await lines.Past("waiting", "working")));
        }

        Assert.Equal(["pending", "analyzed", "analyzed"], await explorer.Statuses(0));
        using var again = await explorer.Analyze(0, Large);
        Assert.Equal("working", ExplorerProcess.LayerLines.State((await again.Next())!.Value));
    }

    [Fact]
    public async Task ARowGoesOnWhileAnyClientWaitsForIt()
    {
        using var explorer = await ExplorerProcess.Start(model.Path);
        using var busy = await explorer.Analyze(0, Large);
        using var leaving = await explorer.Analyze(0, Small);
        using var staying = await explorer.Analyze(0, Small);
        using var alone = await explorer.Analyze(0, OtherSmall);
        await Task.WhenAll(busy.Next(), leaving.Next(), staying.Next(), alone.Next());

        leaving.Dispose();
        alone.Dispose();
        busy.Dispose();

        Assert.Equal("analyzed", AnalysisDocument.Text((await staying.Past("waiting", "working")).GetProperty("row"), "status"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASignalIsItsEndAlsoWhileALayerIsInWork(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        using var explorer = await ExplorerProcess.Start(model.Path);
        using var lines = await explorer.Analyze(0, Large);
        using var waiting = await explorer.Analyze(0, Small);
        await Task.WhenAll(lines.Next(), waiting.Next());

        var result = explorer.End(signal);

        Assert.Equal((0, $"{explorer.Address}\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task ATakenPortIsSaidAndTheNextOneTaken()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt, "--port", $"{port}");
        Assert.True(explorer.Address.Port > port);
        Assert.Equal(HttpStatusCode.OK, (await explorer.Send("GET", "/")).StatusCode);

        var result = explorer.End("INT");

        Assert.Equal($"eigenscope: port {port} is taken; this is port {explorer.Address.Port}", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task TheEnvironmentDoesNotChangeTheAddress()
    {
        (string, string)[] environment = [("ASPNETCORE_URLS", "http://0.0.0.0:0"), ("URLS", "http://0.0.0.0:0"), ("DOTNET_URLS", "http://0.0.0.0:0"), ("ASPNETCORE_HTTP_PORTS", "0"), ("ASPNETCORE_ENVIRONMENT", "Development")];
        using var explorer = await ExplorerProcess.Start([Repository.TinyGpt], environment);

        Assert.Equal("127.0.0.1", explorer.Address.Host);
        Assert.Equal(HttpStatusCode.OK, (await explorer.Send("GET", "/")).StatusCode);
        using var other = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await other.ConnectAsync("127.0.0.2", explorer.Address.Port, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{\"schema\":\"eigenscope/inspection/1\"}", "'eigenscope/analysis/1' is wanted")]
    [InlineData("{\"schema\":\"eigenscope/analysis/1\"}", "'model' is missing")]
    [InlineData("{\"schema\":\"eigenscope/analysis/1\",", "no JSON: line 1")]
    [InlineData("{\"a\":1}", "a.json")]
    public void AFileThatIsNeitherIsOneLineAndExitCode2(string content, string subject)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.json", Encoding.UTF8.GetBytes(content));

        var result = Tool.Run("serve", Repository.TinyGpt, path, "--port", "0");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(subject, Assert.Single(result.ErrorLines));
    }

    /// <summary>Every number as it is written, and all else but the spectrum.</summary>
    private static void AssertSameRow(JsonElement expected, JsonElement actual) =>
        Assert.Equal(
            expected.EnumerateObject().Where(field => !field.Name.EndsWith("eigenvalues", StringComparison.Ordinal)).Select(field => (field.Name, Indented(field.Value, depth: 0))),
            actual.EnumerateObject().Select(field => (field.Name, Indented(field.Value, depth: 0))));

    /// <summary>The text as the tool indents it at a depth in a document.</summary>
    private static string Indented(JsonElement element, int depth = 1)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            element.WriteTo(json);
        }

        return Encoding.UTF8.GetString(text.ToArray()).Replace("\n", "\n" + new string(' ', 2 * depth));
    }

    /// <summary>A matrix that takes seconds, and two that do not.</summary>
    public sealed class LargeAndSmall : IDisposable
    {
        private const int LargeSize = 6000;
        private const int SmallSize = 100;

        private readonly TemporaryFolder folder = new();

        public LargeAndSmall() =>
            Path = folder.Write("model.safetensors", SafeTensors.Of(("a.weight", [LargeSize, LargeSize], Random(LargeSize)), ("b.weight", [SmallSize, SmallSize], Random(SmallSize)), ("c.weight", [SmallSize, SmallSize], Random(SmallSize))));

        public string Path { get; }

        public void Dispose() => folder.Dispose();

        private static float[] Random(int size)
        {
            var random = new Random(size);
            var values = new float[size * size];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.NextSingle() - 0.5f;
            }

            return values;
        }
    }
}
