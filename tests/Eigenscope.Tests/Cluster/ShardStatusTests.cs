using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Cluster;

/// <summary>What is said of shards, from results, signs of life, logs and the engine's note that were made by hand.</summary>
public sealed class ShardStatusTests : IDisposable
{
    private const int Shards = 2;

    private static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();
    private readonly Model model = MemoryTensor.Model(null, Layers.Normal("a.weight", 60, 40), Layers.Normal("b.weight", 40, 40), Layers.Normal("c.weight", 30, 30), Layers.Normal("d.weight", 20, 20), Layers.Normal("norm.weight", 40));
    private readonly IReadOnlyList<ShardPart> parts;

    public ShardStatusTests() => parts = new AnalysisShards(ModelAnalysis.Begin(model, Layers.Options)).Parts;

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void What_is_done_is_told_by_results_and_weighed_by_cost()
    {
        var status = Status(Found(0, 3));
        double Work(params int[] indices) => indices.Sum(i => parts[i].Work);

        Assert.Equal((4, 2, false), (status.Layers, status.LayersDone, status.IsComplete));
        Assert.Equal(Work(0, 3) / Work(0, 1, 2, 3), status.Share, 12);
        Assert.Equal(["b.weight", "c.weight"], status.Missing);
        Assert.Equal((null, 0, null), (status.Count, status.Shards.Count, status.Rate));
        Assert.Equal((true, 1), (Status(Found(0, 1, 2, 3)).IsComplete, Status(Found(0, 1, 2, 3)).Share));
    }

    [Theory]
    [InlineData(HeartbeatState.Running, 0, false, ShardCondition.Running)]
    [InlineData(HeartbeatState.Running, 60, false, ShardCondition.Running)]
    [InlineData(HeartbeatState.Running, -30, false, ShardCondition.Running)]
    [InlineData(HeartbeatState.Running, 61, false, ShardCondition.Dead)]
    [InlineData(HeartbeatState.Running, 61, true, ShardCondition.Done)]
    [InlineData(HeartbeatState.Failed, 0, false, ShardCondition.Failed)]
    [InlineData(HeartbeatState.Failed, 0, true, ShardCondition.Done)]
    [InlineData(HeartbeatState.Stopped, 5000, false, ShardCondition.Stopped)]
    [InlineData(HeartbeatState.Done, 5000, true, ShardCondition.Done)]
    [InlineData(HeartbeatState.Done, 5000, false, ShardCondition.Incomplete)]
    public void A_shard_is_as_its_results_and_its_last_sign_say(HeartbeatState state, int age, bool isDone, ShardCondition expected)
    {
        var mine = ShardPlan.Of(parts, Shards).Shards[1].Parts.Select(part => part.Id).ToHashSet();
        var found = parts.Where(part => isDone && mine.Contains(part.Id)).ToDictionary(part => part.Id, _ => Now);

        var status = Status(found, [Beat(1, Shards, state, age)]);

        Assert.Equal((Shards, Shards), (status.Count, status.Shards.Count));
        Assert.Equal(expected, status.Shards[1].Condition);
        Assert.Equal((isDone ? mine.Count : 0, mine.Count), (status.Shards[1].LayersDone, status.Shards[1].Layers));
        Assert.Equal(ShardCondition.NotStarted, status.Shards[0].Condition);
    }

    [Theory]
    [InlineData(HeartbeatState.Failed, 0)]
    [InlineData(HeartbeatState.Running, 90)]
    public void Of_what_failed_or_died_the_end_of_the_log_is_shown(HeartbeatState state, int age)
    {
        Log(1, string.Concat(Enumerable.Range(0, 4000).Select(i => $"line {i}\r\n\n")), 0);

        Assert.Equal(Enumerable.Range(3995, 5).Select(i => $"line {i}"), Status(Found(), [Beat(1, Shards, state, age)]).Shards[1].LogLines);
        Assert.Empty(Status(Found(), [Beat(1, Shards, HeartbeatState.Running, 0)]).Shards[1].LogLines);
        Assert.Empty(Status(Found(), [Beat(0, Shards, state, age)]).Shards[0].LogLines);
    }

    [Theory]
    [InlineData("cannot open the model\n", 61, ShardCondition.Dead)]
    [InlineData("modules are loaded\n", 5, ShardCondition.NotStarted)]
    [InlineData("", 500, ShardCondition.NotStarted)]
    public void Who_printed_something_and_gave_no_sign_since_looks_dead(string printed, int age, ShardCondition expected)
    {
        Log(0, printed, age);
        var shard = Status(Found(), [], Engine(Shards, 600)).Shards[0];
        Assert.Equal(expected, shard.Condition);
        Assert.Equal(expected == ShardCondition.Dead ? ["cannot open the model"] : [], shard.LogLines);
    }

    [Fact]
    public void Who_spoke_last_says_how_many_shards_there_are()
    {
        Assert.Equal(7, Status(Found(), [Beat(0, 3, HeartbeatState.Done, 90)], Engine(7, 30)).Count);
        Assert.Equal(3, Status(Found(), [Beat(0, 3, HeartbeatState.Done, 30)], Engine(7, 90)).Count);
        Assert.Equal(3, Status(Found(), [Beat(0, 3, HeartbeatState.Done, 30)], Engine(null, 10)).Count);
    }

