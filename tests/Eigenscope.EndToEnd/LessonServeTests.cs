using System.Net;
using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Lessons of the explorer: what they are worked on, and how they are refused.</summary>
public sealed class LessonServeTests(LessonServeTests.LessonsAlone alone) : IClassFixture<LessonServeTests.LessonsAlone>
{
    private const string Matrix = "2 1; 1/3 -0.5";

    private ExplorerProcess Explorer => alone.Process;

    [Fact]
    public async Task WithoutAModelThereAreLessonsAndNothingElse()
    {
        Assert.Equal(0, (await Explorer.Json("/api/data")).GetProperty("results").GetArrayLength());
        Assert.NotEqual(0, (await Explorer.Json("/api/lessons")).GetProperty("lessons").GetArrayLength());
        using var report = await Explorer.Send("GET", "/api/report");
        Assert.Equal(HttpStatusCode.NotFound, report.StatusCode);
    }

    [Fact]
    public async Task TheListIsThatOfLearn() => Assert.Equal(Tool.Run("learn", "--format", "json").OutputBytes, await Explorer.Bytes("/api/lessons"));

    [Theory]
    [InlineData("/api/lessons/by-hand")]
    [InlineData("/api/lessons/by-hand?matrix=2%201%3B%201%2F3%20-0.5", "--matrix", Matrix)]
    [InlineData("/api/lessons/by-hand?matrix=2+1;1/3+-0.5", "--matrix", Matrix)]
    [InlineData("/api/lessons/diagonal")]
    public async Task ALessonIsThatOfLearn(string path, params string[] options)
    {
        using var answer = await Explorer.Send("GET", path);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(Tool.Run(["learn", path.Split('/', '?')[3], .. options, "--format", "json"]).OutputBytes, await ExplorerProcess.Bytes(answer));
    }

    [Theory]
    [InlineData("3 x; 2 3")]
    [InlineData("3 2; 2")]
    [InlineData("1/0")]
    [InlineData("")]
    [InlineData("</script>")]
    public async Task AMatrixThatIsNoneIsRefusedWithTheLineOfTheTool(string matrix)
    {
        using var answer = await Explorer.Send("GET", $"/api/lessons/by-hand?matrix={Uri.EscapeDataString(matrix)}");

        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        var told = JsonElement.Parse(await ExplorerProcess.Bytes(answer)).GetProperty("error").GetString();
        Assert.Equal($"eigenscope: {told}", Assert.Single(Tool.Run("learn", "by-hand", "--matrix", matrix).ErrorLines));
    }

    [Theory]
    [InlineData("GET", "/api/lessons/nothing", 404)]
    [InlineData("GET", "/api/lessons/", 404)]
    [InlineData("GET", "/api/lessons/by-hand/1", 404)]
    [InlineData("GET", "/api/lessons/by-hand?model=0&row=0", 404)]
    [InlineData("POST", "/api/lessons", 405)]
    [InlineData("POST", "/api/lessons/by-hand", 405)]
    public async Task WhatIsNoLessonHasAnEmptyAnswer(string method, string path, int status)
    {
        using var answer = await Explorer.Send(method, path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await ExplorerProcess.Bytes(answer));
    }

