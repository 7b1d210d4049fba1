using Eigenscope.Reports;
using Eigenscope.Tests.Models;
using Eigenscope.Tracking;
using Xunit;

namespace Eigenscope.Tests.Tracking;

public sealed class CheckpointWatchTests : IDisposable
{
    private readonly TemporaryFolder run = new();
    private readonly TemporaryFolder cache = new();
    private CheckpointStore store;
    private Tracker tracker;
    private CheckpointWatch watch;

    public CheckpointWatchTests() => (store, tracker, watch) = Start();

    public void Dispose()
    {
        run.Dispose();
        cache.Dispose();
    }

    [Fact]
    public void A_checkpoint_counts_when_two_looks_find_it_the_same()
    {
        Runs.Write(run.Path, 10);
        Assert.Empty(Look());
        Assert.False(watch.IsIdle);
        Assert.Equal((WatchEventKind.Tracked, At(10)), Assert.Single(Look()));
        Assert.Empty(Look());
        Assert.True(watch.IsIdle);
        Assert.Equal(2, tracker.Computed);
    }

    [Fact]
    public void One_that_is_being_written_waits()
    {
        var whole = Runs.Model(1, 10);
        Directory.CreateDirectory(At(10));
        foreach (var share in (double[])[0.1, 0.5, 0.9])
        {
            File.WriteAllBytes(FileAt(10), whole[..(int)(share * whole.Length)]);
            Assert.Empty(Look());
        }

        Assert.Equal(WatchEventKind.Incomplete, Assert.Single(Look()).Kind);
        Assert.Empty(Look());
        File.WriteAllBytes(FileAt(10), whole);
        Look();
        Assert.Equal((WatchEventKind.Tracked, At(10)), Assert.Single(Look()));
    }

    [Fact]
    public void Shards_without_an_index_wait_for_each_other()
    {
        Directory.CreateDirectory(At(10));
        File.WriteAllBytes(Path.Combine(At(10), "model-00001-of-00002.safetensors"), Models.SafeTensors.SafeTensorsBytes.Of(("a", [8, 8], new float[64])));
        Look();
        Assert.Equal(WatchEventKind.Incomplete, Assert.Single(Look()).Kind);
        File.WriteAllBytes(Path.Combine(At(10), "model-00002-of-00002.safetensors"), Models.SafeTensors.SafeTensorsBytes.Of(("b", [8, 8], new float[64])));
        Look();
        Assert.Equal(WatchEventKind.Tracked, Assert.Single(Look()).Kind);
    }

    [Fact]
    public void One_that_is_replaced_is_read_again_and_one_that_is_touched_is_not()
    {
        Settle(10, 20);
        File.SetLastWriteTimeUtc(FileAt(20), DateTime.UtcNow.AddMinutes(1));
        Assert.Empty(Look());
        Assert.Empty(Look());
        Assert.Equal(4, tracker.Computed);
        Runs.Write(run.Path, 20, seed: 9);
        Look();
        Assert.Equal((WatchEventKind.Replaced, At(20)), Assert.Single(Look()));
        Assert.Equal((6, 2), (tracker.Computed, watch.Checkpoints.Count));
    }

    [Fact]
    public void One_that_is_renamed_is_known()
    {
        Settle(10, 20);
        Directory.Move(At(20), At(30));
        Assert.Empty(Look());
        Assert.Equal((WatchEventKind.Renamed, At(30)), Assert.Single(Look()));
        Assert.Equal([10, 30], Steps());
        Assert.Equal(4, tracker.Computed);
    }

    [Fact]
    public void A_copy_counts_once()
    {
        Settle(10);
        Directory.CreateDirectory(At(11));
        File.Copy(FileAt(10), FileAt(11));
        Look();
        Assert.Equal((WatchEventKind.Copy, At(11)), Assert.Single(Look()));
        Assert.Empty(Look());
        Assert.Equal([10], Steps());
    }

    [Fact]
    public void One_that_is_deleted_stays_known_also_after_a_restart()
    {
        Settle(10, 20);
        var before = Json();
        Directory.Delete(At(10), recursive: true);
        Look();
        Assert.Equal((WatchEventKind.Deleted, At(10)), Assert.Single(Look()));
        Assert.Equal([false, true], watch.Checkpoints.Select(checkpoint => checkpoint.IsPresent));

        (store, tracker, watch) = Start();
        Assert.Empty(Look());
        Assert.Empty(Look());
        Assert.Equal([10, 20], Steps());
        Assert.Equal(0, tracker.Computed);
        Assert.Equal(before.Replace("\"status\": \"present\"", "\"status\": \"\"", StringComparison.Ordinal), Json().Replace("\"status\": \"present\"", "\"status\": \"\"", StringComparison.Ordinal).Replace("\"status\": \"deleted\"", "\"status\": \"\"", StringComparison.Ordinal));
        Settle(30);
        Assert.Equal([10, 20, 30], Steps());
        Assert.Equal(2, tracker.Computed);
    }

    [Fact]
    public void What_was_replaced_while_nobody_watched_is_read_again()
    {
        Settle(10, 20);
        Runs.Write(run.Path, 10, seed: 5);
        (store, tracker, watch) = Start();
        Look();
        Assert.Equal((WatchEventKind.Replaced, At(10)), Assert.Single(Look()));
        Assert.Equal(2, tracker.Computed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{}]")]
    [InlineData("[{\"path\": 1}]")]
    [InlineData("{")]
    public void A_spoiled_journal_is_as_none(string content)
    {
        Settle(10);
        File.WriteAllText(Directory.EnumerateFiles(cache.Path, "watch-*.json").Single(), content);
        (store, tracker, watch) = Start();
        Look();
        Look();
        Assert.Equal([10], Steps());
        Assert.Equal(0, tracker.Computed);
    }

    private (CheckpointStore Store, Tracker Tracker, CheckpointWatch Watch) Start()
    {
        var started = new CheckpointStore(cache.Path, Runs.Options);
        var own = new Tracker(Runs.Options, started);
        var one = new CheckpointWatch([run.Path], own, started, new WatchJournal(cache.Path, [run.Path], Runs.Options));
        one.Restore();
        return (started, own, one);
    }

    private string At(int step) => Path.Combine(run.Path, $"checkpoint-{step}");

    private string FileAt(int step) => Path.Combine(At(step), "model.safetensors");

    private void Settle(params int[] steps)
    {
        Array.ForEach(steps, step => Runs.Write(run.Path, step));
        Look();
        Assert.Equal(steps.Length, Look().Count());
    }

    private IEnumerable<(WatchEventKind Kind, string Path)> Look() => [.. watch.Look(cancellation: TestContext.Current.CancellationToken).Select(seen => (seen.Kind, seen.Path))];

    private IEnumerable<long?> Steps() => watch.Checkpoints.Select(checkpoint => checkpoint.Checkpoint.Step);

    private string Json() => System.Text.Encoding.UTF8.GetString(TrajectoryJson.Of(new TrajectoryAssembly(Runs.Options, store).Of(watch.Checkpoints)));
}