    [Fact]
    public void A_shard_of_an_earlier_plan_is_shown_while_it_runs()
    {
        var status = Status(Found(), [Beat(0, 3, HeartbeatState.Running, 0), Beat(8, 9, HeartbeatState.Running, 20), Beat(7, 9, HeartbeatState.Running, 90), Beat(6, 9, HeartbeatState.Failed, 90)]);

        Assert.Equal([(0, 3), (1, 3), (2, 3), (8, 9)], status.Shards.Select(shard => (shard.Index, shard.Of)));
        Assert.Equal(ShardCondition.Running, status.Shards[3].Condition);
    }

    [Fact]
    public void The_rate_is_that_of_the_run_that_goes_on()
    {
        // The first result is of a run of yesterday; the shards of this one followed each other, from 100 seconds ago on.
        var found = new Dictionary<int, DateTime> { [parts[0].Id] = Now.AddDays(-1), [parts[1].Id] = Now.AddSeconds(-90), [parts[2].Id] = Now.AddSeconds(-60), [parts[3].Id] = Now.AddSeconds(-1) };
        SeenHeartbeat[] beats = [Beat(0, 4, HeartbeatState.Done, 86_400), Beat(1, 4, HeartbeatState.Done, 55, running: 45), Beat(2, 4, HeartbeatState.Running, 3, running: 47)];

        Assert.Null(Status(found, beats).Rate);
        Assert.Null(Status(Without(found, 3), beats).Rate);
        found.Remove(parts[0].Id);
        var rate = Status(found, beats).Rate!;
        var work = parts.Skip(1).Sum(part => part.Work);
        Assert.Equal(3 / 100.0 * 60, rate.LayersPerMinute, 9);
        Assert.Equal(work / 100, rate.WorkPerSecond, 6);
        Assert.Equal(parts[0].Work / work * 100, rate.Left.TotalSeconds, 3);
    }

    [Fact]
    public void No_rate_is_told_where_nothing_runs_or_hardly_anything_is_done()
    {
        Assert.Null(Status(Found(1, 2, 3), [Beat(0, 4, HeartbeatState.Done, 0, running: 100)]).Rate);
        Assert.Null(Status(Found(1, 2, 3), [Beat(0, 4, HeartbeatState.Running, 61, running: 100)]).Rate);
        Assert.Null(Status(Found(1, 2), [Beat(0, 4, HeartbeatState.Running, 0, running: 100)]).Rate);
        Assert.NotNull(Status(Found(1, 2, 3), [Beat(0, 4, HeartbeatState.Running, 0, running: 100)]).Rate);
    }

    [Theory]
    [InlineData("""{"engine":"slurm","array":12,"collect":13,"shards":4}""", "slurm", "12", 4)]
    [InlineData("""{"engine":"slurm","array":"12","shards":"4"}""", "slurm", "12", 4)]
    [InlineData("""{"engine":"other"}""", "other", null, null)]
    [InlineData("""{"engine":"slurm","array":"12","shards":0}""", "slurm", "12", null)]
    [InlineData("""{"engine":"slurm","array":"12","shards":2000000000}""", "slurm", "12", null)]
    [InlineData("""{"engine":7}""", null, null, null)]
    [InlineData("""{"shards":4}""", null, null, null)]
    [InlineData("""[1]""", null, null, null)]
    [InlineData("""{"engine":""", null, null, null)]
    public void The_note_of_an_engine_is_read_or_left_out(string text, string? engine, string? job, int? shards)
    {
        File.WriteAllText(Path.Combine(folder.Path, "engine.json"), text);
        var note = EngineNote.Read(folder.Path);
        Assert.Equal((engine, job, shards), (note?.Engine, note?.Job, note?.Shards));
    }

    private ShardStatus Status(IReadOnlyDictionary<int, DateTime> found, IReadOnlyList<SeenHeartbeat>? beats = null, EngineNote? engine = null) =>
        ShardStatus.Of(parts, found, beats ?? [], engine, new ShardLogs(folder.Path), Now);

    private Dictionary<int, DateTime> Found(params int[] indices) => indices.ToDictionary(i => parts[i].Id, _ => Now.AddSeconds(-1));

    private Dictionary<int, DateTime> Without(Dictionary<int, DateTime> found, int index) => found.Where(item => item.Key != parts[index].Id).ToDictionary();

    private static SeenHeartbeat Beat(int shard, int of, HeartbeatState state, int age, int running = 10) =>
        new(new Heartbeat(Heartbeat.CurrentSchema, shard, of, "node", 7, Now.AddSeconds(-age - running), state, [], 0, 2), Now.AddSeconds(-age));

    private static EngineNote Engine(int? shards, int age) => new("slurm", "12", shards, Now.AddSeconds(-age));

    private void Log(int shard, string text, int age)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "logs")).FullName, $"{shard}.out");
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, Now.AddSeconds(-age));
    }
}
