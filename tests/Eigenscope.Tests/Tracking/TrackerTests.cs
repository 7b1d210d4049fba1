using System.Text;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Models.SafeTensors;
using Eigenscope.Tracking;
using Xunit;

namespace Eigenscope.Tests.Tracking;

public sealed class TrackerTests : IDisposable
{
    private readonly TemporaryFolder run = new();
    private readonly TemporaryFolder cache = new();

    public TrackerTests()
    {
        foreach (var step in (int[])[0, 10, 20])
        {
            Runs.Write(run.Path, step);
        }
    }

    private CheckpointStore Store => new(cache.Path, Runs.Options);

    public void Dispose()
    {
        run.Dispose();
        cache.Dispose();
    }

    [Fact]
    public void Each_layer_is_analysed_as_analyze_does()
    {
        var trajectory = Runs.Track(run.Path, new MemoryStore(), out var computed);
        Assert.Equal((6, 3), (computed, trajectory.Checkpoints.Count));
        foreach (var checkpoint in trajectory.Checkpoints)
        {
            using var model = Model.Open(checkpoint.Checkpoint.Path);
            var expected = ModelAnalysis.Of(model, Runs.Options.Analysis, cancellation: TestContext.Current.CancellationToken);
            Assert.All(checkpoint.Layers, layer => Assert.Equal(expected.Layers[layer.Id].Metrics, layer.Metrics));
            Assert.Equal(expected.Summary.Metrics.Single(metric => metric.Metric == "alpha").Mean, trajectory.Mean("alpha")[trajectory.Checkpoints.ToList().IndexOf(checkpoint)]);
            Assert.Equal("b.bias", Assert.Single(checkpoint.Untracked).Name);
        }
    }

