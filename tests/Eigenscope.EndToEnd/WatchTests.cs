using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary><c>track --watch</c>: a training that is still running, as its users see it.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder folder = new();

    private string Run => folder["run"];

    private string Cache => folder["cache"];

    private string Result => folder["result.json"];

    public WatchTests() => Directory.CreateDirectory(Run);

    public void Dispose() => folder.Dispose();

    /// <summary>A process writes checkpoints slowly, one is cut short for a while, one is replaced: each is tracked rightly, and nothing twice.</summary>
    [Fact]
    public async Task A_training_is_followed_while_it_runs()
    {
        using var watching = Tool.Start("track", Run, "--watch", "--interval", "0.2", "--until", "50", "--cache", Cache, "--format", "json", "-o", Result);
        await WriteSlowly(10, Checkpoints.Bytes(10), share: 1);
        await WriteSlowly(20, Checkpoints.Bytes(20), share: 0.7);
        await Known(1);
        await WriteSlowly(30, Checkpoints.Bytes(30), share: 1);
        await Known(2);
        await WriteSlowly(20, Checkpoints.Bytes(20), share: 1);
        await Known(3);
        Checkpoints.Write(Run, 30, seed: 9);
        await Until(() => Content(30) == ContentOf(Checkpoints.Bytes(30, seed: 9)));
        await WriteSlowly(50, Checkpoints.Bytes(50), share: 1);

        var result = watching.Finish(Tool.Patience);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.Contains("not complete yet: ") && line.Contains("checkpoint-20"));
        Assert.Contains(result.ErrorLines, line => line.Contains("checkpoint-30: replaced by other weights, read again"));

        // What the watch knew is what a run afterwards finds, which computes nothing again: five checkpoints of two layers were computed, the replaced one both times.
        var after = Tool.Run("track", Run, "--cache", Cache, "--format", "json");
        Assert.Equal("eigenscope: 0 layers analysed, 8 known from earlier runs", Assert.Single(after.ErrorLines));
        Assert.Equal(after.Output, File.ReadAllText(Result));
        Assert.Equal(5, Directory.GetFiles(Cache, "*.jsonl").Length);
        Assert.All(Directory.GetFiles(Cache, "*.jsonl"), lines => Assert.Equal(1 + 2, File.ReadAllLines(lines).Length));
        var fresh = Tool.Run("track", Run, "--no-cache", "--format", "json");
        Assert.Equal(fresh.Output, after.Output);
    }

    [Fact]
    public async Task After_a_restart_what_was_renamed_or_deleted_is_known()
    {
        Checkpoints.Write(Run, 10);
        Checkpoints.Write(Run, 20);
        using (var first = Watch("--idle", "0.5"))
        {
            Assert.Equal(0, first.Finish(Tool.Patience).ExitCode);
        }

        Directory.Delete(Path.Combine(Run, "checkpoint-10"), recursive: true);
        Directory.Move(Path.Combine(Run, "checkpoint-20"), Path.Combine(Run, "checkpoint-25"));
        using var second = Watch("--until", "30");
        await Until(() => File.Exists(Result) && Steps().SequenceEqual([10, 25]));
        Checkpoints.Write(Run, 30);
        var result = second.Finish(Tool.Patience);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.Contains("checkpoint-25: was ") && line.EndsWith("checkpoint-20"));
        Assert.Equal([10, 25, 30], Steps());
        Assert.Equal(["deleted", "present", "present"], Document().GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("status").GetString()));
        Assert.Equal(3, Directory.GetFiles(Cache, "*.jsonl").Length);
    }

    [Fact]
    public void A_rule_ends_the_watch_with_code_4()
    {
        Checkpoints.Write(Run, 0);
        Checkpoints.Write(Run, 200);
        using var watching = Tool.Start("track", Run, "--watch", "--interval", "0.1", "--cache", Cache, "--fail-on", "max(sv_max)>9");
        var result = watching.Finish(Tool.Patience);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("checkpoint-200: max(sv_max) > 9", result.ErrorLines[^1]);
        Assert.Equal(["step 0", "step 200"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task An_interruption_leaves_what_was_written()
    {
        Checkpoints.Write(Run, 10);
        using var watching = Watch();
        await Known(1);
        watching.Send("INT");
        Assert.Equal(130, watching.Finish(Tool.Patience).ExitCode);
        Assert.Equal([10], Steps());
    }

    private RunningTool Watch(params string[] options) => Tool.Start(["track", Run, "--watch", "--interval", "0.2", "--cache", Cache, "--format", "json", "-o", Result, .. options], []);

    /// <summary>Writes a share of a file in small pieces, from its beginning.</summary>
    private async Task WriteSlowly(int step, byte[] content, double share)
    {
        const int Pieces = 12;
        var path = Checkpoints.FileOf(Run, step);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        var length = (int)(share * content.Length);
        for (var piece = 0; piece < Pieces; piece++)
        {
            var (from, to) = (length * piece / Pieces, length * (piece + 1) / Pieces);
            await file.WriteAsync(content.AsMemory(from, to - from), TestContext.Current.CancellationToken);
            await file.FlushAsync(TestContext.Current.CancellationToken);
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }
    }

    private Task Known(int checkpoints) => Until(() => File.Exists(Result) && Steps().Count() == checkpoints);

    private static async Task Until(Func<bool> condition)
    {
        var patience = DateTime.UtcNow + Tool.Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < patience, "what was waited for did not come");
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }
    }

    private JsonElement Document() => JsonElement.Parse(File.ReadAllText(Result));

    private IEnumerable<int> Steps() => Document().GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("step").GetInt32());

    private string? Content(int step) => Document().GetProperty("checkpoints").EnumerateArray().FirstOrDefault(checkpoint => checkpoint.GetProperty("step").GetInt32() == step) is { ValueKind: JsonValueKind.Object } found ? found.GetProperty("content").GetString() : null;

    /// <summary>The content that a checkpoint of these bytes has, by the tool itself in a folder of its own.</summary>
    private static string ContentOf(byte[] bytes)
    {
        using var alone = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(alone.MakeFolder("checkpoint-1"), "model.safetensors"), bytes);
        return JsonElement.Parse(Tool.Run("track", alone.FullPath, "--no-cache", "--format", "json").Output).GetProperty("checkpoints")[0].GetProperty("content").GetString()!;
    }
}
