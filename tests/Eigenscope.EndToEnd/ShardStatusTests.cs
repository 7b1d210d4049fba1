using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary><c>status</c> beside shards that run, end, are killed and lose results, as processes.</summary>
public sealed class ShardStatusTests : IDisposable
{
    private const int Missing = 3;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Into => folder["shards"];

    [Fact]
    public void All_is_there_when_all_shards_have_ended()
    {
        Shard(0, 2);
        var half = Status();
        Assert.Equal(["done", "not_started"], Conditions(half));
        Assert.InRange(half.GetProperty("share").GetDouble(), 0.3, 0.7);
        Shard(1, 2);

        var whole = Status(expected: 0);

        Assert.True(whole.GetProperty("complete").GetBoolean());
        Assert.Equal((1, 30, 30), (whole.GetProperty("share").GetDouble(), whole.GetProperty("layers").GetInt32(), whole.GetProperty("layers_done").GetInt32()));
        Assert.Equal(["done", "done"], Conditions(whole));
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("rate").ValueKind);
        var table = Tool.Run("status", Into);
        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("100% of the work, 30 of 30 layers: all there, collect makes the result\n2 shards: 2 done\n", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_is_gone_or_cut_short_is_missing()
    {
        Shard(0, 1);
        var results = Directory.GetFiles(Path.Combine(Into, "results")).Order(StringComparer.Ordinal).ToArray();
        File.Delete(results[0]);
        File.WriteAllBytes(results[1], File.ReadAllBytes(results[1])[..^1]);

        var status = Status();

        Assert.Equal(28, status.GetProperty("layers_done").GetInt32());
        Assert.Equal(results[..2].Select(path => Uri.UnescapeDataString(Path.GetFileName(path)[6..^5])), status.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["incomplete"], Conditions(status));
        Assert.Contains("results gone", Tool.Run("status", Into).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_is_seen_running_then_killed_and_its_successor_finishes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill");
        var arguments = LargeShard();
        using (var running = Tool.Start(arguments))
        {
            Assert.True(SpinWait.SpinUntil(() => Directory.Exists(Into) && File.Exists(Beat) && File.ReadAllText(Beat).Contains("large", StringComparison.Ordinal), Tool.Patience));
            var alive = Status();
            Assert.Equal(["running"], Conditions(alive));
            var seen = alive.GetProperty("shards")[0].GetProperty("last_seen");
            Assert.Equal(Environment.MachineName, seen.GetProperty("host").GetString());
            Assert.Contains("large", seen.GetProperty("in_work")[0].GetString(), StringComparison.Ordinal);
            running.Send("KILL");
            Assert.Equal(137, running.Finish(Tool.Patience).ExitCode);
        }

        // It said nothing at its end, and is taken for running until its last sign is a minute old.
        Assert.Equal(["running"], Conditions(Status()));
        File.SetLastWriteTimeUtc(Beat, DateTime.UtcNow.AddSeconds(-61));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Into, "logs")).FullName, "0.out"), "one\ntwo\nthree\nfour\nfive\n\u001b[2Jsix\n");
        var dead = Tool.Run("status", Into);
        Assert.Equal((Missing, ""), (dead.ExitCode, dead.Error));
        Assert.Matches(@"large\S*\.weight +0/1  looks dead", dead.Output);
        Assert.Contains("the end of the log of shard 0:\n  two\n  three\n  four\n  five\n  ?[2Jsix\n", dead.Output, StringComparison.Ordinal);

        Assert.Equal(0, Tool.Run(arguments).ExitCode);
        Assert.Equal(["done"], Conditions(Status(expected: 0)));
    }

    [Fact]
    public void A_shard_that_is_stopped_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        using var running = Tool.Start(LargeShard());
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Beat) && File.ReadAllText(Beat).Contains("large", StringComparison.Ordinal), Tool.Patience));
        running.Send("TERM");
        Assert.Equal(75, running.Finish(Tool.Patience).ExitCode);

        Assert.Equal(["stopped"], Conditions(Status()));
    }

    [Fact]
    public void A_shard_that_left_layers_undone_has_failed()
    {
        var failed = Tool.Run("analyze", Repository.TinyGpt, "--shard", "0/2", "--out", Into, "--max-memory", "1M");
        Assert.Equal(1, failed.ExitCode);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Into, "logs")).FullName, "0.out"), failed.Error);

        var status = Status();

        Assert.Equal(["failed", "not_started"], Conditions(status));
        Assert.Contains(status.GetProperty("shards")[0].GetProperty("log").EnumerateArray(), line => line.GetString()!.Contains("--max-memory allows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watch_in_a_pipe_says_what_is_new_and_ends_when_all_is_there()
    {
        Shard(0, 2);
        using var watching = Tool.Start("status", Into, "--watch");
        await watching.FirstLine;
        Shard(1, 2);
        var result = watching.Finish(Tool.Patience);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("1 done, 1 not started", lines[0][(lines[0].IndexOf("shards: ", StringComparison.Ordinal) + 8)..], StringComparison.Ordinal);
        Assert.Equal("100% of the work, 30 of 30 layers; shards: 2 done", lines[^1]);
        Assert.Equal(lines.Distinct(), lines);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task A_watch_ends_by_an_interruption_without_a_word()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill, and clears ignored ones with GNU env");
        Shard(0, 2);
        using var watching = Tool.Start("status", Into, "--watch", "--format", "json");
        var line = await watching.FirstLine;
        watching.Send("INT");
        var result = watching.Finish(Tool.Patience);

        Assert.Equal((Missing, ""), (result.ExitCode, result.Error));
        Assert.Equal(line + "\n", result.Output);
        Assert.Equal("eigenscope/shard-status/1", JsonElement.Parse(line).GetProperty("schema").GetString());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void Lines_fit_a_terminal(int columns)
    {
        Shard(0, 3);
        foreach (var (shard, state, layer) in new[] { (0, "running", "a.layer.with.a.name.that.is.longer.than.a.narrow.terminal.weight"), (1, "running", "h.0"), (2, "failed", "h.1") })
        {
            File.WriteAllText(Path.Combine(Into, "status", $"{shard}.json"), $$"""{"schema":"eigenscope/heartbeat/1","shard":{{shard}},"of":3,"host":"a-node-of-some-cluster","process_id":12345,"started":"2030-01-01T00:00:00Z","state":"{{state}}","in_work":["{{layer}}"],"layers_done":0,"layers":10}""");
        }

        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Into, "logs")).FullName, "2.out"), string.Concat(Enumerable.Repeat("a long line of some log ", 10)));
        var lines = Terminal.VisibleLines(Terminal.Show(columns, ["status", Into], [], exitCode: Missing)).ToList();

        Assert.All(lines, line => Assert.True(line.Length <= columns, $"{line.Length} characters: {line}"));
        Assert.Contains(lines, line => line.Contains("running", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watch_on_a_terminal_draws_over_what_it_drew()
    {
        Shard(0, 2);
        using var watching = Terminal.Start(80, ["status", Into, "--watch"], []);
        await watching.FirstLine;
        Shard(1, 2);
        var result = watching.Finish(Tool.Patience);
        var shown = result.Output;

        Assert.Equal(0, result.ExitCode);
        Assert.Matches("\u001b\\[[0-9]+A\r\u001b\\[J", shown);
        Assert.Contains("100% of the work", string.Join('\n', Terminal.VisibleLines(shown)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo '1|PENDING|Resources||0:00'", "slurm job 12: 1 PENDING (Resources)")]
    [InlineData("exit 0", "slurm job 12: nothing in the queue")]
    [InlineData("echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1", "slurm job 12: squeue: the controller does not answer, or has forgotten the job")]
    public void What_the_engine_says_explains_and_decides_nothing(string script, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "puts shell scripts on the path");
        Shard(0, 2);
        File.WriteAllText(Path.Combine(Into, "engine.json"), """{"engine":"slurm","array":12,"collect":13,"shards":2}""");
        var programs = folder.MakeFolder("bin");
        Program("squeue", $"[ \"$*\" = '-r -h -o %K|%T|%r|%N|%M -j 12' ] || exit 9\n{script}");
        Program("sacct", "exit 1");

        var status = Tool.Run(["status", Into], [("PATH", $"{programs}:{Environment.GetEnvironmentVariable("PATH")}")]);

        Assert.Equal((Missing, ""), (status.ExitCode, status.Error));
        Assert.Contains($"{expected}\n", status.Output, StringComparison.Ordinal);

        void Program(string name, string lines)
        {
            File.WriteAllText(Path.Combine(programs, name), $"#!/bin/sh\n{lines}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(programs, name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }
    }

    [Fact]
    public void What_is_no_folder_of_shards_is_told_in_one_line()
    {
        var file = folder.Write("file", [1, 2, 3]);
        Directory.CreateDirectory(folder["spoiled"]);
        folder.Write("spoiled/run.json", "{"u8.ToArray());
        foreach (var path in new[] { folder["nothing"], folder.FullPath, file, folder["spoiled"] })
        {
            var result = Tool.Run("status", path);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Single(result.ErrorLines);
        }
    }

    private string Beat => Path.Combine(Into, "status", "0.json");

    private string[] LargeShard() =>
        ["analyze", folder.Write("large.safetensors", SafeTensors.Of([RandomWeights.Tensor("large.a.weight", 2, 3000, 3000), RandomWeights.Tensor("large.b.weight", 3, 3001, 3000)])), "--accurate", "--shard", "0/1", "--out", Into, "--threads", "1"];

    private void Shard(int index, int count) => Assert.Equal(0, Tool.Run("analyze", Repository.TinyGpt, "--shard", $"{index}/{count}", "--out", Into).ExitCode);

    private JsonElement Status(int expected = Missing)
    {
        var result = Tool.Run("status", Into, "--format", "json");
        Assert.Equal((expected, ""), (result.ExitCode, result.Error));
        return JsonElement.Parse(result.Output);
    }

    private static IEnumerable<string?> Conditions(JsonElement status) => status.GetProperty("shards").EnumerateArray().Select(shard => shard.GetProperty("condition").GetString());
}