    [Fact]
    public async Task TwoMatricesAreNone()
    {
        using var answer = await Explorer.Send("GET", "/api/lessons/by-hand?matrix=1&matrix=2");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"error":"more than one matrix is given"}""", await ExplorerProcess.Text(answer));
    }

    [Fact]
    public async Task ALongQueryIsRefused()
    {
        using var answer = await Explorer.Send("GET", $"/api/lessons/by-hand?matrix={new string('1', 10_000)}");

        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
    }

    [Fact]
    public async Task AHeadHasTheLengthAndNoBody()
    {
        using var head = await Explorer.Send("HEAD", "/api/lessons/by-hand");

        Assert.Equal((await Explorer.Bytes("/api/lessons/by-hand")).Length, head.Content.Headers.ContentLength);
        Assert.Empty(await ExplorerProcess.Bytes(head));
    }

    [Fact]
    public async Task ManyAtOnceAreAllAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Explorer.Bytes("/api/lessons/by-hand")));

        Assert.Single(answers.Select(Convert.ToBase64String).Distinct());
    }

    [Fact]
    public async Task ARowThatCannotBeReadSaysWhy()
    {
        using var folder = new TemporaryFolder();
        var saved = folder.Write("saved.json", Tool.Run("analyze", Repository.TinyGpt, "--layers", "*h.0*", "--format", "json").OutputBytes);
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt, saved);

        Assert.Equal(HttpStatusCode.NotFound, (await explorer.Send("GET", "/api/lessons/by-hand?model=0&row=99")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await explorer.Send("GET", "/api/lessons/by-hand?model=0")).StatusCode);
        foreach (var (model, reason) in ((int, string)[])[(0, "transformer.h.0.attn.c_attn.weight: not analysed"), (1, "saved without eigenvalues")])
        {
            using var answer = await explorer.Send("GET", $"/api/lessons/by-hand?model={model}&row=1");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(reason, await ExplorerProcess.Text(answer));
        }
    }

    /// <summary>A layer of an open model, once it is analysed, and the same of a saved result.</summary>
    [Theory]
    [InlineData("real-layer")]
    [InlineData("random-vs-trained")]
    public async Task ALayerOfAModelAndOfASavedResultGiveTheSameLesson(string lesson)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("saved.json", Tool.Run("analyze", Repository.TinyGpt, "--layers", "*h.0*", "--esd", "--format", "json").OutputBytes);
        using var explorer = await ExplorerProcess.Start(Repository.TinyGpt, path);
        var before = (await explorer.Json("/api/data")).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("layers").EnumerateArray().ToList()).ToList();
        var row = before[1].FindIndex(layer => AnalysisDocument.Text(layer, "status") == "analyzed");
        var same = before[0].FindIndex(layer => AnalysisDocument.Text(layer, "name") == AnalysisDocument.Text(before[1][row], "name"));
        using (var lines = await explorer.Analyze(0, same))
        {
            await lines.Past("waiting", "working");
        }

        var live = await explorer.Bytes($"/api/lessons/{lesson}?model=0&row={same}");

        Assert.Equal(live, await explorer.Bytes($"/api/lessons/{lesson}?model=1&row={row}"));
        if (lesson == "real-layer")
        {
            Assert.Equal(Tool.Run("learn", lesson, Repository.TinyGpt, AnalysisDocument.Text(before[1][row], "name")!, "--format", "json").OutputBytes, live);
        }
    }

    /// <summary>The layer of the first pair is before, that of the second after.</summary>
    [Fact]
    public async Task TwoRowsAreBeforeAndAfter()
    {
        const string Layer = "transformer.h.0.attn.c_attn.weight";
        using var folder = new TemporaryFolder();
        var saved = ((string[])[Repository.UntrainedTinyGpt, Repository.TinyGpt]).Select((model, i) => folder.Write($"{i}.json", Tool.Run("analyze", model, "--layers", Layer, "--esd", "--format", "json").OutputBytes)).ToArray();
        using var explorer = await ExplorerProcess.Start(saved);
        var row = (await explorer.Json("/api/data")).GetProperty("results")[0].GetProperty("layers").EnumerateArray().ToList().FindIndex(layer => AnalysisDocument.Text(layer, "name") == Layer);

        Assert.Equal(Tool.Run("learn", "random-vs-trained", Repository.UntrainedTinyGpt, Repository.TinyGpt, Layer, "--format", "json").OutputBytes, await explorer.Bytes($"/api/lessons/random-vs-trained?model=0&row={row}&model=1&row={row}"));
        foreach (var query in (string[])[$"model=0&row={row}&model=1", $"model=0&row={row}&model=2&row={row}", $"model=0&row={row}&row={row}", $"model=0&row={row}&model=1&row={row}&model=1&row={row}"])
        {
            using var answer = await explorer.Send("GET", $"/api/lessons/random-vs-trained?{query}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    /// <summary>An explorer without a model.</summary>
    public sealed class LessonsAlone : IAsyncLifetime
    {
        internal ExplorerProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await ExplorerProcess.Start();

        public ValueTask DisposeAsync()
        {
            Process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
