using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Reports;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Cluster;

public sealed class HeartbeatTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Place => Path.Combine(folder.Path, "status");

    [Fact]
    public void A_shard_beats_while_it_runs_and_at_its_end()
    {
        using var model = MemoryTensor.Model(null, Layers.Normal("a.weight", 20, 20), Layers.Normal("b.weight", 300, 200));
        var work = new AnalysisShards(ModelAnalysis.Begin(model, Layers.Options with { MaxMemory = 1 << 20 }));
        var beats = new HeartbeatFolder(folder.Path);
        using (var pulse = new ShardPulse(beats, 3, 8, 2, TimeSpan.FromMilliseconds(1)))
        {
            pulse.Began(work.Parts[0]);
            Assert.True(SpinWait.SpinUntil(() => Only(beats) is { Beat.InWork: ["a.weight"] }, TimeSpan.FromMinutes(1)));
            Assert.Equal((3, 8, Environment.MachineName, Environment.ProcessId, HeartbeatState.Running, 0, 2), Told(Only(beats)!.Beat));

            // One layer is analysed, the other wants more memory than is allowed.
            pulse.Ended(work.Parts[0], isThere: false);
            ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], new ShardStore(folder.Path, work), observer: pulse, cancellation: TestContext.Current.CancellationToken);
            pulse.End(HeartbeatState.Stopped);
            pulse.End(HeartbeatState.Done);
        }

        var last = Only(beats)!.Beat;
        Assert.Equal((HeartbeatState.Stopped, 1, 2), (last.State, last.LayersDone, last.Layers));
        Assert.Empty(last.InWork);
        Assert.InRange(last.Started, DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow);
        Assert.Equal("3.json", Path.GetFileName(Assert.Single(Directory.GetFiles(Place))));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "unfinished")));
    }

    [Fact]
    public void A_shard_whose_end_was_not_told_of_has_failed()
    {
        new ShardPulse(new HeartbeatFolder(folder.Path), 0, 1, 5).Dispose();
        Assert.Equal(HeartbeatState.Failed, Only(new HeartbeatFolder(folder.Path))!.Beat.State);
    }

    [Fact]
    public void A_layer_that_is_there_already_counts_as_done()
    {
        using var model = MemoryTensor.Model(null, Layers.Normal("a.weight", 20, 20));
        var work = new AnalysisShards(ModelAnalysis.Begin(model, Layers.Options));
        var store = new ShardStore(folder.Path, work);
        ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken);
        using (var pulse = new ShardPulse(new HeartbeatFolder(folder.Path), 0, 1, 1))
        {
            ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], store, observer: pulse, cancellation: TestContext.Current.CancellationToken);
            pulse.End(HeartbeatState.Done);
        }

        Assert.Equal(1, Only(new HeartbeatFolder(folder.Path))!.Beat.LayersDone);
    }

    [Fact]
    public void What_is_no_heartbeat_is_left_out_and_what_cannot_be_written_is_no_error()
    {
        var beats = new HeartbeatFolder(folder.Path);
        Assert.Empty(beats.ReadAll());
        Directory.CreateDirectory(Place);
        foreach (var (name, content) in new[] { ("1.json", "{"), ("2.json", "[]"), ("3.json", "{\"schema\":\"eigenscope/heartbeat/2\"}"), ("4.json.tmp", "{}"), ("5.json", "{\"schema\":\"eigenscope/heartbeat/1\"}"), ("6.json", Text(shard: 0, of: 0)), ("7.json", Text(shard: -1, of: 2)), ("8.json", Text(shard: 0, of: int.MaxValue)) })
        {
            File.WriteAllText(Path.Combine(Place, name), content);
        }

        Assert.Empty(beats.ReadAll());
        File.WriteAllText(Path.Combine(Place, "9.json"), Text(shard: 9, of: 10));
        Assert.Equal(9, Only(beats)!.Beat.Shard);
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        Assert.False(new HeartbeatFolder(Path.Combine(folder.Path, "file")).TryWrite(new(Heartbeat.CurrentSchema, 0, 1, "h", 1, DateTime.UtcNow, HeartbeatState.Running, [], 0, 1)));
    }

    private static string Text(int shard, int of) =>
        $$"""{"schema":"eigenscope/heartbeat/1","shard":{{shard}},"of":{{of}},"host":"h","process_id":1,"started":"2030-01-01T00:00:00Z","state":"running","in_work":[],"layers_done":0,"layers":1}""";

    private static SeenHeartbeat? Only(HeartbeatFolder beats) => beats.ReadAll() is [var only] ? only : null;

    private static (int, int, string, int, HeartbeatState, int, int) Told(Heartbeat beat) => (beat.Shard, beat.Of, beat.Host, beat.ProcessId, beat.State, beat.LayersDone, beat.Layers);
}