    [Fact]
    public void A_second_run_computes_nothing_and_says_the_same()
    {
        var first = TrajectoryJson.Of(WithEigenvalues(Runs.Track(run.Path, Store, out var computed)));
        var second = TrajectoryJson.Of(WithEigenvalues(Runs.Track(run.Path, Store, out var again)));
        var without = TrajectoryJson.Of(WithEigenvalues(Runs.Track(run.Path, new MemoryStore(), out _)));
        Assert.Equal((6, 0), (computed, again));
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(second));
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(without));
    }

    /// <summary>A long matrix of rank 2 wants the accurate route for its zeros, for which a first run has no memory.</summary>
    [Fact]
    public void What_was_told_with_too_little_memory_is_told_again_with_more()
    {
        using var lengthy = new TemporaryFolder();
        var folder = Directory.CreateDirectory(Path.Combine(lengthy.Path, "checkpoint-1")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), SafeTensorsBytes.Of(("long.weight", [3000, 20], [.. Enumerable.Range(0, 60_000).Select(i => (float)i)])));
        var little = Runs.Options with { Analysis = Runs.Options.Analysis with { MaxMemory = 400_000 } };

        var confined = Runs.Track(lengthy.Path, Store, out var first, little);
        Runs.Track(lengthy.Path, Store, out var again, little);
        var whole = Runs.Track(lengthy.Path, Store, out var more);
        Runs.Track(lengthy.Path, Store, out var last);

        Assert.Equal((1, 0, 1, 0), (first, again, more, last));
        Assert.Equal(("gram", "accurate"), (confined.Checkpoints[0].Layers[0].Route, whole.Checkpoints[0].Layers[0].Route));
        Assert.Equal(TrajectoryJson.Of(WithEigenvalues(Runs.Track(lengthy.Path, new MemoryStore(), out _))), TrajectoryJson.Of(WithEigenvalues(whole)));
    }

    [Fact]
    public void What_was_renamed_or_copied_is_known_and_what_was_changed_is_not()
    {
        Runs.Track(run.Path, Store, out _);
        Directory.Move(Path.Combine(run.Path, "checkpoint-10"), Path.Combine(run.Path, "checkpoint-15"));
        Runs.Track(run.Path, Store, out var renamed);
        Runs.Write(run.Path, 20, seed: 7);
        var changed = Runs.Track(run.Path, Store, out var replaced);
        Assert.Equal((0, 2), (renamed, replaced));
        Assert.Equal([0, 15, 20], changed.Checkpoints.Select(checkpoint => checkpoint.Checkpoint.Step));
    }

    [Fact]
    public void Other_layers_and_other_settings_are_computed()
    {
        var onlyA = Runs.Options with { Analysis = Runs.Options.Analysis with { Filter = new LayerFilter(["a.*"], [], []) } };
        Runs.Track(run.Path, new CheckpointStore(cache.Path, onlyA), out var a, onlyA);
        Runs.Track(run.Path, Store, out var both);
        var accurate = Runs.Options with { Analysis = Runs.Options.Analysis with { Accurate = true } };
        Runs.Track(run.Path, new CheckpointStore(cache.Path, accurate), out var again, accurate);
        Assert.Equal((3, 3, 6), (a, both, again));
    }

    [Fact]
    public void A_line_that_was_cut_off_does_not_count()
    {
        var expected = TrajectoryJson.Of(Runs.Track(run.Path, Store, out _));
        foreach (var lines in Directory.EnumerateFiles(cache.Path, "*.jsonl"))
        {
            using var file = new FileStream(lines, FileMode.Open);
            file.SetLength(file.Length - 20);
        }

        var second = TrajectoryJson.Of(Runs.Track(run.Path, Store, out var computed));
        Assert.Equal(3, computed);
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(second));
    }

    /// <summary>Whatever lies in the folder of the store, a run ends with its numbers.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{}\n{}\n")]
    [InlineData("[1]\n")]
    [InlineData("{\"format\":1}\nnothing\n")]
    public void A_spoiled_store_is_computed_anew(string content)
    {
        var expected = TrajectoryJson.Of(Runs.Track(run.Path, Store, out _));
        foreach (var file in Directory.EnumerateFiles(cache.Path))
        {
            File.WriteAllText(file, content);
        }

        Assert.Equal(expected, TrajectoryJson.Of(Runs.Track(run.Path, Store, out var computed)));
        Assert.Equal(6, computed);
        Runs.Track(run.Path, Store, out var again);
        Assert.Equal(0, again);
    }

    [Fact]
    public void A_store_that_cannot_be_written_costs_no_result()
    {
        var expected = TrajectoryJson.Of(Runs.Track(run.Path, new MemoryStore(), out _));
        var store = Store;
        Directory.Delete(cache.Path, recursive: true);
        Assert.Equal(expected, TrajectoryJson.Of(Runs.Track(run.Path, store, out _)));
        Assert.NotNull(store.Trouble);
        Directory.CreateDirectory(cache.Path);
    }

    /// <summary>What lies under an address may change without a sign of it.</summary>
    [Fact]
    public void A_model_elsewhere_is_not_kept()
    {
        var store = Store;
        store.Begin("hf://a/b@step1", new TrackedCheckpoint { Checkpoint = new("hf://a/b@step1", 1, "step", StepSource.Name) });
        Assert.NotNull(store.Find("hf://a/b@step1"));
        Assert.Empty(Directory.EnumerateFiles(cache.Path));
        Assert.Null(Store.Find("hf://a/b@step1"));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_read_is_told_and_the_others_are_there()
    {
        var file = Path.Combine(run.Path, "checkpoint-10", "model.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^8]);
        var trajectory = Runs.Track(run.Path, Store, out _);
        Assert.Contains("model.safetensors", trajectory.Checkpoints[1].Failure, StringComparison.Ordinal);
        Assert.True(trajectory.HasFailures);
        Assert.Equal([false, true, false], trajectory.Layers[0].Points.Select(point => point is null));
        Assert.Equal([false, false, true], trajectory.Layers[0].SincePrevious.Select(rotation => rotation is not null));
        Assert.NotEmpty(TrajectoryDocument.Of(trajectory, []).Title);
    }

    [Fact]
    public void A_layer_that_fails_is_told_and_not_kept()
    {
        var weights = new float[24 * 24];
        weights[5] = float.NaN;
        File.WriteAllBytes(Path.Combine(run.Path, "checkpoint-20", "model.safetensors"), Models.SafeTensors.SafeTensorsBytes.Of(("a.weight", [24, 24], weights)));
        Runs.Track(run.Path, Store, out _);
        var trajectory = Runs.Track(run.Path, Store, out var again);
        Assert.Equal(1, again);
        Assert.Contains("NaN", trajectory.Checkpoints[2].Layers[0].Failure, StringComparison.Ordinal);
        Assert.NotEmpty(TrajectoryDocument.Of(trajectory, []).Title);
    }

    [Fact]
    public void A_growing_direction_turns_less_and_less_and_noise_not_at_all()
    {
        using var grown = new TemporaryFolder();
        Array.ForEach([0, 60, 120], step => Runs.Write(grown.Path, step));
        var trajectory = Runs.Track(grown.Path, Store, out _);
        var (a, b) = (trajectory.Layers[0], trajectory.Layers[1]);
        Assert.Null(a.SincePrevious[0]);
        Assert.True(a.SincePrevious[2]!.Left.Leading > a.SincePrevious[1]!.Left.Leading);
        Assert.InRange(a.SincePrevious[2]!.Right.Leading, 0.9, 1);
        Assert.InRange(a.SincePrevious[2]!.Left.LargestAngle, 0.01, Math.PI / 2);
        Assert.Equal(1, b.SinceFirst[2]!.Left.Overlap, 12);
        Assert.Equal((4, 4.0 / 24), (b.SinceFirst[2]!.Rank, b.SinceFirst[2]!.Right.ChanceOverlap));
    }

    [Fact]
    public void Nothing_depends_on_the_number_of_threads()
    {
        var one = Runs.Options with { Analysis = Runs.Options.Analysis with { Threads = 1 } };
        var three = Runs.Options with { Analysis = Runs.Options.Analysis with { Threads = 3 } };
        Assert.Equal(TrajectoryJson.Of(Runs.Track(run.Path, new MemoryStore(), out _, one)), TrajectoryJson.Of(Runs.Track(run.Path, new MemoryStore(), out _, three)));
    }

    /// <summary>Mean alpha of the eight square matrices of a mixture of experts falls as it is trained.</summary>
    [Fact]
    public void Mean_alpha_falls_over_a_real_training()
    {
        var options = Runs.Options with { Analysis = Runs.Options.Analysis with { Filter = new LayerFilter(["experts.*.net.3*", "experts.*.net.6*"], [], []) } };
        var means = Runs.Track(SharedFiles.Path("models", "zeta-moe-trajectory"), new MemoryStore(), out var computed, options).Mean("alpha");
        Assert.Equal(40, computed);
        Assert.Equal([4.35, 3.76, 3.11, 2.86, 2.72], means.Select(mean => Math.Round(mean!.Value, 2)));
    }

    private static Trajectory WithEigenvalues(Trajectory trajectory) => trajectory with { Options = trajectory.Options with { Analysis = trajectory.Options.Analysis with { KeepEigenvalues = true } } };
}
